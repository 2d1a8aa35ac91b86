package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of gs_om. */
class OmDialectTest {
    private static final NodeClock CLOCK = NodeClock.of(java.util.Optional.empty());

    @Test
    void readsTimeLevelAndMessage() {
        LogHead head = OmDialect.read(
                        "[2021-01-23 06:48:39.123456][31415][OmImpl.py(doStart:123)][gs_om][ERROR][Step1]:[GAUSS-51600] : x",
                        CLOCK)
                .orElseThrow();

        assertThat(head.level()).isEqualTo("error");
        assertThat(head.origin()).isEqualTo("gs_om");
        assertThat(head.message()).isEqualTo("[GAUSS-51600] : x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2021-01-23 06:48:40][31415][gs_om][LOG]:without a fraction",
                "[7f3a9c][2021-01-23 06:48:41.000001][31415][gs_om][LOG]:behind a trace id"
            })
    void readsEveryShape(String line) {
        assertThat(OmDialect.read(line, CLOCK)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "[]", "[GAUSS-50201] : The status file", "[2021-01-23 06:48:40", "[2021-01-23 06:48:40]["})
    void leavesOtherLinesAlone(String line) {
        assertThat(OmDialect.read(line, CLOCK)).isEmpty();
    }
}
