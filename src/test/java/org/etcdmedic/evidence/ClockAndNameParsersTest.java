package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.identityText;

import java.time.Duration;
import java.util.List;
import org.etcdmedic.evidence.NameLookups.Lookup;
import org.etcdmedic.evidence.NameLookups.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a node's clock, how well it was measured, and what its resolver says. */
class ClockAndNameParsersTest {
    @Test
    void readsTheTimeServiceOfTheSample() {
        TimeKeeper service = TimeKeeperParser.parse(aCapture("time-service")
                        .text(JavadocSample.of(TimeKeeperParser.class))
                        .build())
                .orElseThrow();

        assertThat(service.running()).containsExactly("chronyd");
        assertThat(service.synchronised()).contains(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chrony Leap status     : Not synchronised | false",
                "timedatectl System clock synchronized: no | false",
                "timedatectl NTP synchronized: yes | true",
                "timedatectl Local time: Mon | "
            })
    void tellsWhetherItIsInStep(String line, Boolean expected) {
        TimeKeeper service = TimeKeeperParser.parse(
                        aCapture("time-service").text(line + "\nend\n").build())
                .orElseThrow();

        assertThat(service.synchronised().orElse(null)).isEqualTo(expected);
        assertThat(service.running()).isEmpty();
    }

    @Test
    void readsTheNamesOfTheSample() {
        NameLookups names = NameLookupsParser.parse(aCapture("resolve-names")
                        .text(JavadocSample.of(NameLookupsParser.class))
                        .build())
                .orElseThrow();

        assertThat(names.lookups())
                .extracting(Lookup::result)
                .containsExactly(Result.FOUND, Result.UNKNOWN_NAME, Result.TIMED_OUT);
        assertThat(names.lookups().getFirst().addresses()).containsExactly("198.51.100.11");
    }

    @Test
    void takesAnAnswerWithoutAddressForNone() {
        NameLookups names = NameLookupsParser.parse(aCapture("resolve-names")
                        .text("name a exit 0 \nname b exit 127\nend\n")
                        .build())
                .orElseThrow();

        assertThat(names.lookups()).extracting(Lookup::result).containsOnly(Result.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "running chronyd\n", "name a exit 2\n"})
    void knowNothingFromWhatWasCutShort(String text) {
        assertThat(TimeKeeperParser.parse(aCapture("time-service").text(text).build()))
                .isEmpty();
        assertThat(NameLookupsParser.parse(aCapture("resolve-names").text(text).build()))
                .isEmpty();
    }

    @Test
    void boundsTheClockByHalfOfWhatTheAnswerTook() {
        NodeIdentity identity = IdentityParser.parse(aCapture("identity")
                        .text(identityText())
                        .took(Duration.ofMillis(400))
                        .build())
                .orElseThrow();

        assertThat(identity.within()).isEqualTo(Duration.ofMillis(200));
        assertThat(identity.ahead()).isEqualTo(Duration.ofMillis(-200));
    }

    @Test
    void findsTheNamesInEtcdsUrls() {
        var command = new EtcdCommand(List.of(
                "etcd",
                "--initial-cluster",
                "a=https://etcd-1.example:2380,b=https://10.0.0.2:2380,c=https://[fd00::3]:2380",
                "-listen-client-urls=http://127.0.0.1:2379,http://localhost:2379"));

        assertThat(command.hosts()).containsExactly("etcd-1.example", "10.0.0.2", "fd00::3", "127.0.0.1", "localhost");
        assertThat(command.names()).containsExactly("etcd-1.example");
    }

    @Test
    void takesTheLastOfAFlagThatStandsTwiceAsEtcdDoes() {
        var command = new EtcdCommand(List.of("etcd", "--quota-backend-bytes", "1", "-quota-backend-bytes='2'"));

        assertThat(command.flag("quota-backend-bytes")).contains("2");
        assertThat(command.flag("data-dir")).isEmpty();
    }
}
