package org.etcdmedic.knowledge.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Phrase;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.SignatureMatch;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.TextTemplate;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedKnowledgeTest {
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final SignatureEngine ENGINE = new SignatureEngine(KNOWLEDGE.signatures());

    /** Commands that can lose data or stop healthy members must never be proposed as a line to copy. */
    private static final List<String> DANGEROUS = List.of(
            "cm_ctl start",
            "cm_ctl stop",
            "cm_ctl switchover",
            "cm_ctl build",
            "killall",
            "kill -9",
            "iptables -F",
            "rm -r",
            "minority",
            "/member ",
            "defrag",
            "compact",
            "mkfs",
            "fsck");

    /** What differs from one look to the next is no name of a thing: the same fault would not be known again by it. */
    @Test
    void knowsAFaultAgainByNamesOnly() {
        assertThat(KNOWLEDGE.findings().stream().flatMap(kind -> kind.subject().stream()))
                .hasSizeGreaterThan(20)
                .allSatisfy(subject -> assertThat(subject.names())
                        .isSubsetOf(
                                "mountPoint",
                                "path",
                                "file",
                                "direction",
                                "peerNames",
                                "port",
                                "address",
                                "interface",
                                "name"));
    }

    /** The lenient reading of the tests leaves this out, the start of the service does not. */
    @Test
    void namesOnlyProbesOfTheCatalogueAndRowsThatTheyAnswer() {
        assertThat(YamlKnowledge.shipped(YamlProbes.shipped()).version()).isEqualTo(KNOWLEDGE.version());
    }

    @Test
    void tellsEveryPhraseInBothLanguagesWithTheSameVariables() {
        assertThat(KNOWLEDGE.phrases()).hasSizeGreaterThan(20).allSatisfy(phrase -> {
            assertDiffers(phrase.text());
            assertThat(TextTemplate.variables(phrase.text().en()))
                    .as(phrase.id())
                    .isEqualTo(TextTemplate.variables(phrase.text().zhCn()))
                    .isEqualTo(Set.copyOf(phrase.variables()));
        });
    }

    @Test
    void tellsEveryCauseInBothLanguages() {
        assertThat(KNOWLEDGE.causes()).hasSizeGreaterThanOrEqualTo(25).allSatisfy(cause -> {
            assertDiffers(cause.title());
            assertDiffers(cause.summary());
            assertThat(cause.remediation()).isNotEmpty();
        });
    }

    @Test
    void tellsEverythingElseInBothLanguages() {
        assertThat(KNOWLEDGE.findings())
                .extracting(FindingKind::statement)
                .allSatisfy(ShippedKnowledgeTest::assertDiffers);
        assertThat(KNOWLEDGE.signatures())
                .extracting(Signature::statement)
                .allSatisfy(ShippedKnowledgeTest::assertDiffers);
        assertThat(KNOWLEDGE.remediation()).allSatisfy(step -> {
            assertDiffers(step.action());
            assertDiffers(step.verify());
        });
    }

    private static void assertDiffers(Text text) {
        assertThat(text.en()).isNotBlank().isNotEqualTo(text.zhCn()).matches("\\p{ASCII}+");
        assertThat(text.zhCn()).isNotBlank();
    }

    @Test
    void usesTheSameVariablesInBothLanguages() {
        Stream.concat(
                        KNOWLEDGE.findings().stream().map(FindingKind::statement),
                        KNOWLEDGE.signatures().stream().map(Signature::statement))
                .forEach(text -> assertThat(TextTemplate.variables(text.zhCn()))
                        .as(text.en())
                        .isEqualTo(TextTemplate.variables(text.en())));
    }

    @Test
    void hasWordsForEveryRow() {
        Set<String> named = KNOWLEDGE.phrases().stream().map(Phrase::id).collect(Collectors.toSet());

        assertThat(Stream.of(
                                KNOWLEDGE.findings().stream().map(FindingKind::check),
                                KNOWLEDGE.signatures().stream().map(Signature::check),
                                KNOWLEDGE.causes().stream().flatMap(cause -> cause.needs().stream()))
                        .flatMap(rows -> rows))
                .allSatisfy(row -> assertThat(named).contains("row-" + row.toLowerCase(Locale.ROOT)));
    }

    @Test
    void usesEveryVariableOfAFinding() {
        assertThat(KNOWLEDGE.findings())
                .allSatisfy(finding -> assertThat(
                                TextTemplate.variables(finding.statement().en()))
                        .as(finding.id())
                        .containsAll(finding.variables()));
    }

    @Test
    void usesEveryRemediation() {
        Set<String> used = KNOWLEDGE.causes().stream()
                .flatMap(cause -> cause.remediation().stream())
                .collect(Collectors.toSet());
        assertThat(KNOWLEDGE.remediation())
                .extracting(Remediation::id)
                .allSatisfy(id -> assertThat(used).contains(id));
    }

    /** Of the two that speak when nothing else does. */
    private static final Set<String> WITHOUT_A_WITNESS = Set.of("NO_FAULT_FOUND", "UNDETERMINED");

    @Test
    void hasSomethingThatSpeaksForEveryCause() {
        Set<CauseCode> supported = Stream.concat(
                        KNOWLEDGE.signatures().stream().map(Signature::supports),
                        KNOWLEDGE.findings().stream().map(FindingKind::supports))
                .flatMap(supports -> supports.keySet().stream())
                .collect(Collectors.toSet());

        assertThat(KNOWLEDGE.causes())
                .extracting(Cause::code)
                .filteredOn(code -> !WITHOUT_A_WITNESS.contains(code.value()) && !supported.contains(code))
                .as("causes that no signature and no finding supports")
                .isEmpty();
    }

    /** Kinds whose names an examination puts together. */
    private static final Pattern PUT_TOGETHER = Pattern.compile(
            "metric-(?:cpu-full|memory-short|disk-slow)-.*|.*-pressure|.*-pressure-lately|firewalld-.*|firewall-drops-etcd-unfelt");

    @Test
    void observesEveryFindingSomewhere() throws IOException {
        String program;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            program = sources.filter(path -> path.toString().endsWith(".java"))
                    .map(ShippedKnowledgeTest::textOf)
                    .collect(Collectors.joining());
        }

        assertThat(KNOWLEDGE.findings())
                .extracting(FindingKind::id)
                .filteredOn(id -> !PUT_TOGETHER.matcher(id).matches() && !program.contains('"' + id + '"'))
                .as("findings that nothing in the program observes")
                .isEmpty();
    }

    private static String textOf(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void showsOfEverySignatureALineThatOnlyLooksLikeIt() {
        assertThat(KNOWLEDGE.signatures())
                .filteredOn(signature -> signature.noMatch().isEmpty())
                .extracting(Signature::id)
                .as("signatures without an example under noMatch")
                .isEmpty();
    }

    @Test
    void proposesNoDangerousCommand() {
        assertThat(KNOWLEDGE.remediation())
                .allSatisfy(step -> step.command()
                        .ifPresent(command -> assertThat(command).as(step.id()).doesNotContain(DANGEROUS)));
    }

    @Test
    void asksNobodyToChangeAnythingInAReadOnlyStep() {
        assertThat(KNOWLEDGE.remediation())
                .filteredOn(step -> step.risk() == Remediation.Risk.READ_ONLY)
                .allSatisfy(step -> step.command()
                        .ifPresent(command -> assertThat(command)
                                .as(step.id())
                                .doesNotContainPattern("\\b(?:rm|chmod|chown|kill|mount|systemctl|mv|cp)\\b|>[^&]")));
    }

    @Test
    void letsNoCauseBeConfirmedByASymptomThatNamesNone() {
        assertThat(KNOWLEDGE.signatures())
                .filteredOn(s -> s.kind() == Signature.Kind.ROUTINE || s.kind() == Signature.Kind.READY)
                .allSatisfy(s -> assertThat(s.supports()).as(s.id()).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> givesEveryExampleItsOwnSignatureAmongAllOthers() {
        return KNOWLEDGE.signatures().stream()
                .flatMap(signature -> signature.match().stream()
                        .map(text -> DynamicTest.dynamicTest(
                                signature.id() + ": " + text,
                                () -> assertThat(ids(
                                                signature.programs().iterator().next(), text))
                                        .contains(signature.id()))));
    }

    @TestFactory
    Stream<DynamicTest> tellsOneOuterSignatureOfEveryExample() {
        Function<String, Stream<DynamicTest>> unique = text -> Stream.of(DynamicTest.dynamicTest(text, () -> {
            List<String> outer = ids(Log.Program.ETCD, text).stream()
                    .filter(id -> !isTail(id))
                    .toList();
            assertThat(outer)
                    .as("the special one has to say under narrows which general ones it leaves out")
                    .hasSizeLessThanOrEqualTo(1);
        }));
        return KNOWLEDGE.signatures().stream()
                .filter(signature -> signature.programs().contains(Log.Program.ETCD))
                .flatMap(signature -> signature.match().stream())
                .distinct()
                .flatMap(unique);
    }

    private static boolean isTail(String id) {
        return id.startsWith("timeout-")
                || id.startsWith("err-")
                || id.startsWith("x509-")
                || Set.of("quota-exceeded", "too-many-requests", "tls-refused-by-peer", "fd-exhausted", "removed-self")
                        .contains(id);
    }

    private static List<String> ids(Log.Program program, String text) {
        return ENGINE.match(program, LogLine.of(text)).stream()
                .map(match -> match.signature().id())
                .toList();
    }

    static Stream<Map.Entry<String, String>> runbookLines() {
        var lines = new LinkedHashMap<String, String>();
        lines.put(
                "grpc: Server.processUnaryRPC failed to write status: connection error: desc = \"transport is closing\"",
                "grpc-transport-closing");
        lines.put(
                "2021-04-09 10:57:40.112936 W | rafthttp: lost the TCP streaming connection with peer c797ab3a61e2ea55 (stream MsgApp v2 reader)",
                "stream-lost-reader");
        lines.put(
                "2021-04-09 10:57:40.112936 W | etcdserver: failed to reach the peerURL(https:// X.X.X.X:X) of member c797ab3a61e2ea55 (Get \"https://X.X.X.X:X/version\": dial tcp X.X.X.X:X: i/o timeout)",
                "peerurl-unreachable");
        lines.put(
                "2021-04-09 10:57:40.112936 W | rafthttp: health check for peer c797ab3a61e2ea55 could not connect: dial tcp X.X.X.X:X: i/o timeout (prober \"ROUND_TRIPPER_RAFT_MESSAGE\")",
                "prober-unhealthy");
        lines.put(
                "2021-04-09 10:57:40.112936 W | wal: sync duration of 2.00201804s, expected less than 1s",
                "wal-slow-fsync");
        lines.put(
                "2021-04-09 10:57:40.112993 W | etcdserver: failed to send out heartbeat on time (exceeded the 1s timeout for 2.124414ms, to c8eccd97bed22939)",
                "heartbeat-late");
        lines.put("2021-04-09 10:57:40.112999 W | etcdserver: server is likely overloaded", "overloaded-hint");
        lines.put(
                "2021-04-09 10:57:43.126444 W | etcdserver: read-only range request \"key:\\\"/Ruby/ignoreNodeNumKey\\\" \" with result \"error:context canceled\" took too long (1.999877971s) to execute",
                "range-slow-error");
        return lines.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("runbookLines")
    void knowsTheRunbooksOwnLines(Map.Entry<String, String> line) {
        assertThat(ids(Log.Program.ETCD, line.getKey())).containsExactly(line.getValue());
    }

    @Test
    void knowsTheRunbooksDiskLine() {
        String text =
                "2021-04-09 11:06:24.047 tid=15822 LOG: device vdb1, tot_ticks 889640579, cputime 1798651342, io util 100";
        List<SignatureMatch> matches = ENGINE.match(Log.Program.CM_AGENT, LogLine.of(text));
        assertThat(matches)
                .singleElement()
                .satisfies(match -> assertThat(match.variables())
                        .containsEntry("device", "vdb1")
                        .containsEntry("percent", "100"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cannot access data directory: directory \"/data/etcd\",\"drwxr-xr-x\" exist without desired file permission \"-rwx------\". | datadir-mode-fatal",
                "create snapshot directory error: mkdir /data/etcd/member/snap: no space left on device | datadir-access-no-space",
                "listen tcp 10.0.0.1:2380: bind: address already in use | bind-addr-in-use",
                "failed to raft save state and entries write /d/1.wal: input/output error | wal-write-io-error",
                "open wal error: wal: file not found | wal-open-lost",
                "alarm NOSPACE raised by peer 8816eaa680e63c73 | alarm-nospace",
                "failed to purge snap db file open /d: too many open files | purge-no-descriptors"
            })
    void namesTheSpecialCaseAndNotTheGeneralOne(String message, String id) {
        assertThat(ids(Log.Program.ETCD, "2021-04-09 10:57:40.112936 C | etcdserver: " + message))
                .containsExactly(id);
    }

    @Test
    void tellsTheLineFirstAndTheErrorItQuotesSecond() {
        assertThat(
                        ids(
                                Log.Program.ETCD,
                                "2021-04-09 10:57:40.112936 E | etcdserver: publish error: etcdserver: request timed out, possibly due to connection lost"))
                .containsExactly("publish-failed", "timeout-connection-lost");
        assertThat(
                        ids(
                                Log.Program.ETCD,
                                "{\"level\":\"warn\",\"ts\":\"2023-12-10T20:06:58.479+0800\",\"caller\":\"embed/config_logging.go:160\",\"msg\":\"rejected connection on peer endpoint\",\"error\":\"tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2023-12-10T12:06:58Z is after 2023-12-01T00:00:00Z\"}"))
                .containsExactly("tls-rejected", "x509-expired");
    }

    @Test
    void readsALogOfOneProgramOnlyWithTheSignaturesOfThatProgram() {
        String text =
                "2024-09-26 17:59:33.855 tid=15822 ETCD_CHECK FATAL: get ddb instance state failed, error is etcdserver: request timed out";
        assertThat(ids(Log.Program.CM_AGENT, text)).containsExactly("cma-probe-failed");
        assertThat(ids(Log.Program.OM_MONITOR, text)).isEmpty();
    }

    @Test
    void readsAWindowOfTwoMebibytesInLinearTime() {
        List<LogLine> lines = mixedLines(2 * 1024 * 1024);
        List<List<SignatureMatch>> first = matchAll(lines);
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            assertThat(matchAll(lines)).hasSameSizeAs(lines);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(first.stream().filter(matches -> !matches.isEmpty()).count()).isGreaterThan(lines.size() / 2);
        // Catches quadratic time on any machine; how fast it is, a benchmark tells.
        assertThat(best).isLessThan(Duration.ofSeconds(20));
    }

    private static List<List<SignatureMatch>> matchAll(List<LogLine> lines) {
        return lines.stream().map(line -> ENGINE.match(Log.Program.ETCD, line)).toList();
    }

    private static List<LogLine> mixedLines(int characters) {
        List<LogLine> known = KNOWLEDGE.signatures().stream()
                .flatMap(signature -> signature.match().stream())
                .map(LogLine::of)
                .toList();
        var lines = new ArrayList<LogLine>();
        for (int length = 0, i = 0; length < characters; i++) {
            LogLine line = known.get(i % known.size());
            length += line.text().length() + 1;
            lines.add(line);
        }
        return lines;
    }

    /** Lines built to make each expression try again and again: its own example repeated, and cut before its end. */
    @TestFactory
    Stream<DynamicTest> staysQuickOnHostileLines() {
        return KNOWLEDGE.signatures().stream()
                .map(signature -> DynamicTest.dynamicTest(signature.id(), () -> {
                    for (String text : signature.match()) {
                        LogLine line = LogLine.of(text);
                        String cut = line.message()
                                .substring(0, Math.max(1, line.message().length() * 2 / 3));
                        for (String part : List.of(line.message(), cut, cut.replaceAll("[0-9a-f]+", "a"))) {
                            assertQuick(hostile(line, part.repeat(1 + 65_536 / part.length())));
                        }
                        for (Map.Entry<String, String> field : line.fields().entrySet()) {
                            String value = field.getValue()
                                    .repeat(1
                                            + 16_384
                                                    / Math.max(
                                                            1, field.getValue().length()));
                            var fields = new LinkedHashMap<>(line.fields());
                            fields.put(field.getKey(), value);
                            assertQuick(hostile(line, line.message(), fields));
                        }
                    }
                }));
    }

    private static void assertQuick(LogLine line) {
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 3 && best.compareTo(Duration.ofMillis(100)) > 0; i++) {
            long start = System.nanoTime();
            for (Log.Program program : Log.Program.values()) {
                var _ = ENGINE.match(program, line);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(best)
                .as(line.message().substring(0, 40 > line.message().length() ? 0 : 40))
                .isLessThan(Duration.ofSeconds(10));
    }

    private static LogLine hostile(LogLine line, String message) {
        return hostile(line, message, line.fields());
    }

    private static LogLine hostile(LogLine line, String message, Map<String, String> fields) {
        return new LogLine(
                line.at(),
                line.ownTime(),
                line.level(),
                line.dialect(),
                line.origin(),
                message,
                fields,
                "",
                line.source());
    }

    @Test
    void explainsOnlyWithCausesThatComeEarlierInTheOrderOfRepair() {
        assertThat(KNOWLEDGE.causes())
                .allSatisfy(cause -> assertThat(cause.explains())
                        .allSatisfy(effect -> assertThat(KNOWLEDGE.cause(effect).rank())
                                .as(cause.code() + " explains " + effect)
                                .isGreaterThan(cause.rank())));
    }

    @Test
    void keepsAFullDiskConfirmedAndAServingEtcdUnblamed() {
        assertThat(KNOWLEDGE.finding("data-disk-full").supports().get(new CauseCode("ETCD_DISK_FULL")))
                .isCloseTo(0.95, within(0.001));
        assertThat(KNOWLEDGE.finding("etcd-running").refutes()).containsExactly(new CauseCode("ETCD_PROCESS_DOWN"));
    }

    @Test
    void givesEachCauseItsOwnRank() {
        assertThat(KNOWLEDGE.causes())
                .extracting(Cause::rank)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void namesItsVersionByTwelveHexDigits() {
        assertThat(KNOWLEDGE.version()).matches(Pattern.compile("[0-9a-f]{12}"));
        assertThat(YamlKnowledge.shipped().version()).isEqualTo(KNOWLEDGE.version());
    }
}
