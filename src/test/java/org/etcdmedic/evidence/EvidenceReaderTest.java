package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.ALARMED_AT;
import static org.etcdmedic.evidence.EvidenceFixtures.ASKED_AT;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.identityText;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;
import static org.etcdmedic.evidence.EvidenceFixtures.notIn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceFixtures.CaptureBuilder;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.evidence.Reading.Unknown;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceReaderTest {
    private static final Capture IDENTITY =
            aCapture("identity").text(identityText()).build();

    private static NodeEvidence read(Capture... captures) {
        return EvidenceReader.read(NODE, loggedIn(), List.of(captures), WINDOW);
    }

    private static Gap gap(Reading<?> reading) {
        return switch (reading) {
            case Unknown<?> unknown -> unknown.gap();
            case Reading.Known<?> known -> throw new AssertionError("known: " + known);
        };
    }

    private static List<Reading<?>> all(NodeEvidence evidence) {
        return List.of(
                evidence.identity(),
                evidence.processes(),
                evidence.environment(),
                evidence.markers(),
                evidence.executable(),
                evidence.clusterStatus(),
                evidence.dataDirectory(),
                evidence.diskConsumers(),
                evidence.etcdLog(),
                evidence.omMonitorLog(),
                evidence.cmAgentLog(),
                evidence.kernelLog(),
                evidence.systemLog(),
                evidence.schedule());
    }

    private static CaptureBuilder log(String file, String text) {
        return aCapture("log-window").argument("file", file).text(text + "end 0 0 timed eof whole\n");
    }

    @Test
    void knowsNothingOfWhatWasNotAsked() {
        assertThat(all(read())).extracting(EvidenceReaderTest::gap).containsOnly(Gap.NOT_ASKED);
    }

    @Test
    void saysWhyANodeThatWasNotReachedToldNothing() {
        NodeEvidence evidence = EvidenceReader.read(NODE, notIn(Reach.Obstacle.CONNECT_TIMED_OUT), List.of(), WINDOW);

        assertThat(all(evidence)).extracting(EvidenceReaderTest::gap).containsOnly(Gap.NODE_NOT_REACHED);
        assertThat(evidence.markers()).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.detail()).contains("CONNECT_TIMED_OUT");
            assertThat(unknown.probe().value()).isEqualTo("markers");
        });
    }

    @Test
    void readsEveryProbeOfANode() {
        NodeEvidence evidence = read(
                IDENTITY,
                aCapture("processes")
                        .text(JavadocSample.of(ProcessesParser.class))
                        .build(),
                aCapture("gauss-environment")
                        .text(JavadocSample.of(EnvironmentParser.class))
                        .build(),
                aCapture("markers").text(JavadocSample.of(MarkersParser.class)).build(),
                aCapture("executable")
                        .text(JavadocSample.of(ExecutableParser.class))
                        .build(),
                aCapture("cluster-status")
                        .text(ClusterStatusSamples.QUORUM_LOST)
                        .exit(255)
                        .build(),
                aCapture("data-directory")
                        .text(JavadocSample.of(DataDirectoryParser.class))
                        .build(),
                aCapture("disk-consumers")
                        .text(JavadocSample.of(DiskConsumersParser.class))
                        .build(),
                log("/log/cm/etcd/etcd-current.log", "2026-11-22 18:40:00.000000 I | a\n")
                        .build(),
                log("/log/cm/om_monitor/om_monitor-2026-11-22_000000-current.log", "b\n")
                        .build(),
                log("/log/cm/cm_agent/cm_agent-2026-11-22_000000-current.log", "c\n")
                        .build(),
                aCapture("kernel-log").text("end\n").build(),
                aCapture("system-log")
                        .text("file /var/log/messages\nstate read\n")
                        .build(),
                aCapture("scheduler")
                        .text(JavadocSample.of(ScheduleParser.class))
                        .build());

        assertThat(all(evidence))
                .allSatisfy(reading -> assertThat(reading.known()).isPresent());
        assertThat(evidence.clusterStatus().known().orElseThrow().noPrimaryServer())
                .isTrue();
        assertThat(evidence.markers())
                .isInstanceOfSatisfying(
                        Reading.Known.class,
                        known -> assertThat(known.source())
                                .isEqualTo(
                                        new Source(aCapture("markers").build().id(), 1, 11)));
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, TIMED_OUT",
        "DEADLINE, TIMED_OUT",
        "CONNECTION_LOST, CONNECTION_LOST",
        "CHANNEL_REFUSED, CONNECTION_LOST",
        "NOT_PERMITTED, NOT_PERMITTED",
        "PROGRAM_MISSING, MISSING"
    })
    void mapsEveryReasonForNoAnswer(Capture.Reason reason, Gap gap) {
        assertThat(gap(read(aCapture("markers").without(reason)).markers())).isEqualTo(gap);
    }

    @ParameterizedTest
    @EnumSource(Capture.Reason.class)
    void namesEveryReasonInTheTableAbove(Capture.Reason reason) {
        assertThat(read(aCapture("markers").without(reason)).markers()).isInstanceOf(Unknown.class);
    }

    @Test
    void quotesTheReasonRatherThanSudosWarningBeforeIt() {
        NodeEvidence evidence = read(log("/log/cm/etcd/etcd-current.log", "")
                .text("")
                .exit(1)
                .stderr(
                        "sudo: unable to resolve host n1: Name or service not known\nhead: cannot open 'x': Permission denied")
                .build());

        assertThat(evidence.etcdLog())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.detail()).isEqualTo("head: cannot open 'x': Permission denied"));
    }

    @Test
    void takesAnEmptyLogForOneAlsoWhereSudoWarned() {
        NodeEvidence evidence = read(log("/log/cm/etcd/etcd-current.log", "")
                .text("")
                .stderr("sudo: unable to resolve host n1: Name or service not known")
                .build());

        assertThat(evidence.etcdLog().known()).isPresent();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        aCapture("kernel-log")
                                .exit(3)
                                .stderr("dmesg: read kernel buffer failed: Operation not permitted"),
                        NodeEvidence::kernelLog,
                        Gap.NOT_PERMITTED),
                refusal(aCapture("kernel-log").exit(3), NodeEvidence::kernelLog, Gap.NOT_PERMITTED),
                refusal(aCapture("system-log").text("state denied\n"), NodeEvidence::systemLog, Gap.NOT_PERMITTED),
                refusal(aCapture("system-log").text("state absent\n"), NodeEvidence::systemLog, Gap.MISSING),
                refusal(
                        aCapture("system-log").text("file /var/log/messages\nstate unread\n"),
                        NodeEvidence::systemLog,
                        Gap.UNREADABLE),
                refusal(
                        aCapture("system-log").text("file /var/log/messages\n"),
                        NodeEvidence::systemLog,
                        Gap.UNREADABLE),
                refusal(
                        aCapture("markers").text("directory /h/bin\nstate unreadable\nend\n"),
                        NodeEvidence::markers,
                        Gap.NOT_PERMITTED),
                refusal(
                        aCapture("executable").text("path /h/bin/etcd\nstate unreadable\nuser x\n"),
                        NodeEvidence::executable,
                        Gap.NOT_PERMITTED),
                refusal(
                        aCapture("scheduler").text("exit 1\n").stderr("You (x) are not allowed to use this program"),
                        NodeEvidence::schedule,
                        Gap.NOT_PERMITTED),
                refusal(
                        aCapture("cluster-status")
                                .text("sh: 1: exec: cm_ctl: not found\n")
                                .exit(127),
                        NodeEvidence::clusterStatus,
                        Gap.MISSING),
                refusal(
                        aCapture("cluster-status")
                                .text("sh: cm_ctl: Permission denied\n")
                                .exit(2),
                        NodeEvidence::clusterStatus,
                        Gap.NOT_PERMITTED),
                refusal(
                        aCapture("cluster-status")
                                .text("current user is the root user (uid = 0), exit.\n")
                                .exit(1),
                        NodeEvidence::clusterStatus,
                        Gap.NOT_PERMITTED),
                refusal(
                        aCapture("cluster-status")
                                .text("Get GAUSSHOME failed.\n")
                                .exit(1),
                        NodeEvidence::clusterStatus,
                        Gap.MISSING),
                refusal(
                        log("/log/cm/etcd/etcd-current.log", "")
                                .text("")
                                .exit(1)
                                .stderr("head: cannot open 'x' for reading: Permission denied"),
                        NodeEvidence::etcdLog,
                        Gap.NOT_PERMITTED),
                refusal(
                        log("/log/cm/etcd/etcd-current.log", "")
                                .text("")
                                .exit(1)
                                .stderr("head: cannot open 'x' for reading: No such file or directory"),
                        NodeEvidence::etcdLog,
                        Gap.MISSING),
                refusal(
                        aCapture("log-directory")
                                .argument("directory", "/log/cm/cm_agent")
                                .text("directory /log/cm/cm_agent\nstate unreadable\nend\n"),
                        NodeEvidence::cmAgentLog,
                        Gap.NOT_PERMITTED),
                refusal(
                        aCapture("log-directory")
                                .argument("directory", "/log/cm/cm_agent")
                                .text("directory /log/cm/cm_agent\nstate absent\nend\n"),
                        NodeEvidence::cmAgentLog,
                        Gap.MISSING),
                refusal(
                        aCapture("log-directory")
                                .argument("directory", "/log/cm/cm_agent")
                                .text("directory /log/cm/cm_agent\nstate readable\nend\n"),
                        NodeEvidence::cmAgentLog,
                        Gap.MISSING),
                refusal(aCapture("data-directory").text("").exit(124), NodeEvidence::dataDirectory, Gap.TIMED_OUT),
                refusal(aCapture("data-directory").text("路径 /x\n"), NodeEvidence::dataDirectory, Gap.UNREADABLE),
                refusal(
                        aCapture("data-directory").text("pa").noExit(),
                        NodeEvidence::dataDirectory,
                        Gap.CONNECTION_LOST),
                refusal(
                        aCapture("processes").text("uid 1001\n").truncated(),
                        NodeEvidence::processes,
                        Gap.CONNECTION_LOST),
                refusal(
                        aCapture("processes").text("uid 1001\n").noExit(),
                        NodeEvidence::processes,
                        Gap.CONNECTION_LOST));
    }

    private static Arguments refusal(CaptureBuilder capture, Function<NodeEvidence, Reading<?>> reading, Gap gap) {
        return Arguments.of(capture.build(), reading, gap);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhyAnAnswerTellsNothing(Capture capture, Function<NodeEvidence, Reading<?>> reading, Gap gap) {
        assertThat(gap(reading.apply(read(IDENTITY, capture)))).isEqualTo(gap);
    }

    @Test
    void keepsWhatWasReadWhenALaterRoundFails() {
        Capture first = aCapture("markers")
                .text("directory /h/bin\nstate readable\nend\n")
                .build();
        Capture second = aCapture("markers").at(ASKED_AT.plusSeconds(5)).without(Capture.Reason.TIMED_OUT);

        assertThat(read(first, second).markers().known()).isPresent();
        assertThat(read(second, first).markers().known()).isPresent();
    }

    @Test
    void believesTheLatestUsableRound() {
        Capture first = aCapture("markers")
                .text("directory /a/bin\nstate absent\nend\n")
                .build();
        Capture second = aCapture("markers")
                .text("directory /b/bin\nstate readable\nend\n")
                .at(ASKED_AT.plusSeconds(5))
                .build();

        assertThat(read(second, first)
                        .markers()
                        .known()
                        .orElseThrow()
                        .directories()
                        .getFirst()
                        .path())
                .isEqualTo("/b/bin");
    }

    @Test
    void leavesOtherNodesAside() {
        Capture other = aCapture("identity")
                .of(new NodeId("other"))
                .text(identityText())
                .build();

        assertThat(gap(read(other).identity())).isEqualTo(Gap.NOT_ASKED);
    }

    @Test
    void knowsNoProcessesWithoutTheNodesIdentity() {
        Capture processes = aCapture("processes").text("uid 1001\n").build();

        assertThat(gap(read(processes, aCapture("identity").without(Capture.Reason.TIMED_OUT))
                        .processes()))
                .isEqualTo(Gap.TIMED_OUT);
    }

    @Test
    void keepsWhatCmCtlToldBeforeItHung() {
        Capture hung = aCapture("cluster-status")
                .text(ClusterStatusSamples.WIDE_HEADING)
                .without(Capture.Reason.TIMED_OUT);
        Capture silent =
                aCapture("cluster-status").text("[  CMServer State   ]\n").without(Capture.Reason.TIMED_OUT);

        ClusterStatus status = read(hung).clusterStatus().known().orElseThrow();
        assertThat(status.etcd()).hasSize(3);
        assertThat(status.exitStatus()).isEmpty();
        assertThat(gap(read(silent).clusterStatus())).isEqualTo(Gap.TIMED_OUT);
    }

    @Test
    void joinsTheFilesOfOneProgram() {
        Capture rotated = log("/log/cm/etcd/etcd-2026-11-22_183900.log.gz", "2026-11-22 18:20:00.000000 I | a\n")
                .build();
        Capture current = log("/log/cm/etcd/etcd-current.log", "2026-11-22 18:39:30.000000 I | b\n")
                .build();
        Capture other =
                log("/log/cm/cm_agent/cm_agent-2026-11-22_000000.log", "c\n").build();

        Log log = read(IDENTITY, current, rotated, other).etcdLog().known().orElseThrow();

        assertThat(log.lines()).extracting(LogLine::message).containsExactly("a", "b");
        assertThat(log.lines().getFirst().source().capture()).isEqualTo(rotated.id());
        assertThat(log.complete()).isTrue();
        assertThat(read(IDENTITY, current, rotated).etcdLog())
                .isInstanceOfSatisfying(
                        Reading.Known.class,
                        known -> assertThat(known.source()).isEqualTo(Source.line(current.id(), 1)));
    }

    @Test
    void isCompleteWhenTheDirectoryHoldsNothingOlder() {
        String current = "%d.0 33 etcd-current.log\n".formatted(ALARMED_AT.getEpochSecond());
        String rotated = "%d.0 33 etcd-2026-11-22_183000.log\n"
                .formatted(ALARMED_AT.minusSeconds(603).getEpochSecond());
        Capture tail = log("/log/cm/etcd/etcd-current.log", "2026-11-22 18:39:30.000000 I | b\n")
                .build();

        assertThat(etcdLogWith(tail, current).complete()).isTrue();
        assertThat(etcdLogWith(tail, current + rotated).complete()).isFalse();
        assertThat(read(IDENTITY, tail).etcdLog().known().orElseThrow().complete())
                .isFalse();
    }

    @Test
    void isNotCompleteWhenMoreFilesReachIntoTheWindowThanAreChosen() {
        var listing = new StringBuilder();
        var captures = new ArrayList<Capture>(List.of(IDENTITY));
        for (int i = 0; i < 9; i++) {
            String name = "etcd-2026-11-22_18390" + i + ".log";
            listing.insert(
                    0, "%d.0 33 %s\n".formatted(ALARMED_AT.minusSeconds(63 - i).getEpochSecond(), name));
            if (i > 0) {
                captures.add(log("/log/cm/etcd/" + name, "2026-11-22 18:39:0%d.000000 I | b\n".formatted(i))
                        .build());
            }
        }
        captures.add(aCapture("log-directory")
                .argument("directory", "/log/cm/etcd")
                .text("directory /log/cm/etcd\nstate readable\n" + listing + "end\n")
                .build());

        Log log = read(captures.toArray(Capture[]::new)).etcdLog().known().orElseThrow();
        assertThat(log.lines()).hasSize(8);
        assertThat(log.complete()).isFalse();
    }

    private static Log etcdLogWith(Capture tail, String files) {
        Capture directory = aCapture("log-directory")
                .argument("directory", "/log/cm/etcd")
                .text("directory /log/cm/etcd\nstate readable\n" + files + "end\n")
                .build();
        return read(IDENTITY, tail, directory).etcdLog().known().orElseThrow();
    }

    @Test
    void givesALogInPartWhenOneFileCannotBeRead() {
        Capture current = log("/log/cm/etcd/etcd-current.log", "2026-11-22 18:00:00.000000 I | b\n")
                .build();
        Capture failed = log("/log/cm/etcd/etcd-2026-11-22_183000.log", "").without(Capture.Reason.TIMED_OUT);

        Log log = read(IDENTITY, current, failed).etcdLog().known().orElseThrow();

        assertThat(log.lines()).hasSize(1);
        assertThat(log.complete()).isFalse();
    }

    @Test
    void knowsAnEmptyLog() {
        Reading<Log> log =
                read(IDENTITY, log("/log/cm/etcd/etcd-current.log", "").build()).etcdLog();

        assertThat(log.known().orElseThrow().lines()).isEmpty();
    }

    @Test
    void findsTheDirectoryToChooseFrom() {
        Capture directory = aCapture("log-directory")
                .argument("directory", "/log/cm/etcd/")
                .text(JavadocSample.of(LogDirectoryParser.class))
                .build();

        assertThat(EvidenceReader.logDirectory(NODE, loggedIn(), List.of(directory), Log.Program.ETCD)
                        .known())
                .isPresent();
        assertThat(gap(EvidenceReader.logDirectory(NODE, loggedIn(), List.of(directory), Log.Program.CM_AGENT)))
                .isEqualTo(Gap.NOT_ASKED);
    }

    @Test
    void keepsSecretsOutOfWhatItSaysOfAFailure() {
        Capture failed = aCapture("executable")
                .exit(1)
                .stderr("warning: token=abc is deprecated\nmore")
                .build();

        assertThat(read(failed).executable())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.detail()).isEqualTo("warning: token=[redacted] is deprecated"));
    }
}
