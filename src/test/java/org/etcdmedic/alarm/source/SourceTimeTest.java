package org.etcdmedic.alarm.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as senders write them. */
class SourceTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2026-11-22T18:40:03+08:00 | - | 2026-11-22T10:40:03Z",
                "2026-11-22T10:40:03.123456789Z | - | 2026-11-22T10:40:03.123456789Z",
                "2025/06/02 22:56:15 GMT+08:00 | - | 2025-06-02T14:56:15Z",
                // As the manual prints it, without the blank.
                "2025/06/0222:56:15 GMT+08:00 | - | 2025-06-02T14:56:15Z",
                "2026-11-22 10:40:03 UTC | - | 2026-11-22T10:40:03Z",
                "1763808003 | - | 2025-11-22T10:40:03Z",
                "1763808003250 | - | 2025-11-22T10:40:03.250Z",
                "2026-11-22 18:40:03 | Asia/Shanghai | 2026-11-22T10:40:03Z",
                "2026-11-22 18:40:03,5 | +08:00 | 2026-11-22T10:40:03.500Z",
                // A local time whose zone nobody told is none, and so is what Go writes for nothing.
                "2026-11-22 18:40:03 | - | -",
                "0001-01-01T00:00:00Z | - | -",
                "2026-02-30T10:00:00Z | - | -",
                "12345 | - | -",
                "yesterday | - | -"
            })
    void readsATimeOrSaysThatItIsNone(String text, String zone, String expected) {
        assertThat(SourceTime.parse(text, Optional.ofNullable(zone).map(ZoneId::of)))
                .isEqualTo(Optional.ofNullable(expected).map(Instant::parse));
    }
}
