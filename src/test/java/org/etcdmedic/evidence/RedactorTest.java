package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import org.etcdmedic.probe.Capture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    password=hunter2 next ~ password=[redacted] next
                    PGPASSWORD = hunter2 ~ PGPASSWORD = [redacted]
                    passwd: hunter2, ok ~ passwd: [redacted], ok
                    db_password_1="two words" x ~ db_password_1="[redacted]" x
                    {"token":"abc","n":1} ~ {"token":"[redacted]","n":1}
                    {"m":"{\\"secret\\":\\"abc\\"}"} ~ {"m":"{\\"secret\\":\\"[redacted]\\"}"}
                    client_secret=a&token=b&c=d ~ client_secret=[redacted]&token=[redacted]&c=d
                    cmd --password hunter2 -v ~ cmd --password [redacted] -v
                    etcd -token abc ~ etcd -token [redacted]
                    Authorization: Bearer a.b.c d ~ Authorization: [redacted]
                    curl -H 'authorization: Basic YQ==' u ~ curl -H 'authorization: [redacted]' u
                    {"Authorization":"Basic YQ==","a":1} ~ {"Authorization":"[redacted]","a":1}
                    etcdctl --user root:abc endpoint health ~ etcdctl --user root:[redacted] endpoint health
                    curl -u root:abc http://h:2379/health ~ curl -u root:[redacted] http://h:2379/health
                    args etcdctl --user=root:abc get ~ args etcdctl --user=root:[redacted] get
                    get https://u:p@h:2379/x ~ get https://[redacted]@h:2379/x
                    a ftp://u:p@w@h b http://t@h ~ a ftp://[redacted]@h b http://[redacted]@h
                    """)
    void takesOutASecret(String said, String cleaned) {
        assertThat(Redactor.clean(said)).isEqualTo(cleaned);
        assertThat(Redactor.clean(cleaned)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password authentication failed for user",
                "Standby User/Password invalid",
                "-initial-cluster-token etcd-cluster-omm",
                "--initial-cluster-token=etcd-cluster-omm",
                "\"initial-cluster-token\":\"etcd-cluster\"",
                "auth: simple token is not cryptographically signed",
                "listen on https://10.0.0.1:2380, peer a@b",
                "https://10.0.0.1:2380/members?x=a@b",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "curl -u http://10.0.0.1:2379/health",
                "ps -u root: 12 processes",
                "password=",
                "token:"
            })
    void leavesEverythingElse(String said) {
        assertThat(Redactor.clean(said)).isEqualTo(said);
    }

    @Test
    void takesOutPrivateKeysAndKeepsTheLines() {
        String said = """
                before
                -----BEGIN EC PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED

                MHcCAQEEIB
                AbC
                -----END EC PRIVATE KEY-----
                2021-04-09 10:57:40.112936 W | after
                """;

        assertThat(Redactor.clean(said)).isEqualTo("""
                before
                -----BEGIN EC PRIVATE KEY-----
                [redacted]

                [redacted]
                [redacted]
                -----END EC PRIVATE KEY-----
                2021-04-09 10:57:40.112936 W | after
                """);
    }

    @Test
    void takesOutAKeyWrittenIntoOneLine() {
        assertThat(Redactor.clean("k=\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\" x"))
                .isEqualTo("k=\"-----BEGIN PRIVATE KEY-----[redacted]-----END PRIVATE KEY-----\\n\" x");
    }

    @Test
    void takesOutAKeyThatHasNoBeginningOrNoEnd() {
        assertThat(Redactor.clean("x y\nMIIEvQIBADANBgkqhkiG9w0B\nabc=\n-----END PRIVATE KEY-----\nz"))
                .isEqualTo("x y\n[redacted]\n[redacted]\n-----END PRIVATE KEY-----\nz");
        assertThat(Redactor.clean("-----BEGIN RSA PRIVATE KEY-----\r\nMIIE\r\n2021-04-09 W | log\r\nMIIE"))
                .isEqualTo("-----BEGIN RSA PRIVATE KEY-----\r\n[redacted]\r\n2021-04-09 W | log\r\nMIIE");
    }

    @Test
    void showsANulAsAPictureOfIt() {
        assertThat(Redactor.clean("log_file\0\0")).isEqualTo("log_file\u2400\u2400");
    }

    @Test
    void cleansEveryTextOfACapture() {
        var answer =
                aCapture("log-window").text("password=a\n").stderr("token=b").build();
        var none = aCapture("log-window").text("password=a").stderr("token=b").without(Capture.Reason.TIMED_OUT);

        assertThat(Redactor.clean(answer)).isInstanceOfSatisfying(Capture.Answer.class, cleaned -> {
            assertThat(cleaned.text()).isEqualTo("password=[redacted]\n");
            assertThat(cleaned.errorText()).isEqualTo("token=[redacted]");
            assertThat(cleaned.bytes()).isEqualTo(answer.bytes());
        });
        assertThat(Redactor.clean(none)).isInstanceOfSatisfying(Capture.NoAnswer.class, cleaned -> {
            assertThat(cleaned.text()).isEqualTo("password=[redacted]");
            assertThat(cleaned.detail()).isEqualTo("token=[redacted]");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"token", "token=", "\"", "://", "a@", "-----BEGIN PRIVATE KEY-----", " ", "=", "password:\\\""})
    void isQuickWithAnyLongLine(String part) {
        String said = "-----BEGIN PRIVATE KEY-----\n" + part.repeat(1_000_000 / part.length()) + "!";

        long begin = System.nanoTime();
        String cleaned = Redactor.clean(said);
        assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(30_000);
        assertThat(cleaned.lines().count()).isEqualTo(2);
        assertThat(Redactor.clean(cleaned)).isEqualTo(cleaned);
    }
}
