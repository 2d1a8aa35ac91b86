package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.ticketing.template.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TargetsTest {
    @Test
    void bindsWhatTheManualShows() {
        TicketSettings settings = bound(Map.of(
                "medic.tickets.link", "https://medic.example/",
                "medic.tickets.targets.ops-json.preset", "json",
                "medic.tickets.targets.ops-json.url", "https://ops.example/in",
                "medic.tickets.targets.ops-json.secret", "file:/etc/medic/token",
                "medic.tickets.targets.ops-json.rates", "20/1m, 5/1s",
                "medic.tickets.rules[0].owners", "DBA,IAAS_SUPPORT",
                "medic.tickets.rules[0].instances", "orders-*",
                "medic.tickets.rules[0].to", "ops-json",
                "medic.tickets.rules[0].language", "zh-CN"));
        Targets targets = targets(settings);
        assertThat(targets.names()).containsExactly("ops-json");
        assertThat(targets.find("ops-json").orElseThrow().target().limits().rates())
                .hasSize(2);
        assertThat(targets.rules().getFirst().outcomes())
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("CONFIRMED", "LIKELY");
    }

    @Test
    void tellsEveryMistakeAtOnceAndNoSecret() {
        TicketSettings settings = bound(Map.of(
                "medic.tickets.link", "ftp://medic.example",
                "medic.tickets.targets.a.preset", "nonsense",
                "medic.tickets.targets.a.url", "https://user:hunter2@a.example",
                "medic.tickets.targets.b.preset", "json",
                "medic.tickets.targets.b.url", "https://b.example/hook?token=hunter2",
                "medic.tickets.targets.b.secret", "hunter2",
                "medic.tickets.targets.b.templates.open", "{{nobody}}",
                "medic.tickets.rules[0].to", "a,c",
                "medic.tickets.rules[0].language", "fr"));
        assertThatThrownBy(() -> targets(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("medic.tickets.link is not http(s)")
                .hasMessageContaining("targets.a: url holds an account")
                .hasMessageContaining("targets.a: preset is none of github, gitlab, jira, json, pagerduty, servicenow")
                .hasMessageContaining("targets.b: url has a query")
                .hasMessageContaining("targets.b: secret is not file:/...")
                .hasMessageContaining("targets.b: templates.open: line 1: there is no variable nobody")
                .hasMessageContaining("rules[0]: there is no target c")
                .hasMessageContaining("rules[0]: language is neither en nor zh-CN")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, false, true",
        "http://a.example/x, false, false",
        "http://a.example/x, true, true",
        "http://127.0.0.1:8080/x, false, true",
        "http://127.8.9.1/x, false, true",
        "http://localhost/x, false, true",
        "http://[::1]:80/x, false, true",
        "http://10.0.0.1/x, false, false",
        "http://127.0.0.1.evil.example/, false, false",
        "http://0x7f000001/, false, false",
        "https://user@a.example/, false, false",
        "https://a.example/?x=1, false, false",
        "https://a.example/#x, false, false",
        "file:///etc/passwd, true, false",
        "ftp://a.example, true, false",
        "//a.example, true, false",
        "'', true, false"
    })
    void takesAnAddressOnlyWithTlsOrOnLoopback(String url, boolean allowHttp, boolean taken) {
        assertThat(Targets.Address.wrong(url, allowHttp).isEmpty()).isEqualTo(taken);
    }

    private static TicketSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("medic.tickets", TicketSettings.class)
                .get();
    }

    static Targets targets(TicketSettings settings) {
        var courier = new Courier(Duration.ofSeconds(1), Optional.empty(), Clock.systemUTC());
        return Targets.of(settings, List.copyOf(Set.copyOf(Presets.shipped())), bundle -> courier);
    }
}
