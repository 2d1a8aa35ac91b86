package org.etcdmedic.evidence;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.etcdmedic.evidence.Log.Program;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.evidence.Reading.Known;
import org.etcdmedic.evidence.Reading.Unknown;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.SudoWords;

/** Turns what a node said into what is known about it. Never throws for anything that a node says. */
public final class EvidenceReader {
    private static final ProbeId CLUSTER_STATUS = new ProbeId("cluster-status");
    private static final int DMESG_REFUSED = 3;

    private final NodeCaptures captures;
    private final Reading<NodeIdentity> identity;
    private final LogReader logs;

    /** What the times in the node's logs are read by: its identity, else the zone that is stated for it. */
    private final Optional<NodeIdentity> logClock;

    private EvidenceReader(
            NodeId node, Reach reach, List<Capture> captures, EvidenceWindow window, Optional<ZoneOffset> zone) {
        this.captures = new NodeCaptures(node, reach, captures);
        this.identity = read("identity", IdentityParser::parse);
        this.logClock = identity.known().or(() -> zone.map(NodeIdentity::ofZone));
        this.logs = new LogReader(this.captures, logClock, window);
    }

    /**
     * Everything that the captures tell of the node, those of other nodes left aside. It may be called again with more
     * captures: of a probe that was asked several times the latest usable answer counts.
     */
    public static NodeEvidence read(NodeId node, Reach reach, List<Capture> captures, EvidenceWindow window) {
        return new EvidenceReader(node, reach, captures, window, Optional.empty()).evidence(node, reach);
    }

    /**
     * The same for what was collected by hand.
     *
     * @param zone the offset from UTC that the node's logs were written in, where its own identity was not collected; its
     *     clock is taken to be right
     */
    public static NodeEvidence read(
            NodeId node, Reach reach, List<Capture> captures, EvidenceWindow window, ZoneOffset zone) {
        return new EvidenceReader(node, reach, captures, window, Optional.of(zone)).evidence(node, reach);
    }

    /** The files of a program's log directory on a node, from which {@link LogChoice} takes those to read. */
    public static Reading<LogDirectory> logDirectory(
            NodeId node, Reach reach, List<Capture> captures, Program program) {
        return LogReader.directory(new NodeCaptures(node, reach, captures), program);
    }

    private NodeEvidence evidence(NodeId node, Reach reach) {
        return new NodeEvidence(
                node,
                reach,
                identity,
                processes(),
                read("gauss-environment", EnvironmentParser::parse),
                captures.read(new ProbeId("markers"), EvidenceReader::markers),
                captures.read(new ProbeId("executable"), EvidenceReader::executable),
                clusterStatus(),
                read("data-directory", DataDirectoryParser::parse),
                read("disk-consumers", DiskConsumersParser::parse),
                logs.read(Program.ETCD),
                logs.read(Program.OM_MONITOR),
                logs.read(Program.CM_AGENT),
                captures.read(new ProbeId("kernel-log"), this::kernelLog),
                captures.read(new ProbeId("system-log"), this::systemLog),
                read("scheduler", ScheduleParser::parse),
                captures.read(new ProbeId("firewall"), EvidenceReader::firewall),
                read("addresses", InterfacesParser::parse),
                read("reach-peers", PeerReachParser::parse),
                logs.read(Program.OM),
                read("load", LoadParser::parse),
                read("data-device", DataDeviceParser::parse),
                read("etcd-limits", EtcdLimitsParser::parse),
                read("etcd-health", EtcdHealthParser::parse),
                read("certificates", CertificatesParser::parse),
                read("time-service", TimeKeeperParser::parse),
                read("resolve-names", NameLookupsParser::parse),
                captures.read(new ProbeId("reboot-records"), this::rebootRecords));
    }

    private <T> Reading<T> read(String probe, Function<Capture.Answer, Optional<T>> parser) {
        return captures.read(new ProbeId(probe), answer -> NodeCaptures.reading(answer, parser.apply(answer)));
    }

    private Reading<ProcessTable> processes() {
        ProbeId probe = new ProbeId("processes");
        return switch (identity) {
            case Known<NodeIdentity>(NodeIdentity who, Source ignored) ->
                captures.read(probe, answer -> processes(answer, who));
            // Without the time of boot no start time can be told.
            case Unknown<NodeIdentity>(ProbeId ignored, Gap gap, String detail) -> new Unknown<>(probe, gap, detail);
        };
    }

    private static Reading<ProcessTable> processes(Capture.Answer answer, NodeIdentity who) {
        if (answer.truncated() || answer.exitStatus().isEmpty()) {
            // A process that is not in a list that was cut short may run nevertheless.
            return NodeCaptures.unknown(answer, Gap.CONNECTION_LOST, "the list of processes was cut short");
        }
        return NodeCaptures.reading(answer, ProcessesParser.parse(answer, who));
    }

    private static Reading<MarkerFiles> markers(Capture.Answer answer) {
        Optional<MarkerFiles> markers = MarkersParser.parse(answer);
        boolean barred = markers.filter(found -> !found.looked()
                        && found.directories().stream()
                                .anyMatch(d -> d.state() == MarkerFiles.Directory.State.UNREADABLE))
                .isPresent();
        if (barred) {
            return NodeCaptures.unknown(answer, Gap.NOT_PERMITTED, "no marker directory could be looked at");
        }
        return NodeCaptures.reading(answer, markers);
    }

    private static Reading<ExecutableFact> executable(Capture.Answer answer) {
        Optional<ExecutableFact> executable = ExecutableParser.parse(answer);
        return executable
                .filter(fact -> fact.state() == ExecutableFact.State.UNREADABLE)
                .<Reading<ExecutableFact>>map(barred -> NodeCaptures.unknown(
                        answer, Gap.NOT_PERMITTED, barred.observer() + " may not look at " + barred.path()))
                .orElseGet(() -> NodeCaptures.reading(answer, executable));
    }

    private Reading<ClusterStatus> clusterStatus() {
        Reading<ClusterStatus> answered = captures.read(CLUSTER_STATUS, EvidenceReader::clusterStatus);
        return answered instanceof Known<ClusterStatus> ? answered : cutShort(answered);
    }

    private static Reading<ClusterStatus> clusterStatus(Capture.Answer answer) {
        OptionalInt exit = answer.exitStatus().map(OptionalInt::of).orElse(OptionalInt.empty());
        if (exit.orElse(0) == 126 || exit.orElse(0) == 127) {
            return NodeCaptures.unknown(answer, Gap.MISSING, answer.text());
        }
        Optional<ClusterStatus> status = ClusterStatusParser.parse(Lines.of(answer), exit);
        String error = status.map(ClusterStatus::error).orElse("");
        // These two accuse the account or the environment that we asked with, not the cluster manager.
        if (error.contains("root user")) {
            return NodeCaptures.unknown(answer, Gap.NOT_PERMITTED, error);
        }
        if (error.contains("Get GAUSSHOME failed") || error.contains("cm_getenv: ")) {
            return NodeCaptures.unknown(answer, Gap.MISSING, error);
        }
        return NodeCaptures.reading(answer, status);
    }

    /** cm_ctl hangs where etcd's nodes do, and the members it has told of by then are worth as much. */
    private Reading<ClusterStatus> cutShort(Reading<ClusterStatus> otherwise) {
        for (Capture capture : captures.of(CLUSTER_STATUS).reversed()) {
            if (capture instanceof Capture.NoAnswer none && !none.text().isBlank()) {
                Lines lines = Lines.of(none.id(), none.text());
                Optional<ClusterStatus> status = ClusterStatusParser.parse(lines, OptionalInt.empty())
                        .filter(partial -> !partial.etcd().isEmpty());
                if (status.isPresent()) {
                    return new Known<>(status.get(), lines.all());
                }
            }
        }
        return otherwise;
    }

    private static Reading<FirewallRules> firewall(Capture.Answer answer) {
        Optional<FirewallRules> rules = FirewallParser.parse(answer);
        if (rules.isEmpty() && answer.text().contains("must be root")) {
            return NodeCaptures.unknown(answer, Gap.NOT_PERMITTED, "only root may list the firewall rules");
        }
        // Half a list of rules tells nothing: the rule that matters may stand in the other half.
        boolean whole = Lines.of(answer).list().contains("end");
        return whole
                ? NodeCaptures.reading(answer, rules)
                : NodeCaptures.unknown(answer, Gap.UNREADABLE, "the list of rules was cut short");
    }

    private Reading<SystemLog> kernelLog(Capture.Answer answer) {
        if (answer.exitStatus().orElse(0) == DMESG_REFUSED) {
            return NodeCaptures.unknown(answer, Gap.NOT_PERMITTED, SudoWords.withoutWarnings(answer.errorText()));
        }
        return NodeCaptures.reading(answer, SystemLogParser.kernel(answer, identity.known()));
    }

    private Reading<SystemLog> systemLog(Capture.Answer answer) {
        Optional<SystemLog> log = SystemLogParser.system(answer, logClock);
        String last = Lines.of(answer).list().stream()
                .reduce((first, second) -> second)
                .orElse("")
                .strip();
        boolean nothing = log.filter(found -> !found.lines().isEmpty()).isEmpty();
        if (nothing && last.equals("state denied")) {
            return NodeCaptures.unknown(answer, Gap.NOT_PERMITTED, SudoWords.withoutWarnings(answer.errorText()));
        }
        if (log.isEmpty() && last.equals("state absent")) {
            return NodeCaptures.unknown(answer, Gap.MISSING, "the node keeps no system log in a file");
        }
        if (nothing && log.isPresent() && !last.equals("state read")) {
            // A file of that time is packed in a way that the node cannot be asked to unpack, or reading took too long.
            return NodeCaptures.unknown(answer, Gap.UNREADABLE, "the system log was not read to its end");
        }
        return NodeCaptures.reading(answer, log);
    }

    private Reading<RebootRecords> rebootRecords(Capture.Answer answer) {
        return Lines.of(answer).list().contains("state absent")
                ? NodeCaptures.unknown(answer, Gap.MISSING, "the node has no program that reads its login records")
                : NodeCaptures.reading(answer, RebootRecordsParser.parse(answer, identity.known()));
    }
}
