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
import org.etcdmedic.evidence.Certificates;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.DataDevice;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.DiskConsumers;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.EtcdLimits;
import org.etcdmedic.evidence.ExecutableFact;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.evidence.FirewallRules;
import org.etcdmedic.evidence.GaussEnvironment;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.MachineRecord;
import org.etcdmedic.evidence.MarkerFiles;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.NameLookups;
import org.etcdmedic.evidence.NetworkInterfaces;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.OutsideEvidence;
import org.etcdmedic.evidence.PathQuality;
import org.etcdmedic.evidence.PeerReach;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.ProcessTable;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.RebootRecords;
import org.etcdmedic.evidence.Schedule;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.evidence.SystemLog;
import org.etcdmedic.evidence.TimeKeeper;
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
    private OptionalLong databaseBytes = OptionalLong.of(20_000_000);
    private Reading<DataDirectory> dataDirectory = known(directory(0700, "Ruby", 40, 10, "rw", true));
    private Reading<SystemLog> kernelLog = known(new SystemLog(List.of()));
    private Reading<ClusterStatus> status;
    private final List<LogLine> etcdLog = new ArrayList<>();
    private Optional<Reading.Gap> etcdLogGap = Optional.empty();
    private final List<LogLine> omMonitorLog = new ArrayList<>();
    private final List<LogLine> cmAgentLog = new ArrayList<>();
    private Reading<SystemLoad> load = known(load(10, 1));
    private Reading<DataDevice> dataDevice = unknown(Reading.Gap.NOT_ASKED);
    private Reading<EtcdLimits> etcdLimits = known(new EtcdLimits(ALARM.plusSeconds(20), List.of()));
    private Reading<SystemLog> systemLog = known(new SystemLog(List.of()));
    private Duration ahead = Duration.ZERO;
    private Reading<TimeKeeper> timeKeeper = known(new TimeKeeper(List.of("chronyd"), Optional.of(true)));
    private Reading<NameLookups> names = unknown(Reading.Gap.NOT_ASKED);
    private Reading<Certificates> certificates = unknown(Reading.Gap.NOT_ASKED);
    private Reading<RebootRecords> rebootRecords = unknown(Reading.Gap.MISSING);
    private final List<LogLine> omLog = new ArrayList<>();
    private Reading<Schedule> schedule = known(new Schedule(true, Optional.of("* * * * * om_monitor")));

    private Reading<FirewallRules> firewall =
            known(new FirewallRules(List.of(), List.of(), List.of(), List.of(), new PortRange(32_768, 60_999)));
    private final List<OutsideEvidence.MetricReading> metrics = new ArrayList<>();
    private MachineRecord machine = MachineRecord.NOT_ASKED;
    private Reading<NetworkInterfaces> interfaces;
    private Reading<PeerReach> peerReach;
    private boolean clientsApart;
    private Optional<Reading<EtcdHealth>> etcdHealth = Optional.empty();

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
        status = known(new ClusterStatus(members, whole.clusterState(), false, "", OptionalInt.of(0)));
        return this;
    }

    VerdictFixtures kernelLogUnknown(Reading.Gap gap) {
        kernelLog = unknown(gap);
        return this;
    }

    /** Neither the kernel's log nor the system log was read to its end; what was read of them is silent. */
    VerdictFixtures logsCutShort() {
        kernelLog = known(new SystemLog(List.of(), false));
        systemLog = known(new SystemLog(List.of(), false));
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
        schedule = known(new Schedule(true, Optional.empty()));
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
                        "-initial-advertise-peer-urls",
                        "https://" + own + ":2380",
                        "--trusted-ca-file",
                        HOME + "/share/sslcert/etcd/etcdca.crt",
                        "--cert-file",
                        DATA + "/etcd.crt",
                        "--key-file",
                        DATA + "/etcd.key",
                        "-initial-cluster",
                        "a=https://198.51.100.1:2380,b=https://198.51.100.2:2380,c=https://198.51.100.3:2380"),
                LINE));
        return this;
    }

    /** The same, and clients come to 203.0.113.N. */
    VerdictFixtures listensApart(int number, Instant since) {
        clientsApart = true;
        listens(number, since);
        ProcessFact etcd = processes.removeLast();
        processes.add(new ProcessFact(
                etcd.pid(),
                etcd.parent(),
                etcd.name(),
                etcd.state(),
                etcd.userId(),
                etcd.executable(),
                etcd.startedAt(),
                etcd.arguments().stream()
                        .map(word -> word.endsWith(":2379") ? "https://203.0.113." + number + ":2379" : word)
                        .toList(),
                etcd.source()));
        return this;
    }

    /** How well the way to another node is. */
    VerdictFixtures way(String peer, PathQuality quality) {
        var peers = new ArrayList<>(peerReach.known().orElseThrow().peers());
        peers.replaceAll(p -> p.at().address().equals(address(peer))
                ? new PeerReach.Peer(p.at(), p.ping(), p.clientPort(), p.peerPort(), quality, LINE)
                : p);
        peerReach = known(new PeerReach(peers));
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

    /** etcd's own word on this node: how each of the three members answers a read asked from here. */
    VerdictFixtures etcdTells(EtcdHealth.Word first, EtcdHealth.Word second, EtcdHealth.Word third) {
        var words = List.of(first, second, third);
        var answers = new ArrayList<EtcdHealth.Answer>();
        var statuses = new ArrayList<EtcdHealth.Status>();
        var members = new ArrayList<EtcdHealth.Member>();
        for (int i = 1; i <= 3; i++) {
            EtcdHealth.Word word = words.get(i - 1);
            answers.add(new EtcdHealth.Answer(
                    client("n" + i),
                    word,
                    word == EtcdHealth.Word.HEALTHY ? "" : "context deadline exceeded",
                    Optional.of(Duration.ofMillis(3)),
                    LINE));
            members.add(new EtcdHealth.Member(
                    "a" + i,
                    "etcd_700" + i,
                    List.of("http://198.51.100." + i + ":2380"),
                    List.of("http://" + (clientsApart ? "203.0.113." : "198.51.100.") + i + ":2379"),
                    false,
                    LINE));
            if (word == EtcdHealth.Word.HEALTHY || word == EtcdHealth.Word.UNHEALTHY) {
                statuses.add(status("n" + i, "c1", word == EtcdHealth.Word.HEALTHY ? "a2" : "0", 1_000, 20_480));
            }
        }
        etcdHealth = Optional.of(known(new EtcdHealth(client(id), answers, statuses, members, List.of())));
        return this;
    }

    /** Its own etcd tells something else of itself than a healthy member would. */
    VerdictFixtures etcdIs(String cluster, long index, long size) {
        EtcdHealth told = etcdHealth.orElseThrow().known().orElseThrow();
        var statuses = new ArrayList<>(told.statuses());
        statuses.removeIf(status -> status.endpoint().equals(client(id)));
        statuses.add(status(id, cluster, "a2", index, size));
        etcdHealth =
                Optional.of(known(new EtcdHealth(told.own(), told.answers(), statuses, told.members(), told.alarms())));
        return this;
    }

    /** An alarm stands that a member raised. */
    VerdictFixtures etcdRaised(String kind, String member) {
        EtcdHealth told = etcdHealth.orElseThrow().known().orElseThrow();
        etcdHealth = Optional.of(known(new EtcdHealth(
                told.own(),
                told.answers(),
                told.statuses(),
                told.members(),
                List.of(new EtcdHealth.Raised(member, kind, LINE)))));
        return this;
    }

    VerdictFixtures etcdHealthUnknown(Reading.Gap gap) {
        etcdHealth = Optional.of(unknown(gap));
        return this;
    }

    private static String client(String id) {
        return "http://" + address(id) + ":2379";
    }

    private static EtcdHealth.Status status(String id, String cluster, String leader, long index, long size) {
        return new EtcdHealth.Status(
                client(id),
                cluster,
                "a" + id.substring(1),
                leader,
                new EtcdHealth.Raft(7, index, index),
                "3.4.23",
                OptionalLong.of(size),
                OptionalLong.of(size),
                false,
                List.of(),
                LINE);
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
                OptionalInt.of(0)));
        return this;
    }

    VerdictFixtures busyNow(int percent, long running) {
        load = known(load(percent, running));
        return this;
    }

    VerdictFixtures loadIs(SystemLoad now) {
        load = known(now);
        return this;
    }

    VerdictFixtures onDevices(DataDevice.Block... blocks) {
        dataDevice = known(
                new DataDevice(List.of(new DataDevice.Place(DATA, Optional.of(blocks[0].number()), List.of(blocks)))));
        return this;
    }

    /** The control groups of the node's etcd, looked at when the load was. */
    VerdictFixtures limitedBy(EtcdLimits.Group... groups) {
        long pid = processes.stream()
                .filter(p -> p.name().equals("etcd"))
                .findFirst()
                .orElseThrow()
                .pid();
        etcdLimits = known(
                new EtcdLimits(load.known().orElseThrow().at(), List.of(new EtcdLimits.Member(pid, List.of(groups)))));
        return this;
    }

    /** Login records, oldest first: {@code boot} or {@code shutdown} and when. */
    VerdictFixtures records(Object... kindsAndTimes) {
        var entries = new ArrayList<RebootRecords.Entry>();
        for (int i = 0; i < kindsAndTimes.length; i += 2) {
            boolean boot = kindsAndTimes[i].equals("boot");
            entries.add(new RebootRecords.Entry(
                    boot ? RebootRecords.Kind.BOOT : RebootRecords.Kind.SHUTDOWN,
                    (Instant) kindsAndTimes[i + 1],
                    boot ? "reboot   system boot" : "shutdown system down",
                    LINE));
        }
        rebootRecords = known(new RebootRecords(entries));
        return this;
    }

    /** Boots in the journal, oldest first: a digit that its id is made of, its first line and its last. */
    VerdictFixtures journalHolds(Object... digitsAndTimes) {
        var boots = new ArrayList<RebootRecords.Boot>();
        for (int i = 0; i < digitsAndTimes.length; i += 3) {
            boots.add(new RebootRecords.Boot(
                    String.valueOf(digitsAndTimes[i]).repeat(32),
                    (Instant) digitsAndTimes[i + 1],
                    (Instant) digitsAndTimes[i + 2],
                    LINE));
        }
        rebootRecords = known(new RebootRecords(
                rebootRecords.known().map(RebootRecords::entries).orElse(List.of()), boots));
        return this;
    }

    /** One more line of the system log. */
    VerdictFixtures systemLogAdds(String line, Instant at) {
        var lines = new ArrayList<>(systemLog.known().orElseThrow().lines());
        lines.add(new SystemLog.Line(Optional.of(at), line, LINE));
        systemLog = known(new SystemLog(lines));
        return this;
    }

    /** cm_agent writes each second from four minutes before the alarm until the alarm, but for a silence. */
    VerdictFixtures writesButFrom(Instant from, Instant to) {
        for (Instant at = ALARM.minusSeconds(240); at.isBefore(ALARM); at = at.plusSeconds(1)) {
            if (!at.isAfter(from) || !at.isBefore(to)) {
                cmAgentSays("routine", at);
            }
        }
        return this;
    }

    VerdictFixtures systemLogSays(String line, Instant at) {
        systemLog = known(new SystemLog(List.of(new SystemLog.Line(Optional.of(at), line, LINE))));
        return this;
    }

    VerdictFixtures kernelSays(List<String> lines, Instant at) {
        var told = new ArrayList<SystemLog.Line>();
        for (String line : lines) {
            told.add(new SystemLog.Line(Optional.of(at), line, Source.line(new UUID(3, 3), told.size() + 1)));
        }
        kernelLog = known(new SystemLog(told));
        return this;
    }

    static SystemLoad load(int percent, long running) {
        return new SystemLoad(
                ALARM.plusSeconds(20),
                new SystemLoad.Processors(2, running, 0, percent, 0, 0, 0, 120),
                new SystemLoad.Memory(8_000_000, 4_000_000, 0, 0),
                List.of(new SystemLoad.Disk("vdb2", "254:18", 3, 5, 40, 1, 1)),
                List.of(),
                List.of(new SystemLoad.Consumer(
                        4800, "stress-ng", "backup", 180, 51_200, 0, OptionalLong.of(85_504), "")),
                true);
    }

    /** etcd with TLS on its command line, as listens() makes it, and these files. */
    VerdictFixtures certificatesAre(Certificates.File... files) {
        certificates = known(new Certificates("Ruby", true, List.of(files)));
        return this;
    }

    VerdictFixtures certificatesUnknown(Reading.Gap gap) {
        certificates = unknown(gap);
        return this;
    }

    /** etcd's own certificate, for this address. */
    static Certificates.File serverCertificate(
            Instant notBefore, Instant notAfter, String address, Certificates.Trust trust) {
        return new Certificates.File(
                Certificates.Role.SERVER,
                DATA + "/etcd.crt",
                Optional.of(new FileFact(0600, "Ruby", "Ruby", 1200, LONG_AGO, "regular file")),
                "",
                true,
                Optional.of(new Certificates.Certificate(
                        notBefore,
                        notAfter,
                        "CN = etcd_7001",
                        "CN = CA",
                        List.of("IP Address:" + address),
                        trust,
                        trust.name())),
                LINE);
    }

    static Certificates.File serverKey(int mode, boolean readable) {
        return new Certificates.File(
                Certificates.Role.SERVER_KEY,
                DATA + "/etcd.key",
                Optional.of(new FileFact(mode, readable ? "Ruby" : "root", "Ruby", 1200, LONG_AGO, "regular file")),
                "",
                readable,
                Optional.empty(),
                LINE);
    }

    VerdictFixtures databaseIs(long bytes) {
        databaseBytes = OptionalLong.of(bytes);
        dataDirectory = known(directory(0700, "Ruby", 40, 10, "rw", true));
        return this;
    }

    /** etcd's directory without its log of writes, on the disk that /etc/fstab assigns or on another one. */
    VerdictFixtures memberDataGone(boolean mounted) {
        DataDirectory whole = dataDirectory.known().orElseThrow();
        var entries = new ArrayList<>(whole.entries());
        entries.add(new DataDirectory.Entry(
                DATA + "/member/wal", Optional.empty(), "No such file or directory", false, false, false, LINE));
        var disk = new DataDirectory.Mount("/dev/vdb2", DATA, "ext4", List.of("rw"), LINE);
        dataDirectory = known(new DataDirectory(
                DATA,
                "Ruby",
                DataDirectory.State.DIRECTORY,
                entries,
                OptionalLong.empty(),
                OptionalLong.of(0),
                whole.blocks(),
                whole.inodes(),
                Optional.of(mounted ? DATA : "/"),
                List.of(mounted ? disk : new DataDirectory.Mount("/dev/vda1", "/", "ext4", List.of("rw"), LINE)),
                List.of(disk)));
        return this;
    }

    VerdictFixtures clockAhead(Duration by) {
        ahead = by;
        return this;
    }

    VerdictFixtures withoutTimeService() {
        timeKeeper = known(new TimeKeeper(List.of(), Optional.empty()));
        return this;
    }

    /** etcd whose URLs hold these host names, and how looking each of them up ends. */
    VerdictFixtures usesNames(NameLookups.Result... results) {
        var lookups = new ArrayList<NameLookups.Lookup>();
        for (int i = 0; i < results.length; i++) {
            lookups.add(new NameLookups.Lookup("etcd-" + (i + 1) + ".example", results[i], List.of(), LINE));
        }
        names = known(new NameLookups(lookups));
        return listensAt("etcd-" + id.substring(1) + ".example");
    }

    private VerdictFixtures listensAt(String host) {
        without("etcd");
        processes.add(new ProcessFact(
                99,
                1,
                "etcd",
                'S',
                DB_USER,
                Optional.of(HOME + "/bin/etcd"),
                LONG_AGO,
                List.of(
                        HOME + "/bin/etcd",
                        "-listen-peer-urls",
                        "http://" + address(id) + ":2380",
                        "-initial-advertise-peer-urls",
                        "http://" + host + ":2380",
                        "-initial-cluster",
                        "a=http://etcd-1.example:2380,b=http://etcd-2.example:2380,c=http://etcd-3.example:2380"),
                LINE));
        return this;
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

    private DataDirectory directory(
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
                databaseBytes,
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
                OptionalInt.of(0));
    }

    private static ClusterStatus.Member member(int number, String state) {
        return new ClusterStatus.Member("node-" + number, "198.51.100." + number, Optional.of(DATA), state, LINE);
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
        return new NodeTestimony(node(), evidence(), new OutsideEvidence(metrics, machine));
    }

    /** A metric with values each 15 s: so it was for half an hour before the window, so until then, so from then on. */
    VerdictFixtures measured(String metric, String device, double usual, double then, Instant from) {
        var points = new ArrayList<Metric.Point>();
        for (Instant at = ALARM.minusSeconds(2_400); !at.isAfter(ALARM.plusSeconds(120)); at = at.plusSeconds(15)) {
            points.add(new Metric.Point(at, at.isBefore(from) ? usual : then));
        }
        return measured(metric, List.of(new Metric.Series(Map.of("device", device), points)));
    }

    VerdictFixtures measured(String metric, List<Metric.Series> series) {
        return metric(metric, known(new Metric(metric, Duration.ofSeconds(75), series, List.of())));
    }

    VerdictFixtures metric(String metric, Reading<Metric> reading) {
        metrics.removeIf(m -> m.id().equals(metric));
        metrics.add(new OutsideEvidence.MetricReading(metric, true, reading));
        return this;
    }

    /** Monitoring that shows a machine on which all is well. */
    VerdictFixtures monitored() {
        return measured("disk-write-latency", "vdb2", 0.002, 0.002, ALARM)
                .measured("disk-utilisation", "vdb2", 0.1, 0.1, ALARM)
                .measured("cpu-busy", "", 0.2, 0.2, ALARM)
                .measured("cpu-steal", "", 0, 0, ALARM)
                .measured("memory-available", "", 0.6, 0.6, ALARM);
    }

    VerdictFixtures machine(MachineRecord record) {
        machine = record;
        return this;
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
                        "Ruby",
                        DB_USER,
                        ALARM.plus(ahead),
                        ahead,
                        ZoneOffset.UTC,
                        bootedAt,
                        "boot",
                        "node",
                        "Linux",
                        100,
                        Duration.ofMillis(30))),
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
                systemLog,
                schedule,
                firewall,
                interfaces,
                peerReach,
                known(new Log(Log.Program.OM, omLog, Optional.of(LONG_AGO), true)),
                load,
                dataDevice,
                etcdLimits,
                etcdHealth.orElseGet(this::ownWord),
                certificates,
                timeKeeper,
                names,
                rebootRecords);
    }

    /** Unless a test says something else: an etcd that runs answers and hears all, one that does not is not asked. */
    private Reading<EtcdHealth> ownWord() {
        boolean runs = processes.stream().anyMatch(p -> p.name().equals("etcd") && p.state() == 'S');
        return runs
                ? etcdTells(word("n1"), word("n2"), word("n3")).etcdHealth.orElseThrow()
                : unknown(Reading.Gap.NOT_ASKED);
    }

    private EtcdHealth.Word word(String member) {
        Contact port = peerReach.known().stream()
                .flatMap(reach -> reach.peers().stream())
                .filter(peer -> peer.at().address().equals(address(member)))
                .map(PeerReach.Peer::clientPort)
                .findFirst()
                .orElse(Contact.OPEN);
        return switch (port) {
            case OPEN, NOT_TRIED -> EtcdHealth.Word.HEALTHY;
            case REFUSED -> EtcdHealth.Word.REFUSED;
            case TIMED_OUT, NO_ROUTE, UNREACHABLE -> EtcdHealth.Word.SILENT;
        };
    }
}
