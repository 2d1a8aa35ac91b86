package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines by which a guest shows that it stood still, that its clock jumped, how it ended and when it began. */
class GuestTraceTest {
    static final String SAMPLE = """
            Nov 22 18:40:03 node kernel: watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [etcd:812]
            Nov 22 18:40:03 node kernel: rcu: INFO: rcu_sched self-detected stall on CPU
            Nov 22 18:40:03 node kernel: clocksource: timekeeping watchdog on CPU1: Marking clocksource 'tsc' as unstable
            Nov 22 18:40:03 node chronyd[612]: System clock was stepped by 7.912345 seconds
            Nov 22 18:40:03 node sudo[99]: ops : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/sbin/reboot
            Nov 22 18:40:03 node kernel: Kernel panic - not syncing: Fatal exception
            Nov 22 18:40:03 node kernel: Linux version 5.10.0-60.18.0.50.oe2203.x86_64
            state read
            """;

    private static final Instant AT = Instant.parse("2026-11-22T10:40:03Z");

    private static SystemLog.Line line(String text) {
        return new SystemLog.Line(Optional.of(AT), text, Source.line(new UUID(1, 1), 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kernel: watchdog: BUG: soft lockup - CPU#0 stuck for 23s! [etcd:812] | STALL | PT23S",
                "[ 903.2] rcu: INFO: rcu_sched self-detected stall on CPU | STALL | ",
                "kernel: INFO: rcu_sched detected stalls on CPUs/tasks: { 1} | STALL | ",
                "kernel: rcu: rcu_sched kthread starved for 2003 jiffies! g1 f0x2 | STALL | ",
                "kernel: clocksource: timekeeping watchdog on CPU1: Marking clocksource 'tsc' as unstable because the skew | CLOCK_SOURCE | ",
                "kernel: clocksource: Long readout interval, skipping watchdog check: cs_nsec: 8012345678 wd_nsec: 8012345999 | CLOCK_SOURCE | PT8.012345678S",
                "kernel: clocksource: Switched to clocksource hpet | CLOCK_SOURCE | ",
                "chronyd[612]: System clock was stepped by -7.5 seconds | TIME_JUMP | PT7.5S",
                "chronyd[612]: Forward time jump detected! | TIME_JUMP | ",
                "ntpd[612]: time reset +8.25 s | TIME_JUMP | PT8.25S",
                "ntpd[612]: 0.0.0.0 c61c 0c clock_step +8.25 s | TIME_JUMP | PT8.25S",
                "systemd[1]: Time has been changed | TIME_JUMP | ",
                "kernel: xen:manage: suspending xenstore... | HOST | ",
                "kernel: hv_netvsc 000d3a eth0: Data path switched from VF: eth1 | HOST | ",
                "kernel: virtio_net virtio0 eth0: link becomes ready | HOST | "
            })
    void knowsWhatALineShows(String text, GuestTrace.Kind kind, Duration length) {
        assertThat(GuestTrace.in(List.of(line(text)))).singleElement().satisfies(trace -> {
            assertThat(trace.kind()).isEqualTo(kind);
            assertThat(trace.length().orElse(null)).isEqualTo(length);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel: INFO: task etcd:812 blocked for more than 120 seconds.",
                "chronyd[612]: Selected source 192.0.2.1",
                "sshd[812]: Invalid user System clock was stepped by 9 seconds",
                "kernel: clocksource: jiffies: mask: 0xffffffff max_cycles: 0xffffffff",
                "systemd[1]: Started Time synchronisation."
            })
    void takesNothingElseForATrace(String text) {
        assertThat(GuestTrace.in(List.of(line(text)))).isEmpty();
    }

    @Test
    void leavesOutALineWithoutATime() {
        var old = new SystemLog.Line(
                Optional.empty(), "systemd[1]: Time has been changed", Source.line(new UUID(1, 1), 1));

        assertThat(GuestTrace.in(List.of(old))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kernel: Kernel panic - not syncing: Fatal exception | PANIC",
                "sudo[99]: ops : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/sbin/reboot | COMMAND",
                "systemd-logind[700]: Power key pressed. | FROM_HOST",
                "qemu-ga: info: guest-shutdown called, mode: reboot | FROM_HOST",
                "systemd-logind[700]: System is rebooting. | ORDERLY",
                "systemd-logind[700]: The system will power off now! | ORDERLY",
                "systemd-shutdown[1]: Sending SIGTERM to remaining processes... | ORDERLY",
                "kernel: reboot: Restarting system | ORDERLY",
                "kernel: Linux version 5.10.0-60.18.0.50.oe2203.x86_64 (root@build) | BOOT"
            })
    void knowsEndsAndBeginnings(String text, BootLine.Kind kind) {
        assertThat(BootLine.in(List.of(line(text)))).extracting(BootLine::kind).containsExactly(kind);
    }

    @Test
    void takesNoOtherCommandForAShutdown() {
        assertThat(BootLine.in(List.of(
                        line("sudo[99]: ops : USER=root ; COMMAND=/usr/bin/cat /etc/reboot"),
                        line("sshd[9]: fatal: System is rebooting"))))
                .isEmpty();
    }

    @Test
    void readsTheLoginRecordsOfTheSample() {
        RebootRecords records = RebootRecordsParser.parse(
                        aCapture("reboot-records")
                                .text(JavadocSample.of(RebootRecordsParser.class))
                                .build(),
                        Optional.of(anIdentity()))
                .orElseThrow();

        assertThat(records.entries())
                .extracting(RebootRecords.Entry::kind)
                .containsExactly(RebootRecords.Kind.BOOT, RebootRecords.Kind.SHUTDOWN, RebootRecords.Kind.BOOT);
        assertThat(records.boots())
                .extracting(RebootRecords.Boot::id)
                .containsExactly("1b4e28ba2fa14d2e883f0016d3cca427", "6fa459eaee8a3ca4894edb77e160355e");
        assertThat(records.boots().getFirst().last())
                .isEqualTo(records.entries().get(1).at());
        RebootRecords.Entry last = records.entries().getLast();
        assertThat(records.boot(last.at().plusSeconds(20))).contains(last);
        assertThat(records.bootBefore(last)).contains(records.entries().getFirst());
        assertThat(records.shutdownBetween(records.entries().getFirst(), last))
                .contains(records.entries().get(1));
        assertThat(Duration.between(records.entries().get(1).at(), last.at())).isEqualTo(Duration.ofSeconds(32));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "reboot   system boot  5.10 Sun Nov 22 10:36:43 2026   still running\n"})
    void needsTheLastLine(String text) {
        assertThat(RebootRecordsParser.parse(
                        aCapture("reboot-records").text(text).build(), Optional.of(anIdentity())))
                .isEmpty();
    }

    @Test
    void leavesOutARecordWhoseTimeIsNone() {
        RebootRecords records = RebootRecordsParser.parse(
                        aCapture("reboot-records")
                                .text("reboot   system boot  5.10 Sun Nov 22 10:36\nshutdown x\nstate read\n")
                                .build(),
                        Optional.of(anIdentity()))
                .orElseThrow();

        assertThat(records.entries()).isEmpty();
    }
}
