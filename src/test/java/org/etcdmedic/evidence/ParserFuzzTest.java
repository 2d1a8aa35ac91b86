package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No text whatever makes a parser throw: damaged samples, the same ones in each run. */
class ParserFuzzTest {
    private static final int INPUTS = 2_000;
    private static final String ODD = "\0\r\n\t :=[](){}\"'|/\\@-+.%9807\u2400\uFFFD\uD83D😀权ÿ\u0001";

    private static final String ENVELOPES = """
            2026-11-22T10:40:03.123456789Z stderr F panic: page 7 already freed
            {"log":"panic: page 7 already freed\\n","stream":"stderr","time":"2026-11-22T10:40:03.123456789Z"}
            {"MESSAGE":"panic: page 7 already freed","__REALTIME_TIMESTAMP":"1795342803000000","_COMM":"etcd"}
            {"caller":"wal/wal.go:805","message":"slow fdatasync","severity":"warn","timestamp":"2026-11-22T10:40:03Z"}
            etcd_1  | panic: page 7 already freed
            [pod/etcd-node-1/etcd] panic: page 7 already freed
            > > 17: etcd-2 etcd \u001b[31mpanic: page 7 already freed\u001b[0m
            {"level":"warn","ts":"2026-11-22T10:40:03Z","msg":"slow fdatasync","took":"1.0
            """;

    static Stream<Arguments> parsers() {
        return Stream.of(
                parser("identity", sample(IdentityParser.class), IdentityParser::parse),
                parser("processes", sample(ProcessesParser.class), a -> ProcessesParser.parse(a, anIdentity())),
                parser("gauss-environment", sample(EnvironmentParser.class), EnvironmentParser::parse),
                parser("markers", sample(MarkersParser.class), MarkersParser::parse),
                parser("executable", sample(ExecutableParser.class), ExecutableParser::parse),
                parser(
                        "cluster-status",
                        clusterStatus(),
                        a -> ClusterStatusParser.parse(Lines.of(a), OptionalInt.of(0))),
                parser("data-directory", sample(DataDirectoryParser.class), DataDirectoryParser::parse),
                parser("disk-consumers", sample(DiskConsumersParser.class), DiskConsumersParser::parse),
                parser("log-directory", sample(LogDirectoryParser.class), LogDirectoryParser::parse),
                parser("scheduler", sample(ScheduleParser.class), ScheduleParser::parse),
                parser("firewall", sample(FirewallParser.class), FirewallParser::parse),
                parser("addresses", sample(InterfacesParser.class), InterfacesParser::parse),
                parser("reach-peers", sample(PeerReachParser.class), PeerReachParser::parse),
                parser("certificates", sample(CertificatesParser.class), CertificatesParser::parse),
                parser("time-service", sample(TimeKeeperParser.class), TimeKeeperParser::parse),
                parser("resolve-names", sample(NameLookupsParser.class), NameLookupsParser::parse),
                parser(
                        "reboot-records",
                        sample(RebootRecordsParser.class),
                        a -> RebootRecordsParser.parse(a, Optional.of(anIdentity()))),
                parser(
                        "system-log",
                        "file /var/log/messages\n" + GuestTraceTest.SAMPLE,
                        a -> SystemLogParser.system(a, Optional.of(anIdentity())).stream()
                                .map(log -> List.of(GuestTrace.in(log.lines()), BootLine.in(log.lines())))
                                .toList()),
                parser("load", sample(LoadParser.class), LoadParser::parse),
                parser("data-device", sample(DataDeviceParser.class), DataDeviceParser::parse),
                parser("etcd-limits", sample(EtcdLimitsParser.class), EtcdLimitsParser::parse),
                parser(
                        "kernel-log",
                        MemoryKillTest.SAMPLE,
                        a -> SystemLogParser.kernel(a, Optional.of(anIdentity())).stream()
                                .flatMap(log -> MemoryKill.in(log.lines()).stream())
                                .toList()),
                parser("etcd-health", sample(EtcdHealthParser.class), EtcdHealthParser::parse),
                parser("metric", sample(MatrixParser.class), a -> MatrixParser.parse(a, java.time.Duration.ZERO)),
                parser(
                        "compute-actions",
                        sample(MachineReader.class),
                        a -> OutsideReader.read(EvidenceFixtures.NODE, List.of(a))),
                parser(
                        "compute-server",
                        "{\"server\": {\"status\": \"ACTIVE\", \"fault\": {\"message\": \"x\"}}}",
                        a -> OutsideReader.read(EvidenceFixtures.NODE, List.of(a))),
                parser(
                        "kernel-log",
                        sample(SystemLogParser.class),
                        a -> SystemLogParser.kernel(a, Optional.of(anIdentity()))),
                parser(
                        "system-log",
                        JavadocSample.all(SystemLogParser.class).getLast(),
                        a -> SystemLogParser.system(a, Optional.of(anIdentity()))),
                parser(
                        "log-envelopes",
                        ENVELOPES
                                + sample(SyslogHead.class)
                                + sample(ConsoleDialect.class)
                                + sample(LogfmtDialect.class),
                        a -> LogParser.parse(a, NodeClock.of(Optional.of(anIdentity())))),
                parser(
                        "log-window",
                        sample(LogParser.class) + sample(CapnslogDialect.class) + sample(CmDialect.class),
                        a -> LogParser.parse(a, NodeClock.of(Optional.of(anIdentity())))));
    }

    @Test
    void triesTheParserOfEveryProbe() {
        Set<String> tried = parsers().map(parser -> (String) parser.get()[0]).collect(Collectors.toSet());

        assertThat(YamlProbes.shipped().all())
                .extracting(probe -> probe.id().value())
                .filteredOn(probe -> !tried.contains(probe))
                .as("probes whose parser is not in the table above")
                .isEmpty();
    }

    /** Which log files there are is read while the probes are planned; all else is evidence of the node. */
    @Test
    void readsTheAnswerToEveryProbeAsEvidenceOfTheNode() {
        Capture identity =
                aCapture("identity").text(EvidenceFixtures.identityText()).build();

        assertThat(YamlProbes.shipped().all())
                .extracting(probe -> probe.id().value())
                .filteredOn(probe -> !Set.of("identity", "log-directory").contains(probe))
                .filteredOn(probe -> evidence(List.of(
                                identity,
                                aCapture(probe)
                                        .argument("file", "/var/log/cluster/cm/etcd/etcd-current.log")
                                        .text("end\n")
                                        .build()))
                        .equals(evidence(List.of(identity))))
                .as("probes whose answers EvidenceReader does not read")
                .isEmpty();
    }

    private static NodeEvidence evidence(List<Capture> captures) {
        return EvidenceReader.read(EvidenceFixtures.NODE, EvidenceFixtures.loggedIn(), captures, WINDOW);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parsers")
    void neverThrows(String probe, String sample, Function<Capture.Answer, Object> parser) {
        var random = new Random(probe.hashCode());
        for (int i = 0; i < INPUTS; i++) {
            String text = damaged(sample, random);
            var capture = aCapture(probe).text(text).build();
            assertThat(parser.apply(capture)).as("input %d", i).isNotNull();
            assertThat(EvidenceReader.read(
                            EvidenceFixtures.NODE, EvidenceFixtures.loggedIn(), List.of(capture), WINDOW))
                    .isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parsers")
    void readsALongLineAndManyLinesInAMoment(String probe, String sample, Function<Capture.Answer, Object> parser) {
        List<String> huge = List.of(
                sample + "x".repeat(1_000_000),
                sample + " |".repeat(500_000),
                sample + "[".repeat(1_000_000),
                sample + "{\"level\":".repeat(110_000) + "\"msg\"",
                sample + "stat ( ) : ".repeat(90_000),
                sample + "\n".repeat(1_000_000),
                sample.repeat(1_000_000 / sample.length()));
        for (String text : huge) {
            long begin = System.nanoTime();
            assertThat(parser.apply(aCapture(probe).text(text).build())).isNotNull();
            assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(30_000);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parsers")
    void cleaningTwiceIsCleaningOnceAndKeepsTheLines(
            String probe, String sample, Function<Capture.Answer, Object> ignored) {
        var random = new Random(probe.length());
        String secrets = sample + """
                password="a b" --token c Authorization: Basic YQ== https://u:p@h {"secret":"x"}
                -----BEGIN PRIVATE KEY-----
                MIIEvQIBADANBgkqhkiG9w0B
                -----END PRIVATE KEY-----
                """;
        for (int i = 0; i < INPUTS; i++) {
            String text = damaged(secrets, random);
            String once = Redactor.clean(text);
            assertThat(Redactor.clean(once)).isEqualTo(once);
            assertThat(once.chars().filter(c -> c == '\n').count())
                    .isEqualTo(text.chars().filter(c -> c == '\n').count());
        }
    }

    private static Arguments parser(String probe, String sample, Function<Capture.Answer, Object> parser) {
        return Arguments.of(probe, sample, parser);
    }

    private static String sample(Class<?> parser) {
        return JavadocSample.of(parser);
    }

    private static String clusterStatus() {
        return ClusterStatusSamples.POLLUTED + ClusterStatusSamples.DISTRIBUTED + ClusterStatusSamples.VERTICAL;
    }

    /** The sample with one to eight damages: cut, swapped, doubled, overwritten. */
    private static String damaged(String sample, Random random) {
        var text = new StringBuilder(sample);
        for (int damages = 1 + random.nextInt(8); damages > 0 && !text.isEmpty(); damages--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(40));
            switch (random.nextInt(8)) {
                case 0 -> text.setLength(at);
                case 1 -> text.delete(0, at);
                case 2 -> text.delete(at, to);
                case 3 -> text.insert(at, text.substring(at, to));
                case 4 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 5 -> text.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
                case 6 -> text.insert(at, "9".repeat(random.nextInt(30)));
                default -> {
                    var lines = new ArrayList<>(text.toString().lines().toList());
                    Collections.shuffle(lines, random);
                    text = new StringBuilder(String.join(random.nextBoolean() ? "\n" : "\r\n", lines));
                }
            }
        }
        return text.toString();
    }
}
