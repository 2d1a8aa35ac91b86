package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.evidence.Certificates.Certificate;
import org.etcdmedic.evidence.Certificates.Role;
import org.etcdmedic.evidence.Certificates.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What etcd's certificate and key files say. */
class CertificatesParserTest {
    private static final String SAMPLE = JavadocSample.of(CertificatesParser.class);

    private static Optional<Certificates> read(String text) {
        return CertificatesParser.parse(aCapture("certificates").text(text).build());
    }

    private static Certificate certificate(String from, String to) {
        return read(SAMPLE.replace(from, to))
                .orElseThrow()
                .files()
                .getFirst()
                .certificate()
                .orElseThrow();
    }

    @Test
    void readsTheSample() {
        Certificates certificates = read(SAMPLE).orElseThrow();

        assertThat(certificates.openssl()).isTrue();
        assertThat(certificates.files())
                .extracting(Certificates.File::role, Certificates.File::path, Certificates.File::readable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Role.SERVER, "/usr/local/etcd/etcd.crt", true),
                        org.assertj.core.groups.Tuple.tuple(Role.SERVER_KEY, "/usr/local/etcd/etcd.key", true));
        Certificate certificate = certificates.files().getFirst().certificate().orElseThrow();
        assertThat(certificate.notBefore()).isEqualTo(Instant.parse("2025-11-20T03:47:45Z"));
        assertThat(certificate.notAfter()).isEqualTo(Instant.parse("2026-11-02T03:47:45Z"));
        assertThat(certificate.subject()).isEqualTo("CN = etcd_7001");
        assertThat(certificate.trust()).isEqualTo(Trust.OUT_OF_TIME);
        assertThat(certificate.isFor("198.51.100.11")).isTrue();
        assertThat(certificate.isFor("198.51.100.1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verify /usr/local/etcd/etcd.crt: OK | TRUSTED",
                "verify CN = a error 9 at 0 depth lookup: certificate is not yet valid | OUT_OF_TIME",
                "verify error 20 at 0 depth lookup: unable to get local issuer certificate | UNTRUSTED",
                "verify error 20 at 0 depth lookup:unable to get local issuer certificate | UNTRUSTED",
                "verify error 7 at 0 depth lookup: certificate signature failure | UNTRUSTED",
                "verify Error loading file /x.crt | UNKNOWN",
                "verify error 9999 at 0 depth lookup: something new | UNKNOWN",
                "verify error | UNKNOWN"
            })
    void tellsWhatTheAuthoritySays(String line, Trust trust) {
        assertThat(certificate("verify CN = etcd_7001 error 10 at 0 depth lookup: certificate has expired", line)
                        .trust())
                .isEqualTo(trust);
    }

    @Test
    void takesAWildcardForOneLabel() {
        Certificate certificate = certificate("IP Address:127.0.0.1", "DNS:*.etcd.example");

        assertThat(certificate.isFor("n1.etcd.example")).isTrue();
        assertThat(certificate.isFor("a.n1.etcd.example")).isFalse();
        assertThat(certificate.isFor("etcd.example")).isFalse();
    }

    @Test
    void knowsNoDatesFromWhatIsNone() {
        Certificates.File file = read(SAMPLE.replace("notAfter=Nov  2", "notAfter=Foo  2"))
                .orElseThrow()
                .files()
                .getFirst();

        assertThat(file.certificate()).isEmpty();
        assertThat(file.stat()).isPresent();
    }

    @Test
    void tellsWhyAFileHasNoAttributes() {
        Certificates.File file =
                read("openssl present\nfile SERVER_KEY /k\nstat: cannot statx '/k': No such file or directory\nend\n")
                        .orElseThrow()
                        .files()
                        .getFirst();

        assertThat(file.stat()).isEmpty();
        assertThat(file.error()).isEqualTo("No such file or directory");
        assertThat(file.readable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user Ruby\nopenssl present\nfile SERVER /x\n"})
    void knowsNothingFromWhatWasCutShort(String text) {
        assertThat(read(text)).isEmpty();
    }
}
