package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.time.Duration;
import org.etcdmedic.evidence.EtcdHealth.Answer;
import org.etcdmedic.evidence.EtcdHealth.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdHealthParserTest {
    private static final String A = "https://198.51.100.1:2379";

    private static EtcdHealth read(String text) {
        return EtcdHealthParser.parse(aCapture("etcd-health").text(text).build())
                .orElseThrow();
    }

    @Test
    void readsWhatTheMembersSay() {
        EtcdHealth health = read(JavadocSample.of(EtcdHealthParser.class));

        assertThat(health.own()).isEqualTo(A);
        assertThat(health.answers())
                .extracting(Answer::word)
                .containsSubsequence(Word.HEALTHY, Word.REFUSED, Word.SILENT);
        assertThat(health.ownAnswer().orElseThrow().took()).contains(Duration.ofNanos(2_109_096));
        EtcdHealth.Status own = health.ownStatus().orElseThrow();
        assertThat(own.led()).isTrue();
        assertThat(own.member()).isEqualTo(own.leader()).isEqualTo("374545c218c3619f");
        assertThat(own.raft()).isEqualTo(new EtcdHealth.Raft(2, 4, 4));
        assertThat(own.size()).hasValue(20_480);
        assertThat(own.inUse()).hasValue(16_384);
        assertThat(own.version()).isEqualTo("3.4.23");
        assertThat(health.members()).singleElement().satisfies(member -> {
            assertThat(member.name()).isEqualTo("a");
            assertThat(member.peerUrls()).containsExactly("https://198.51.100.1:2380");
            assertThat(member.id()).isEqualTo(own.member());
        });
    }

    @Test
    void readsAnAlarmFromTheListAndFromTheStatus() {
        assertThat(read(JavadocSample.of(EtcdHealthParser.class)).alarms())
                .hasSize(2)
                .allSatisfy(alarm -> {
                    assertThat(alarm.kind()).isEqualTo("NOSPACE");
                    assertThat(alarm.member()).isEqualTo("374545c218c3619f");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "etcdserver: no leader, UNHEALTHY",
        "etcdserver: request timed out, UNHEALTHY",
        "context deadline exceeded, SILENT",
        "dial tcp 198.51.100.1:2379: connect: connection refused, REFUSED",
        "transport: authentication handshake failed: x509: certificate has expired, NOT_TRUSTED",
        "something that nobody has seen yet, NOT_TOLD"
    })
    void tellsApartHowAMemberFails(String said, Word word) {
        EtcdHealth health = read("own " + A + "\nhealth " + A + " is unhealthy: failed to commit proposal: " + said
                + "\nexit health 1 " + A + "\nend\n");

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(word);
        assertThat(health.ownAnswer().orElseThrow().said()).isEqualTo(said);
    }

    @Test
    void callsAMemberThatAnswersWithoutServingUnhealthyAndNotSilent() {
        EtcdHealth health = read("own " + A + """

                status [{"Endpoint":"https://198.51.100.1:2379","Status":{"header":{"cluster_id":1,"member_id":2},"raftTerm":9,"raftIndex":4,"errors":["etcdserver: no leader"]}}]
                health [{"endpoint":"https://198.51.100.1:2379","health":false,"error":"context deadline exceeded"}]
                exit health 1 https://198.51.100.1:2379
                end
                """);

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(Word.UNHEALTHY);
        assertThat(health.ownStatus().orElseThrow().led()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "none,                 context deadline exceeded,                       NOT_TRUSTED",
        "/opt/etcd/client.crt, context deadline exceeded,                       SILENT",
        "none,                 dial tcp 198.51.100.1:2379: connection refused,  REFUSED"
    })
    void callsNoMemberSilentThatWeCouldNotShowACertificate(String certificate, String said, Word word) {
        EtcdHealth health = read("own " + A + "\ncertificate " + certificate + "\nhealth " + A + " is unhealthy: "
                + "failed to commit proposal: " + said + "\nexit health 1 " + A + "\nend\n");

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(word);
    }

    @Test
    void countsAHangingToolAsSilence() {
        EtcdHealth health = read("own " + A + "\nexit health 124 " + A + "\nend\n");

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(Word.SILENT);
    }

    @Test
    void readsTheAnswerOfThePlainPort() {
        String own = "http://198.51.100.1:2379";
        String no = "own " + own + "\nhttp HTTP/1.0 503\nhttp {\"health\":\"false\"}\nexit http 0 " + own + "\nend\n";
        String hangs = "own " + own + "\nexit http 124 " + own + "\nend\n";

        assertThat(read(no).ownAnswer().orElseThrow().word()).isEqualTo(Word.UNHEALTHY);
        assertThat(read(hangs).ownAnswer().orElseThrow().word()).isEqualTo(Word.SILENT);
    }

    @Test
    void isNotReadWhereItsEndIsMissing() {
        String text = "own " + A + "\nexit health 124 " + A + "\n";

        assertThat(EtcdHealthParser.parse(aCapture("etcd-health").text(text).build()))
                .isEmpty();
    }
}
