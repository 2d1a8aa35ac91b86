package org.etcdmedic.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.bundle.Bundles.bytes;
import static org.etcdmedic.bundle.Bundles.files;
import static org.etcdmedic.bundle.Bundles.gzip;
import static org.etcdmedic.bundle.Bundles.judge;
import static org.etcdmedic.bundle.Bundles.nothingSaid;
import static org.etcdmedic.bundle.Bundles.read;
import static org.etcdmedic.bundle.Bundles.said;
import static org.etcdmedic.bundle.Bundles.tar;
import static org.etcdmedic.bundle.Bundles.zip;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs without a node: what they prove is confirmed, the rest stays open, and nothing is ever called fine. */
@SuppressWarnings("StringConcatToTextBlock") // log lines stand one by one
class LogsAloneTest {
    private static final String START = """
            2026-11-22 10:00:00.112936 I | etcdmain: etcd Version: 3.4.23
            2026-11-22 10:00:01.112936 I | etcdserver: published {Name:etcd_7001 ClientURLs:[https://192.168.0.11:2379]} to cluster 1
            2026-11-22 10:00:01.212936 I | embed: ready to serve client requests
            """;

    private static String at(String time, String rest) {
        return "2026-11-22 " + time + ".112936 " + rest + "\n";
    }

    private static final String NO_SPACE = "C | etcdserver: raft save state and entries error: write"
            + " /usr/local/etcd/member/wal/0000000000000001-0000000000000000.wal: no space left on device";

    private static String zap(String level, String time, String caller, String message) {
        return "{\"level\":\"" + level + "\",\"ts\":\"2026-11-22T" + time + ".112+0800\",\"caller\":\"" + caller + "\","
                + message + "}\n";
    }

    static Stream<Arguments> logs() {
        String cm = "2026-11-22 10:30:00.047 tid=15822 ";
        return Stream.of(
                arguments(
                        "disk full ends etcd",
                        "etcd.log",
                        START + at("10:30:00", NO_SPACE),
                        "CONFIRMED",
                        "ETCD_DISK_FULL"),
                arguments(
                        "disk full, written as JSON",
                        "etcd.log",
                        zap("info", "10:00:00", "etcdmain/etcd.go:73", "\"msg\":\"etcd-version\"")
                                + zap(
                                        "fatal",
                                        "10:30:00",
                                        "etcdserver/raft.go:243",
                                        "\"msg\":\"failed to save Raft hard state and entries\",\"error\":\"write /data/member/wal/0.tmp: no space left on device\""),
                        "CONFIRMED",
                        "ETCD_DISK_FULL"),
                arguments(
                        "disk error ends etcd",
                        "etcd.log",
                        START + at("10:30:00", NO_SPACE.replace("no space left on device", "input/output error")),
                        "CONFIRMED",
                        "ETCD_DATA_DISK_FAULT"),
                arguments(
                        "read-only disk ends etcd",
                        "etcd.log",
                        START + at("10:30:00", NO_SPACE.replace("no space left on device", "read-only file system")),
                        "CONFIRMED",
                        "ETCD_DATA_DISK_FAULT"),
                arguments(
                        "permission ends etcd",
                        "etcd.log",
                        START + at("10:30:00", NO_SPACE.replace("no space left on device", "permission denied")),
                        "CONFIRMED",
                        "ETCD_DATA_DIR_PERMISSION"),
                arguments(
                        "corrupted log of entries",
                        "etcd.log",
                        at("10:30:00", "I | etcdmain: etcd Version: 3.4.23")
                                + at(
                                        "10:30:01",
                                        "C | etcdserver: read wal error (walpb: crc mismatch) and cannot be repaired"),
                        "CONFIRMED",
                        "ETCD_DATA_CORRUPTED"),
                arguments(
                        "corrupted database",
                        "etcd.log",
                        at("10:30:01", "I | etcdmain: etcd Version: 3.4.23")
                                + "panic: freepages: failed to get all reachable pages (page 7: multiple references)\n",
                        "CONFIRMED",
                        "ETCD_DATA_CORRUPTED"),
                arguments(
                        "quota used up",
                        "etcd.log",
                        START
                                + at("10:30:00", "W | etcdserver: alarm NOSPACE raised by peer 8e9e05c52164694d")
                                + at(
                                        "10:30:01",
                                        "W | etcdserver: failed to apply request \"header:<ID:1> put:<key:\\\"a\\\">\" with response \"\" took (1.2ms) to execute, err is etcdserver: mvcc: database space exceeded"),
                        "CONFIRMED",
                        "ETCD_QUOTA_EXCEEDED"),
                arguments(
                        "port in use",
                        "etcd.log",
                        at("10:30:00", "I | etcdmain: etcd Version: 3.4.23")
                                + at(
                                        "10:30:01",
                                        "C | etcdmain: listen tcp 192.168.0.11:2380: bind: address already in use"),
                        "CONFIRMED",
                        "ETCD_PORT_IN_USE"),
                arguments(
                        "address is not there",
                        "etcd.log",
                        at("10:30:00", "I | etcdmain: etcd Version: 3.4.23")
                                + at(
                                        "10:30:01",
                                        "C | etcdmain: listen tcp 192.168.0.11:2380: bind: cannot assign requested address"),
                        "CONFIRMED",
                        "NETWORK_IP_MISSING"),
                arguments(
                        "certificate cannot be loaded",
                        "etcd.log",
                        at("10:30:00", "I | etcdmain: etcd Version: 3.4.23")
                                + at(
                                        "10:30:01",
                                        "C | etcdmain: open /usr/local/core/app/share/sslcert/etcd/etcd.crt: no such file or directory"),
                        "CONFIRMED",
                        "ETCD_CERTIFICATE_INVALID"),
                arguments(
                        "removed from the cluster",
                        "etcd.log",
                        START
                                + at(
                                        "10:30:00",
                                        "E | rafthttp: failed to dial 8e9e05c52164694d on stream MsgApp v2 (the member has been permanently removed from the cluster)")
                                + at(
                                        "10:30:01",
                                        "I | etcdserver: the member has been permanently removed from the cluster"),
                        "CONFIRMED",
                        "ETCD_MEMBERSHIP_MISMATCH"),
                arguments(
                        "another cluster's member",
                        "etcd.log",
                        START + at("10:30:00", "E | rafthttp: request cluster ID mismatch (got 1 want 2)"),
                        "LIKELY",
                        "ETCD_MEMBERSHIP_MISMATCH"),
                arguments(
                        "wrong setting",
                        "etcd.log",
                        at(
                                "10:30:00",
                                "E | etcdmain: error verifying flags, '--x' is not a valid flag. See 'etcd --help'."),
                        "CONFIRMED",
                        "ETCD_CONFIG_INVALID"),
                arguments(
                        "a panic that nobody knows",
                        "etcd.log",
                        START + "panic: runtime error: invalid memory address or nil pointer dereference\n",
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "one slow write",
                        "etcd.log",
                        START + at("10:30:00", "W | wal: sync duration of 1.204393954s, expected less than 1s"),
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "a disk that stalls",
                        "etcd.log",
                        START
                                + at("10:30:00", "W | wal: sync duration of 2.004393954s, expected less than 1s")
                                + at("10:30:05", "W | wal: sync duration of 3.004393954s, expected less than 1s")
                                + at("10:30:10", "W | wal: sync duration of 2.504393954s, expected less than 1s")
                                + at("10:30:15", "W | wal: sync duration of 7.504393954s, expected less than 1s"),
                        "CONFIRMED",
                        "OVERLOAD_DISK_IO"),
                arguments(
                        "lost peers",
                        "etcd.log",
                        START
                                + at(
                                        "10:30:00",
                                        "W | rafthttp: lost the TCP streaming connection with peer 8e9e05c52164694d (stream MsgApp v2 reader)"),
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "told to stop",
                        "etcd.log",
                        START
                                + at("10:30:00", "N | pkg/osutil: received terminated signal, shutting down...")
                                + at(
                                        "10:30:00",
                                        "I | etcdserver: skipped leadership transfer for stopping non-leader member"),
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "stopped and started again",
                        "etcd.log",
                        START
                                + at("10:30:00", "N | pkg/osutil: received terminated signal, shutting down...")
                                + at("10:30:09", "I | etcdmain: etcd Version: 3.4.23")
                                + at("10:30:10", "I | embed: ready to serve client requests"),
                        "LIKELY",
                        "ETCD_PROCESS_RESTARTED"),
                arguments(
                        "ended for lack of room and came back",
                        "etcd.log",
                        START
                                + at("10:30:00", NO_SPACE)
                                + at("10:30:09", "I | etcdmain: etcd Version: 3.4.23")
                                + at("10:30:10", "I | embed: ready to serve client requests"),
                        "CONFIRMED",
                        "ETCD_DISK_FULL"),
                arguments(
                        "port in use, tried again each second",
                        "etcd.log",
                        START
                                + at("10:29:59", "I | etcdmain: etcd Version: 3.4.23")
                                + at(
                                        "10:30:00",
                                        "C | etcdmain: listen tcp 192.168.0.11:2380: bind: address already in use")
                                + at("10:30:01", "I | etcdmain: etcd Version: 3.4.23")
                                + at("10:30:02", "I | embed: ready to serve client requests")
                                + at("10:31:00", "I | mvcc: finished scheduled compaction at 387 (took 1.287305ms)"),
                        "CONFIRMED",
                        "ETCD_PORT_IN_USE"),
                arguments(
                        "a second start fails while the first etcd writes on",
                        "etcd.log",
                        START
                                + at("10:29:59", "I | etcdmain: etcd Version: 3.4.23")
                                + at(
                                        "10:30:00",
                                        "C | etcdmain: listen tcp 192.168.0.11:2380: bind: address already in use")
                                + at("10:31:00", "I | mvcc: finished scheduled compaction at 387 (took 1.287305ms)")
                                + at("10:31:30", "I | etcdserver: start to snapshot (applied: 10001, lastsnap: 1)"),
                        "LIKELY",
                        "ETCD_PORT_IN_USE"),
                arguments(
                        "all is quiet",
                        "etcd.log",
                        START + at("10:30:00", "I | mvcc: finished scheduled compaction at 387 (took 1.287305ms)"),
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "cut in the middle of a line",
                        "etcd.log",
                        START + at("10:30:00", NO_SPACE) + "2026-11-22 10:3",
                        "CONFIRMED",
                        "ETCD_DISK_FULL"),
                arguments(
                        "cm_agent kills etcd",
                        "cm_agent-current.log",
                        cm + "ETCD_CHECK LOG: etcd instance is unhealthy, will kill it, cmd is kill -9\n" + cm
                                + "ETCD_CHECK LOG: check\n",
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "om_monitor tries for minutes",
                        "om_monitor-current.log",
                        cm
                                + "monitor LOG: Monitor has started ETCD for 5 minutes, ETCD path is /usr/local/core/app/bin/etcd.\n",
                        "LIKELY",
                        "ETCD_PROCESS_DOWN"),
                arguments(
                        "the kernel kills etcd for memory",
                        "messages",
                        "Nov 22 10:29:00 node-1 systemd[1]: Started Session 1 of user root.\n"
                                + "Nov 22 10:30:00 node-1 kernel: Out of memory: Killed process 12497 (etcd) total-vm:11944128kB\n",
                        "CONFIRMED",
                        "OVERLOAD_MEMORY"),
                arguments(
                        "the kernel kills another for memory",
                        "messages",
                        "Nov 22 10:29:00 node-1 systemd[1]: Started Session 1 of user root.\n"
                                + "Nov 22 10:30:00 node-1 kernel: Out of memory: Killed process 12497 (java) total-vm:11944128kB\n",
                        "UNDETERMINED",
                        "UNDETERMINED"),
                arguments(
                        "om_monitor has no descriptors",
                        "om_monitor-current.log",
                        cm + "main FATAL: set max open files failed\n",
                        "UNDETERMINED",
                        "UNDETERMINED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void judgesALogAsWellAsALogAloneAllows(String what, String name, String text, String outcome, String cause) {
        Judgement judgement = judge(read(name, bytes(text), nothingSaid()));

        assertThat(judgement.verdict().outcome() + " " + judgement.verdict().cause())
                .isEqualTo(outcome + " " + cause);
        assertThat(judgement.notEvaluated())
                .as("what needs a live probe")
                .anyMatch(row -> row.check().equals("P1"))
                .anyMatch(row -> row.check().equals("V1"));
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.state() == Finding.State.NOT_EVALUATED)
                .extracting(Finding::kind)
                .as("no row is said to have been asked for: it is not in the bundle, or not the whole time of it")
                .contains("gap-not-in-bundle")
                .isSubsetOf("gap-not-in-bundle", "gap-partly-read");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void judgesTheSameLogInAnArchive(String what, String name, String text, String outcome, String cause) {
        Judgement plain = judge(read(name, bytes(text), nothingSaid()));
        Judgement zipped = judge(read("a.zip", zip(files("logs/" + name, text)), nothingSaid()));
        Judgement packed = judge(read("a.tgz", gzip(tar(files(name, text))), nothingSaid()));

        assertThat(zipped.verdict().cause()).isEqualTo(plain.verdict().cause());
        assertThat(packed.verdict().cause()).isEqualTo(plain.verdict().cause());
    }

    @Test
    void neverTakesOldLinesForTheTimeThatWasGiven() {
        Judgement judgement = judge(read(
                "etcd.log",
                bytes(START + at("10:30:00", NO_SPACE)),
                said(Optional.of(Instant.parse("2026-11-22T12:00:00Z")))));

        assertThat(judgement.verdict().outcome()).isEqualTo(Verdict.Outcome.UNDETERMINED);
    }

    @Test
    void saysHowTimeAndZoneWereFound() {
        Bundle text = read("etcd.log", bytes(START + at("10:30:00", NO_SPACE)), nothingSaid());
        Bundle json =
                read("etcd.log", bytes(zap("info", "10:00:00", "etcdmain/etcd.go:73", "\"msg\":\"x\"")), nothingSaid());

        assertThat(text.bundleCase().timeBy()).isEqualTo(BundleCase.TimeBy.LAST_END);
        assertThat(text.bundleCase().window().alarmedAt()).isEqualTo("2026-11-22T10:30:00.112936Z");
        assertThat(text.bundleCase().nodes().getFirst().zoneBy()).isEqualTo(BundleCase.ZoneBy.ASSUMED);
        assertThat(json.bundleCase().timeBy()).isEqualTo(BundleCase.TimeBy.LAST_LINE);
        assertThat(json.bundleCase().window().alarmedAt()).isEqualTo("2026-11-22T02:00:00.112Z");
        assertThat(json.bundleCase().nodes().getFirst().zoneBy()).isEqualTo(BundleCase.ZoneBy.TOLD);
    }

    @Test
    void tellsNodesApartByTheirFoldersAndNamesTheOneThatEnded() {
        Bundle bundle = read(
                "all.zip",
                zip(files(
                        "case/node-1/cm/etcd/etcd-current.log",
                        START,
                        "case/node-2/cm/etcd/etcd-current.log",
                        START + at("10:30:00", NO_SPACE),
                        "case/node-2/cm/om_monitor/om_monitor-current.log",
                        "2026-11-22 10:30:00.047 tid=15822 monitor LOG: x\n")),
                nothingSaid());

        assertThat(bundle.bundleCase().nodes())
                .extracting(node -> node.node().id().value())
                .containsExactly("node-1", "node-2");
        assertThat(bundle.bundleCase().named()).isEqualTo(new NodeId("node-2"));
        Verdict verdict = judge(bundle).verdict();
        assertThat(verdict.cause().value()).isEqualTo("ETCD_DISK_FULL");
        assertThat(verdict.node()).contains(new NodeId("node-2"));
    }

    @Test
    void tellsNodesApartByTheNamesOfFiles() {
        Bundle bundle = read(
                "all.zip",
                zip(files("n1-etcd.log", START, "n2-etcd.log", START + at("10:30:00", NO_SPACE))),
                nothingSaid());

        assertThat(bundle.bundleCase().files())
                .extracting(file -> file.path() + " " + file.node())
                .containsExactly("n1-etcd.log n1", "n2-etcd.log n2");
    }

    @Test
    void joinsRotatedLogsOfOneNodeAndOpensThePackedOnes() {
        var files = files("cm/etcd/etcd-current.log", at("10:30:00", NO_SPACE));
        files.put("cm/etcd/etcd-2026-11-22_102000.log.gz", gzip(bytes(START)));
        Bundle bundle = read("a.tgz", gzip(tar(files)), nothingSaid());

        assertThat(bundle.bundleCase().nodes()).hasSize(1);
        assertThat(bundle.bundleCase().files()).hasSize(2);
        assertThat(judge(bundle).verdict().cause().value()).isEqualTo("ETCD_DISK_FULL");
    }

    @Test
    void leavesASystemLogOfAnotherTimeAside() {
        Bundle bundle = read(
                "a.zip",
                zip(files(
                        "etcd.log",
                        START + at("10:30:00", NO_SPACE),
                        "messages",
                        "Nov 20 10:29:00 node-1 systemd[1]: Started.\n")),
                nothingSaid());

        assertThat(bundle.bundleCase().skipped()).containsExactly(new Skipped("messages", Skipped.Reason.OTHER_TIME));
        assertThat(judge(bundle).notEvaluated()).anyMatch(row -> row.check().equals("O6"));
    }

    @Test
    void keepsNoSecret() {
        Bundle bundle = read(
                "etcd.log",
                bytes(START + at("10:30:00", "W | etcdserver: password=hunter2 token: abc123xyz")),
                nothingSaid());

        assertThat(bundle.captures().toString()).doesNotContain("hunter2").doesNotContain("abc123xyz");
    }

    @Test
    void keepsTheEndOfWhatReachesIntoTheWindowOfALargeLog() {
        var large = new StringBuilder(START).append(at("10:30:00", NO_SPACE));
        String later = at("23:00:00", "I | mvcc: finished scheduled compaction at 387 (took 1.287305ms)");
        large.append(later.repeat(20_000));
        Bundle bundle =
                read("etcd.log", bytes(large.toString()), said(Optional.of(Instant.parse("2026-11-22T10:31:00Z"))));

        assertThat(bundle.captures().getFirst().toString())
                .contains("no space left")
                .doesNotContain("23:00:00");
        assertThat(judge(bundle).verdict().cause().value()).isEqualTo("ETCD_DISK_FULL");
    }
}
