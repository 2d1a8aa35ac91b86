package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.etcdmedic.probe.ssh.SshSettings.HostKeyPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class SshSettingsTest {
    private final ApplicationContextRunner start = new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration
    @EnableConfigurationProperties(SshSettings.class)
    static class Settings {}

    @Test
    void needsNothingToStart() {
        start.run(context -> assertThat(context.getBean(SshSettings.class))
                .isEqualTo(new SshSettings(
                        Map.of(),
                        "",
                        HostKeyPolicy.STRICT,
                        Map.of(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        4,
                        32)));
    }

    @Test
    void readsEverySetting() {
        start.withPropertyValues(
                        "medic.ssh.logins.gauss-ops.user=Ruby",
                        "medic.ssh.logins.gauss-ops.private-key=file:/etc/medic/keys/ruby",
                        "medic.ssh.logins.gauss-ops.passphrase=open sesame",
                        "medic.ssh.logins.gauss-ops.sudo=true",
                        "medic.ssh.known-hosts=file:/etc/medic/known_hosts",
                        "medic.ssh.host-keys=trust-on-first-use",
                        "medic.ssh.bastions.door.host=192.0.2.1",
                        "medic.ssh.bastions.door.port=2222",
                        "medic.ssh.bastions.door.login=gauss-ops",
                        "medic.ssh.connect-timeout=3s",
                        "medic.ssh.login-timeout=7s",
                        "medic.ssh.max-sessions-per-node=2",
                        "medic.ssh.max-connections=9")
                .run(context -> {
                    var settings = context.getBean(SshSettings.class);
                    assertThat(settings)
                            .isEqualTo(new SshSettings(
                                    Map.of(
                                            "gauss-ops",
                                            new SshSettings.Login(
                                                    "Ruby", "file:/etc/medic/keys/ruby", "open sesame", true)),
                                    "file:/etc/medic/known_hosts",
                                    HostKeyPolicy.TRUST_ON_FIRST_USE,
                                    Map.of("door", new SshSettings.Bastion("192.0.2.1", 2222, "gauss-ops")),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(7),
                                    2,
                                    9));
                    assertThat(settings.knownHostsFile()).isEqualTo(Path.of("/etc/medic/known_hosts"));
                    assertThat(settings.toString()).contains("Ruby").doesNotContain("sesame");
                });
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        start.withPropertyValues(
                        "medic.ssh.logins.a.user=Ruby; id",
                        "medic.ssh.logins.a.private-key=/etc/medic/keys/ruby",
                        "medic.ssh.bastions.door.port=0",
                        "medic.ssh.bastions.door.login=nobody",
                        "medic.ssh.connect-timeout=0s",
                        "medic.ssh.max-sessions-per-node=0",
                        "medic.ssh.max-connections=0")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll(
                                "medic.ssh.logins.a.user",
                                "medic.ssh.logins.a.private-key",
                                "medic.ssh.bastions.door.host",
                                "medic.ssh.bastions.door.port",
                                "medic.ssh.bastions.door.login",
                                "medic.ssh.known-hosts",
                                "medic.ssh.connect-timeout",
                                "medic.ssh.max-sessions-per-node",
                                "medic.ssh.max-connections"));
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        start.withPropertyValues("medic.ssh.host-key=strict")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("medic.ssh.host-key"));
    }

    @Test
    void keepsThePassphraseOutOfItsText() {
        var login = new SshSettings.Login("Ruby", "file:/k", "open sesame", false);

        assertThat(login.toString()).isEqualTo("Login[user=Ruby, privateKey=file:/k, sudo=false]");
        assertThatThrownBy(() -> new SshSettings(
                        Map.of("a", new SshSettings.Login("Ruby", "k", "open sesame", false)),
                        "",
                        HostKeyPolicy.STRICT,
                        Map.of(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        4,
                        32))
                .hasMessageNotContaining("sesame");
    }
}
