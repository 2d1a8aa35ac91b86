package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.DiskConsumers;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.ExecutableFact;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.evidence.FirewallRules;
import org.etcdmedic.evidence.GaussEnvironment;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.MarkerFiles;
import org.etcdmedic.evidence.NetworkInterfaces;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.PeerReach;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.ProcessTable;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Schedule;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.evidence.SystemLog;
import org.etcdmedic.evidence.firewall.IptablesSyntax;
import org.etcdmedic.evidence.firewall.PortRange;
import org.etcdmedic.evidence.firewall.RuleLine;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Reach;

/** A node on which all is well, and the ways to make it sick. */
final class VerdictFixtures {
    static final Instant ALARM = Instant.parse("2026-11-22T10:40:03Z");
    static final Instant LONG_AGO = ALARM.minus(Duration.ofDays(30));
    static final String HOME = "/usr/local/core/app";
    static final String DATA = "/usr/local/etcd";
    private static final int DB_USER = 1000;
    private static final Source LINE = Source.line(new UUID(1, 1), 1);

    private final String id;
    private Instant bootedAt = LONG_AGO;
    private Reach reach = new Reach.LoggedIn(ALARM, Duration.ofMillis(50), "SSH-2.0-OpenSSH_9.2", "SHA256:x");
    private final List<ProcessFact> processes = new ArrayList<>();
    private Reading<MarkerFiles> markers = known(markers(List.of()));
    private Reading<ExecutableFact> executable = known(executable(ExecutableFact.State.PRESENT, 0700, true, true));
    private Reading<DataDirectory> dataDirectory = known(directory(0700, "Ruby", 40, 10, "rw", true));
    private Reading<SystemLog> kernelLog = known(new SystemLog(List.of()));
    private Reading<ClusterStatus> status;
    private final List<LogLine> etcdLog = new ArrayList<>();
    private Optional<Reading.Gap> etcdLogGap = Optional.empty();
    private final List<LogLine> omMonitorLog = new ArrayList<>();
    private final List<LogLine> cmAgentLog = new ArrayList<>();
    private Reading<SystemLoad> load = known(load(10, 1));
    private final List<LogLine> omLog = new ArrayList<>();
    private Reading<Schedule> schedule =
            known(new Schedule(true, Optional.of("* * * * * om_monitor"), OptionalLong.of(1_000_000)));

    private Reading<FirewallRules> firewall =
            known(new FirewallRules(List.of(), List.of(), List.of(), List.of(), new PortRange(32_768, 60_999)));
    private Reading<NetworkInterfaces> interfaces;
    private Reading<PeerReach> peerReach;

    private VerdictFixtures(String id) {
        this.id = id;
        this.interfaces = known(
                new NetworkInterfaces(List.of(new NetworkInterfaces.Address(address(id), "eth1", true, LINE)), true));
        this.peerReach = known(new PeerReach(List.of()));
        Stream.of("n1", "n2", "n3").filter(peer -> !peer.equals(id)).forEach(peer -> reaches(peer, Contact.OPEN));
        this.status = known(status("StateFollower"));
        process("etcd", 'S', LONG_AGO);
        process("om_monitor", 'S', LONG_AGO);
        process("cm_agent", 'S', LONG_AGO);
        process("cron", 'S', LONG_AGO);
    }

    /** A node on which all is well. */
    static VerdictFixtures aNode(String id) {
        return new VerdictFixtures(id);
    }

    static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value, LINE);
    }

    static <T> Reading<T> unknown(Reading.Gap gap) {
        return new Reading.Unknown<>(new ProbeId("some-probe"), gap, "because");
    }

    VerdictFixtures process(String name, char state, Instant since) {
        processes.add(new ProcessFact(
                100 + processes.size(),
                1,
                name,
                state,
                name.equals("cron") ? 0 : DB_USER,
                Optional.of(HOME + "/bin/" + name),
                since,
                List.of(HOME + "/bin/" + name, "--data-dir", DATA),
                OptionalLong.of(1_000_000),
                LINE));
        return this;
    }

    VerdictFixtures without(String process) {
        processes.removeIf(p -> p.name().equals(process));
        return this;
    }

    VerdictFixtures etcdDown() {
        status = known(status("Down"));
        return without("etcd");
    }

    VerdictFixtures restartedAt(Instant when) {
        return without("etcd").process("etcd", 'S', when);
    }

    VerdictFixtures marker(String name, String content) {
        var all = new ArrayList<>(markers.known().orElseThrow().markers());
        all.add(new MarkerFiles.Marker(
                name, HOME + "/bin/" + name, "Ruby", 0600, content.length(), ALARM.minusSeconds(100), content, LINE));
        markers = known(markers(all));
        return this;
    }

    VerdictFixtures markersUnknown(Reading.Gap gap) {
        markers = unknown(gap);
        return this;
    }

    VerdictFixtures executableIs(ExecutableFact.State state, int mode, boolean executableByUs, boolean elf) {
        executable = known(executable(state, mode, executableByUs, elf));
        return this;
    }

    VerdictFixtures directoryIs(int mode, String owner, int percent, int inodePercent, String option, boolean ours) {
        dataDirectory = known(directory(mode, owner, percent, inodePercent, option, ours));
        return this;
    }

    VerdictFixtures dataDirectoryUnknown(Reading.Gap gap) {
        dataDirectory = unknown(gap);
        return this;
    }

    VerdictFixtures clusterStatusUnknown(Reading.Gap gap) {
        status = unknown(gap);
        return this;
    }

    VerdictFixtures clusterSays(String... states) {
        var whole = status("StateFollower");
        var members = new ArrayList<>(whole.etcd());
        for (int i = 0; i < states.length; i++) {
            members.set(i, member(i + 1, states[i]));
        }
        status = known(new ClusterStatus(members, whole.clusterState(), false, "", OptionalInt.of(0), false));
        return this;
    }

    VerdictFixtures kernelLogUnknown(Reading.Gap gap) {
        kernelLog = unknown(gap);
        return this;
    }

    VerdictFixtures kernelSays(String line, Instant at) {
        kernelLog = known(new SystemLog(List.of(new SystemLog.Line(Optional.of(at), line, LINE))));
        return this;
    }

    VerdictFixtures withoutStatus() {
        status = unknown(Reading.Gap.TIMED_OUT);
        return this;
    }

    VerdictFixtures bootedAt(Instant when) {
        bootedAt = when;
        return this;
    }

    VerdictFixtures noCrontabEntry() {
        schedule = known(new Schedule(true, Optional.empty(), OptionalLong.of(1_000_000)));
        return this;
    }

    VerdictFixtures firewallUnknown(Reading.Gap gap) {
        firewall = unknown(gap);
        return this;
    }

    /** etcd with its addresses on its command line: own 198.51.100.N, three members. */
    VerdictFixtures listens(int number, Instant since) {
        without("etcd");
        String own = "198.51.100." + number;
        processes.add(new ProcessFact(
                99,
                1,
                "etcd",
                'S',
                DB_USER,
                Optional.of(HOME + "/bin/etcd"),
                since,
                List.of(
                        HOME + "/bin/etcd",
                        "-listen-peer-urls",
                        "https://" + own + ":2380",
                        "-listen-client-urls",
                        "https://" + own + ":2379",
                        "-initial-cluster",
                        "a=https://198.51.100.1:2380,b=https://198.51.100.2:2380,c=https://198.51.100.3:2380"),
                OptionalLong.of(1_000_000),
                LINE));
        return this;
    }

    VerdictFixtures firewallIs(String iptablesSave) {
        List<RuleLine> lines =
                iptablesSave.lines().map(text -> new RuleLine(text, LINE)).toList();
        firewall = known(new FirewallRules(
                IptablesSyntax.read("iptables", "ip", lines),
                List.of(),
                List.of(),
                List.of(),
                new PortRange(32_768, 60_999)));
        return this;
    }

    VerdictFixtures etcdSays(String level, String message, Instant at) {
        etcdLog.add(line(LogLine.Dialect.CAPNSLOG, level, "", message, at, etcdLog.size() + 1));
        return this;
    }

    VerdictFixtures omMonitorSays(String message, Instant at) {
        omMonitorLog.add(line(LogLine.Dialect.CM, "log", "", message, at, omMonitorLog.size() + 1));
        return this;
    }

    VerdictFixtures cmAgentSays(String message, Instant at) {
        cmAgentLog.add(line(LogLine.Dialect.CM, "error", "ETCD_CHECK", message, at, cmAgentLog.size() + 1));
        return this;
    }

    /** Where a node's etcd listens: 198.51.100.1 for n1, and so on. */
    static String address(String id) {
        return "198.51.100." + id.substring(1);
    }

    /** How the attempts of this node to reach another one end, its ping and both its ports alike. */
    VerdictFixtures reaches(String peer, Contact contact) {
        return reaches(peer, contact == Contact.REFUSED ? Contact.OPEN : contact, contact);
    }

    VerdictFixtures reaches(String peer, Contact ping, Contact ports) {
        var peers = new ArrayList<>(peerReach.known().orElseThrow().peers());
        peers.removeIf(p -> p.at().address().equals(address(peer)));
        peers.add(new PeerReach.Peer(new EtcdAddresses(address(peer), 2379, 2380), ping, ports, ports, LINE));
        peerReach = known(new PeerReach(peers));
        return this;
    }

    VerdictFixtures reachUnknown(Reading.Gap gap) {
        peerReach = unknown(gap);
        return this;
    }

    VerdictFixtures withoutAddress() {
        interfaces = known(
                new NetworkInterfaces(List.of(new NetworkInterfaces.Address("127.0.0.1", "lo", true, LINE)), true));
        return this;
    }

    VerdictFixtures linkDown() {
        interfaces = known(
                new NetworkInterfaces(List.of(new NetworkInterfaces.Address(address(id), "eth1", false, LINE)), true));
        return this;
    }

    /** The cluster manager does not see the whole cluster well from here. */
    VerdictFixtures seesDown(int member) {
        status = known(new ClusterStatus(
                List.of(
                        member(1, member == 1 ? "Down" : "StateFollower"),
                        member(2, member == 2 ? "Down" : "StateLeader"),
                        member(3, member == 3 ? "Down" : "StateFollower")),
                Optional.of("Normal"),
                false,
                "",
                OptionalInt.of(0),
                false));
        return this;
    }

    VerdictFixtures busyNow(int percent, long running) {
        load = known(load(percent, running));
        return this;
    }

    private static SystemLoad load(int percent, long running) {
        return new SystemLoad(
                2,
                running,
                0,
                percent,
                0,
                0,
                8_000_000,
                4_000_000,
                List.of(new SystemLoad.Disk("vdb2", 3)),
                List.of(),
                List.of(new SystemLoad.Consumer(4800, "stress-ng", 180, 51_200)),
                List.of());
    }

    VerdictFixtures omSays(String message, Instant at) {
        omLog.add(line(LogLine.Dialect.OM, "error", "gs_om", message, at, omLog.size() + 1));
        return this;
    }

    VerdictFixtures etcdLogUnknown(Reading.Gap gap) {
        etcdLogGap = Optional.of(gap);
        return this;
    }

    VerdictFixtures notIn(Reach.Obstacle obstacle, Optional<Boolean> hostAnswers) {
        reach = new Reach.NotIn(ALARM, Duration.ofSeconds(5), obstacle, "detail", hostAnswers);
        return this;
    }

    private static LogLine line(
            LogLine.Dialect dialect, String level, String origin, String message, Instant at, int number) {
        return new LogLine(
                Optional.of(at),
                true,
                level,
                dialect,
                origin,
                message,
                Map.of(),
                at + " " + message,
                Source.line(new UUID(2, 2), number));
    }

    private static MarkerFiles markers(List<MarkerFiles.Marker> markers) {
        return new MarkerFiles(
                List.of(new MarkerFiles.Directory(HOME + "/bin", MarkerFiles.Directory.State.READABLE)), markers);
    }

    private static ExecutableFact executable(
            ExecutableFact.State state, int mode, boolean executableByUs, boolean elf) {
        Optional<FileFact> file = state == ExecutableFact.State.PRESENT
                ? Optional.of(new FileFact(mode, "Ruby", "Ruby", elf ? 21_000_000 : 0, LONG_AGO, "regular file"))
                : Optional.empty();
        return new ExecutableFact(HOME + "/bin/etcd", state, file, executableByUs, Optional.of(elf), "Ruby");
    }

    private static DataDirectory directory(
            int mode, String owner, int percent, int inodePercent, String option, boolean accessible) {
        var file = new FileFact(mode, owner, "Ruby", 60, LONG_AGO, "directory");
        var entries = List.of(
                new DataDirectory.Entry(DATA, Optional.of(file), "", accessible, accessible, accessible, LINE),
                new DataDirectory.Entry(
                        DATA + "/member",
                        Optional.of(new FileFact(0700, "Ruby", "Ruby", 60, LONG_AGO, "directory")),
                        "",
                        accessible,
                        accessible,
                        accessible,
                        LINE));
        return new DataDirectory(
                DATA,
                "Ruby",
                DataDirectory.State.DIRECTORY,
                entries,
                OptionalLong.of(100_000),
                Optional.of(
                        new DataDirectory.Use("/dev/vdb2", 300_000, 3_000L * percent, 3_000L * (100 - percent), LINE)),
                Optional.of(new DataDirectory.Use(
                        "/dev/vdb2", 1_000, 10L * inodePercent, 10L * (100 - inodePercent), LINE)),
                Optional.of(DATA),
                List.of(new DataDirectory.Mount("/dev/vdb2", DATA, "ext4", List.of(option, "relatime"), LINE)),
                List.of());
    }

    private static ClusterStatus status(String own) {
        return new ClusterStatus(
                List.of(member(1, own), member(2, "StateLeader"), member(3, "StateFollower")),
                Optional.of("Normal"),
                false,
                "",
                OptionalInt.of(0),
                false);
    }

    private static ClusterStatus.Member member(int number, String state) {
        return new ClusterStatus.Member(
                number, "node-" + number, "198.51.100." + number, 7000 + number, Optional.of(DATA), state, LINE);
    }

    Node node() {
        return new Node(
                new NodeId(id),
                null,
                "192.0.2.1",
                22,
                "ops",
                null,
                new OsUser("Ruby"),
                new Node.StatedEtcd(address(id), 2379, 2380),
                Node.StatedPaths.NOTHING);
    }

    NodeTestimony testifies() {
        return new NodeTestimony(node(), evidence());
    }

    private NodeEvidence evidence() {
        NodeId nodeId = new NodeId(id);
        if (reach instanceof Reach.NotIn) {
            Reading.Gap gap = Reading.Gap.NODE_NOT_REACHED;
            return new NodeEvidence(
                    nodeId,
                    reach,
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap),
                    unknown(gap));
        }
        return new NodeEvidence(
                nodeId,
                reach,
                known(new NodeIdentity(
                        "Ruby", DB_USER, ALARM, Duration.ZERO, ZoneOffset.UTC, bootedAt, "boot", "node", "Linux", 100)),
                known(new ProcessTable(DB_USER, processes)),
                known(new GaussEnvironment(List.of(new GaussEnvironment.Origin(
                        "process om_monitor", Map.of("GAUSSHOME", HOME, "GAUSSLOG", "/var/lib/log/Ruby"))))),
                markers,
                executable,
                status,
                dataDirectory,
                known(new DiskConsumers(
                        List.of(new DiskConsumers.BigFile(200_000_000, "root", DATA + "/core.1", LINE)), List.of())),
                etcdLogGap
                        .<Reading<Log>>map(VerdictFixtures::unknown)
                        .orElseGet(() -> known(new Log(Log.Program.ETCD, etcdLog, Optional.of(LONG_AGO), true))),
                known(new Log(Log.Program.OM_MONITOR, omMonitorLog, Optional.of(LONG_AGO), true)),
                known(new Log(Log.Program.CM_AGENT, cmAgentLog, Optional.of(LONG_AGO), true)),
                kernelLog,
                known(new SystemLog(List.of())),
                schedule,
                firewall,
                interfaces,
                peerReach,
                known(new Log(Log.Program.OM, omLog, Optional.of(LONG_AGO), true)),
                load);
    }
}
