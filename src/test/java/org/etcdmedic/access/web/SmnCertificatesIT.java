package org.etcdmedic.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.access.NotVerifiableException;
import org.etcdmedic.access.SignatureSettings;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.testing.SmnCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Where certificates of SMN's signatures may be had, and how often a stranger can make us ask. */
class SmnCertificatesIT {
    private static final String TOPIC = "urn:smn:localhost:0123456789abcdef0123456789abcdef:alarms";
    private static final String STRANGER = "192.0.2.66";

    private static SmnCloud cloud;

    private final SmnCertificates certificates = certificates(Map.of("profile", "huawei-smn", "hosts", "{region}"));

    @BeforeAll
    static void start(@TempDir Path folder) {
        cloud = new SmnCloud(folder);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void forget() {
        cloud.asked();
    }

    private static SmnCertificates certificates(Map<String, String> settings) {
        return new SmnCertificates(
                new Binder(new MapConfigurationPropertySource(settings))
                        .bind("", SignatureSettings.class)
                        .get(),
                new Courier(Duration.ofSeconds(10), Optional.of(cloud.trusting()), Clock.systemUTC()));
    }

    /** Below the suffix of the public cloud lie the buckets of all its customers, also without a region. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            smn.cn-north-4.myhuaweicloud.com        | true
            smn.cn-north-4.myhuaweicloud.cn         | true
            smn.cn-north-4.myhuaweicloud.eu         | true
            smn.cn-east-3.myhuaweicloud.com         | false
            smn.obs.myhuaweicloud.com               | false
            smn.obs.cn-north-4.myhuaweicloud.com    | false
            bucket.obs.cn-north-4.myhuaweicloud.com | false
            cn-north-4.myhuaweicloud.com            | false
            smn.cn-north-4.myhuaweicloud.com.evil.com | false
            """)
    void aCertificateComesFromTheNotificationServiceOfTheTopicsRegion(String host, boolean allowed) {
        SmnCertificates usual = certificates(Map.of("profile", "huawei-smn"));

        assertThat(usual.hosts("urn:smn:cn-north-4:p:alarms").allow(URI.create("https://" + host + "/smn/SMN_1.pem")))
                .isEqualTo(allowed);
    }

    @Test
    void aTopicOfAnotherRegionAndOneWithoutOneHaveNoCertificateHere() {
        for (String topic : List.of("urn:smn:cn-north-4:p:t", "urn:smn:localhost", "t")) {
            assertThat(certificates.named(cloud.url("/certificate.pem"), topic, STRANGER))
                    .isEmpty();
        }
        assertThat(cloud.asked()).isEmpty();
    }

    @Test
    void whatFailedIsNotAskedForAgainAtOnce() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> certificates.named(cloud.url("/missing.pem"), TOPIC, STRANGER))
                    .isInstanceOf(NotVerifiableException.class)
                    .hasMessage("status 404");
            assertThat(certificates.named(cloud.url("/no-certificate.pem"), TOPIC, STRANGER))
                    .isEmpty();
        }
        assertThat(cloud.asked()).containsExactly("/missing.pem", "/no-certificate.pem");
    }

    @Test
    void aStrangerWithEverNewAddressesIsStoppedAndNobodyElse() {
        String right = cloud.url("/certificate.pem");
        X509Certificate certificate =
                certificates.named(right, TOPIC, "192.0.2.1").orElseThrow();
        certificates.proved(right, TOPIC, certificate);
        // A second gives an attempt back, so that a slow machine may get some more.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        certificates.named(cloud.url("/certificate.pem?" + i), TOPIC, STRANGER);
                    }
                })
                .isInstanceOf(NotVerifiableException.class)
                .hasMessageContaining("too many addresses");
        assertThat(cloud.asked()).hasSizeBetween(1 + SmnCertificates.ATTEMPTS, 100);

        assertThat(certificates.named(right, TOPIC, STRANGER)).contains(certificate);
        assertThat(certificates.named(cloud.url("/certificate.pem?new"), TOPIC, "192.0.2.1"))
                .contains(certificate);
        assertThat(cloud.asked()).containsExactly("/certificate.pem?new");
    }
}
