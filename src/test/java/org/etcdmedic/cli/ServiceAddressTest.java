package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8080",
                "ftp://127.0.0.1",
                "file:///etc/passwd",
                "http://",
                "http:///x",
                "http://user:secret@127.0.0.1",
                "http://127.0.0.1?token=secret",
                "http://127.0.0.1/#secret",
                "http://a b"
            })
    void isNoneInTheseWords(String text) {
        assertThat(ServiceAddress.parse(text)).isEmpty();
    }

    /** A name is not this machine because it looks or resolves so. */
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, false",
        "http://127.8.9.1, false",
        "http://localhost, false",
        "HTTP://LOCALHOST:80/medic/, false",
        "http://[::1]:8080, false",
        "https://medic.example, false",
        "https://192.0.2.1, false",
        "http://medic.example, true",
        "http://192.0.2.1, true",
        "http://localhost.example, true",
        "http://127.0.0.1.example, true",
        "http://[2001:db8::1], true",
        "http://0.0.0.0, true",
        "http://[::ffff:192.0.2.1], true"
    })
    void knowsWhetherWhatIsSentThereCanBeReadOnTheWay(String text, boolean readable) {
        assertThat(ServiceAddress.parse(text).orElseThrow().readableOnTheWay()).isEqualTo(readable);
    }

    @Test
    void leadsThroughAProxyWithAPath() {
        assertThat(ServiceAddress.parse("https://ops.example/medic//")
                        .orElseThrow()
                        .at("/diagnoses"))
                .hasToString("https://ops.example/medic/diagnoses");
    }
}
