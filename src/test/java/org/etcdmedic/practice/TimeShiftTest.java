package org.etcdmedic.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeShiftTest {
    private static final Instant RECORDED = Instant.parse("2026-11-22T10:40:03Z"); // epoch second 1795344003

    /** Two days, an hour, a minute and a second later. */
    private static final TimeShift SHIFT = TimeShift.to(RECORDED.plus(Duration.ofSeconds(2 * 86400 + 3661)), RECORDED);

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "now 1795344003.120000000 => now 1795520464.120000000",
                "1795343998.1000000000 2184 etcd.log => 1795520459.1000000000 2184 etcd.log",
                "stat 700 Ruby Ruby 4096 1795341003 d => stat 700 Ruby Ruby 4096 1795517464 d",
                "btime 1794480003 => btime 1794656464",
                "2026-11-22 18:40:03.412301 W | x => 2026-11-24 19:41:04.412301 W | x",
                "raft2026/11/22 18:40:03 INFO: x => raft2026/11/24 19:41:04 INFO: x",
                "2026-12-31 23:59:59 x => 2027-01-03 01:01:00 x",
                "\"ts\":\"2026-11-22T18:40:03.123+0800\" => \"ts\":\"2026-11-24T19:41:04.123+0800\"",
                "2026-11-22T10:40:03Z => 2026-11-24T11:41:04Z",
                "2026-11-22T18:40:03+08:00 => 2026-11-24T19:41:04+08:00",
                "cm_agent-2026-11-22_184003-current.log => cm_agent-2026-11-24_194104-current.log",
                "Nov 22 18:40:03 node-1 kernel: x => Nov 24 19:41:04 node-1 kernel: x",
                "Nov 30 23:59:59 node-1 kernel: x => Dec  3 01:01:00 node-1 kernel: x",
                "Feb  5 08:00:00 node-1 kernel: x => Feb  7 09:01:01 node-1 kernel: x"
            })
    void movesEveryShapeOfTimeStampAndKeepsItsLength(String recorded, String replayed) {
        assertThat(SHIFT.apply(recorded)).isEqualTo(replayed).hasSameSizeAs(recorded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size 1048576000",
                "uptime 864000.12 1500000.00",
                "stat 700 Ruby Ruby 19200000 1792752003 regular file",
                "peer 8e9e05c52164694d",
                "id 11795344003 and a1795344003 and 1795344003f",
                "ratio 0.1795344003",
                "took 1795344003123 ns",
                "Linux 5.10.0-2026",
                "2026-13-45 18:40:03",
                "2026-11-22 only a date",
                "198.51.100.11:2379",
                "[12345.678901] nvme0: timeout"
            })
    void leavesOtherNumbersAlone(String text) {
        assertThat(SHIFT.apply(text)).isEqualTo(text);
    }

    @Test
    void movesEveryStampOfALongText() {
        assertThat(SHIFT.apply("a 2026-11-22 18:40:03 b\n1795344003\n2026-11-22T18:40:03Z"))
                .isEqualTo("a 2026-11-24 19:41:04 b\n1795520464\n2026-11-24T19:41:04Z");
    }

    @Test
    void putsTheRecordedMomentWithinHalfASecondOfNow() {
        Instant now = RECORDED.plusSeconds(100).plusMillis(700);
        assertThat(TimeShift.to(now, RECORDED).by()).isEqualTo(Duration.ofSeconds(101));
    }

    @Test
    void movesTowardsThePastTooWhenThisMachinesClockIsBehind() {
        assertThat(TimeShift.to(RECORDED.minusSeconds(60), RECORDED).apply("2026-11-22 18:40:03"))
                .isEqualTo("2026-11-22 18:39:03");
    }
}
