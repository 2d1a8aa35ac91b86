package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogParserTest {
    private static final NodeClock EAST = new NodeClock(Optional.of(ZoneOffset.ofHours(8)), Duration.ZERO);

    private static List<LogLine> parse(String text) {
        return parse(text, EAST);
    }

    private static List<LogLine> parse(String text, NodeClock clock) {
        return LogParser.parse(aCapture("log-window").text(text).build(), clock);
    }

    private static LogLine only(String line) {
        List<LogLine> lines = parse(line);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    @Test
    void readsEveryDialectOfTheSample() {
        List<LogLine> lines = parse(JavadocSample.of(LogParser.class));

        assertThat(lines)
                .extracting(LogLine::dialect)
                .containsExactly(
                        Dialect.RAW,
                        Dialect.CAPNSLOG,
                        Dialect.RAFT,
                        Dialect.GRPC,
                        Dialect.ZAP,
                        Dialect.CM,
                        Dialect.RAW);
        assertThat(lines)
                .extracting(line -> line.at().orElseThrow())
                .containsExactly(
                        Instant.parse("2021-04-09T02:57:00Z"),
                        Instant.parse("2021-04-09T02:57:40.112936Z"),
                        Instant.parse("2021-04-09T02:57:41Z"),
                        Instant.parse("2021-04-09T02:57:42Z"),
                        Instant.parse("2021-04-09T02:57:43.479041Z"),
                        Instant.parse("2021-04-09T02:57:44.047Z"),
                        Instant.parse("2021-04-09T02:57:44.047Z"));
        assertThat(lines).extracting(LogLine::ownTime).containsExactly(true, true, true, true, true, true, false);
        assertThat(lines).extracting(line -> line.source().firstLine()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(classes = {CapnslogDialect.class, GoLoggerDialect.class, CmDialect.class})
    void readsEveryLineOfADialectsOwnSample(Class<?> dialect) {
        List<LogLine> lines = parse(JavadocSample.of(dialect));

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.ownTime()).isTrue();
            assertThat(line.dialect()).isNotEqualTo(Dialect.RAW);
            assertThat(line.level()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    2021-04-09 10:57:40.112936 W | wal: sync duration of 2s ~ warn ~ wal ~ sync duration of 2s
                    2021-04-09 10:57:40.112936 [wal.go:600] C | etcdserver/membership: a: b ~ fatal ~ etcdserver/membership ~ a: b
                    2021-04-09 10:57:40.112936 N | received terminated signal ~ notice ~ '' ~ received terminated signal
                    Apr 09 10:57:40 node etcd[12]: 2021-04-09 10:57:40.112936 I | embed: x ~ info ~ embed ~ x
                    2021-04-09T02:57:40.1Z stderr F 2021-04-09 10:57:40.112936 E | x | y ~ error ~ '' ~ x | y
                    2021-04-09 10:57:40.112936 D | pkg/fileutil: ~ debug ~ '' ~ pkg/fileutil:
                    2021-04-09 10:57:40.112936 I | etcdserver: published {Name:etcd_7001 ClientURLs:[u]} ~ info ~ etcdserver ~ published {Name:etcd_7001 ClientURLs:[u]}
                    """)
    void readsCapnslog(String line, String level, String origin, String message) {
        LogLine read = only(line);

        assertThat(read.dialect()).isEqualTo(Dialect.CAPNSLOG);
        assertThat(read.level()).isEqualTo(level);
        assertThat(read.origin()).isEqualTo(origin);
        assertThat(read.message()).isEqualTo(message);
        assertThat(read.text()).isEqualTo(line);
        assertThat(read.at()).contains(Instant.parse("2021-04-09T02:57:40.112936Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    raft2021/03/03 16:27:26 INFO: 4e became candidate at term 3 ~ RAFT ~ info ~ 4e became candidate at term 3
                    WARNING: 2021/03/03 16:27:26 grpc: transport is closing ~ GRPC ~ warn ~ grpc: transport is closing
                    2021/03/03 16:27:26 ERROR: [core] [Server #2] grpc: x ~ GRPC ~ error ~ [core] [Server #2] grpc: x
                    2021/03/03 16:27:26 WARNING: [core]grpc: x ~ GRPC ~ warn ~ [core]grpc: x
                    2021/03/03 16:27:26 http: TLS handshake error ~ GRPC ~ '' ~ http: TLS handshake error
                    """)
    void readsTheLinesOfGosOwnLogger(String line, Dialect dialect, String level, String message) {
        LogLine read = only(line);

        assertThat(read.dialect()).isEqualTo(dialect);
        assertThat(read.level()).isEqualTo(level);
        assertThat(read.message()).isEqualTo(message);
        assertThat(read.at()).contains(Instant.parse("2021-03-03T08:27:26Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    2024-09-26 17:59:33.855 tid=1008512 MaxClusterAb LOG: text ~ info ~ MaxClusterAb ~ text
                    2024-09-26 17:59:33.855 tid=15822  FATAL: get ddb instance state failed, error is x ~ fatal ~ '' ~ get ddb instance state failed, error is x
                    2024-09-26 17:59:33.855 CST tid=15822 ETCD_CHECK WARNING: [M] c0001 a LOG: b ~ warn ~ ETCD_CHECK ~ [M] c0001 a LOG: b
                    2024-09-26 17:59:33.855 tid=1 DEBUG1: nic a:b ~ debug ~ '' ~ nic a:b
                    """)
    void readsTheClusterManagersLines(String line, String level, String origin, String message) {
        LogLine read = only(line);

        assertThat(read.dialect()).isEqualTo(Dialect.CM);
        assertThat(read.level()).isEqualTo(level);
        assertThat(read.origin()).isEqualTo(origin);
        assertThat(read.message()).isEqualTo(message);
        assertThat(read.at()).contains(Instant.parse("2024-09-26T09:59:33.855Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "\"2023-12-10T20:06:58+0300\", 2023-12-10T17:06:58Z",
        "\"2023-12-10T20:06:58.4+0300\", 2023-12-10T17:06:58.4Z",
        "\"2023-12-10T20:06:58.479+0300\", 2023-12-10T17:06:58.479Z",
        "\"2023-12-10T20:06:58.479041+03:00\", 2023-12-10T17:06:58.479041Z",
        "\"2023-12-10T20:06:58.479041-0330\", 2023-12-10T23:36:58.479041Z",
        "\"2023-12-10T20:06:58.479Z\", 2023-12-10T20:06:58.479Z",
        "\"2023-12-10T20:06:58.479\", 2023-12-10T12:06:58.479Z",
        "1702238818.479041, 2023-12-10T20:06:58.479041Z",
        "1.702238818E9, 2023-12-10T20:06:58Z",
        "\"yesterday\",",
        "1e300,",
        "null,"
    })
    void readsZapTimesInEveryShape(String ts, Instant expected) {
        LogLine read = only("{\"level\":\"warn\",\"ts\":" + ts + ",\"caller\":\"a/b.go:1\",\"msg\":\"m\"}");

        assertThat(read.dialect()).isEqualTo(Dialect.ZAP);
        assertThat(read.at()).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void readsZapFields() {
        LogLine read = only("Nov 22 18:40:03 node etcd[1]: "
                + "{\"level\":\"dpanic\",\"ts\":\"2023-12-10T20:06:58Z\",\"logger\":\"raft\",\"caller\":\"x.go:1\","
                + "\"msg\":\"Running: \",\"took\":\"1.084s\",\"n\":17,\"urls\":[\"a\",\"b\"],\"none\":null}");

        assertThat(read.level()).isEqualTo("panic");
        assertThat(read.origin()).isEqualTo("raft");
        assertThat(read.message()).isEqualTo("Running:");
        assertThat(read.fields())
                .isEqualTo(Map.of("caller", "x.go:1", "took", "1.084s", "n", "17", "urls", "[\"a\",\"b\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\":\"warn\",\"ts\":\"2023-12-10T20:06:58.479Z\",\"msg\":\"cut in the mi",
                "{\"level\":\"warn\",\"msg\":\"two\"}{\"level\":\"warn\",\"msg\":\"two\"}",
                "{\"level\":\"warn\"}",
                "{}",
                "panic: runtime error: index out of range",
                "goroutine 1 [running]:",
                "sh: /usr/local/core/app/bin/etcd: Permission denied",
                "proto: no coders for int",
                "2021-13-09 10:57:40.112936 W | no such month",
                "2021-02-30 10:57:40.112936 W | no such day",
                "| W",
                " | ",
                "W |"
            })
    void takesAnythingElseAsItIs(String line) {
        LogLine read = only(line);

        assertThat(read.dialect()).isEqualTo(Dialect.RAW);
        assertThat(read.level()).isEmpty();
        assertThat(read.message()).isEqualTo(line);
        assertThat(read.at()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u2400"})
    void readsTheLineBehindTheBinaryPadding(String nul) {
        List<LogLine> lines = parse("log_file_create_time=2026-11-22_184003\n" + nul.repeat(40)
                + "2026-11-22 18:40:04.000001 I | etcdmain: etcd Version: 3.3.23\n" + nul.repeat(10) + "\n"
                + nul + "{\"level\":\"info\",\"ts\":\"2026-11-22T18:40:05Z\",\"msg\":\"m\"}\n");

        assertThat(lines).extracting(LogLine::dialect).containsExactly(Dialect.RAW, Dialect.CAPNSLOG, Dialect.ZAP);
        assertThat(lines).extracting(line -> line.source().firstLine()).containsExactly(1, 2, 4);
        assertThat(lines.getFirst().at()).contains(Instant.parse("2026-11-22T10:40:03Z"));
    }

    @Test
    void readsTheLineBehindAnyOtherPadding() {
        assertThat(only("\uFFFD{\u0003%|2026-11-22 18:40:04.000001 I | etcdmain: etcd Version: 3.3.23")
                        .message())
                .isEqualTo("etcd Version: 3.3.23");
    }

    @Test
    void correctsTimesByTheNodesClock() {
        var fast = new NodeClock(Optional.of(ZoneOffset.UTC), Duration.ofSeconds(90));

        assertThat(parse("2021-04-09 10:57:40.000000 W | x\n{\"ts\":\"2021-04-09T10:57:40Z\",\"msg\":\"m\"}", fast))
                .extracting(line -> line.at().orElseThrow())
                .containsOnly(Instant.parse("2021-04-09T10:56:10Z"));
    }

    @Test
    void knowsOnlyTimesWithAZoneWhenTheNodesOwnIsNotKnown() {
        List<LogLine> lines = parse(
                "2021-04-09 10:57:40.000000 W | x\n{\"ts\":\"2021-04-09T10:57:40Z\",\"msg\":\"m\"}",
                NodeClock.of(Optional.empty()));

        assertThat(lines.getFirst().at()).isEmpty();
        assertThat(lines.getFirst().message()).isEqualTo("x");
        assertThat(lines.getLast().at()).contains(Instant.parse("2021-04-09T10:57:40Z"));
    }

    @Test
    void cutsWhatIsTooLongWithoutBreakingACharacter() {
        String faces = "a" + "😀".repeat(4_000);
        LogLine read = only("2021-04-09 10:57:40.000000 W | " + faces);

        assertThat(read.message()).hasSizeLessThanOrEqualTo(4_000).endsWith("😀…");
        assertThat(read.text()).hasSizeLessThanOrEqualTo(4_000);
        assertThat(read.message().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                .isFalse();
    }

    @Test
    void readsWindowsLineEndsAndALastLineWithoutOne() {
        assertThat(parse("2021-04-09 10:57:40.000000 W | x\r\n\r\n2021-04-09 10:57:41.000000 W | y"))
                .extracting(LogLine::message)
                .containsExactly("x", "y");
    }

    @Test
    void readsHalfAMegabyteInAMoment() {
        String capnslog = "2021-04-09 10:57:40.112936 W | etcdserver: read-only range request took too long {a | b}\n";
        String zap = "{\"level\":\"warn\",\"ts\":\"2023-12-10T20:06:58.479041+0300\",\"msg\":\"m\",\"took\":\"1s\"}\n";
        String text = (capnslog + zap).repeat(512 * 1024 / (capnslog.length() + zap.length()));
        parse(text);

        long begin = System.nanoTime();
        int lines = parse(text).size();
        long millis = (System.nanoTime() - begin) / 1_000_000;

        assertThat(lines).isGreaterThan(5_000);
        assertThat(millis).isLessThan(30_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    Nov 22 18:40:03 node etcd[812]: page 7 already freed ~ 2026-11-22T10:40:03Z
                    Nov 22 18:40:03.522337 node etcd: page 7 already freed ~ 2026-11-22T10:40:03Z
                    2026-11-22T18:40:03+0800 node etcd-wrapper[812]: page 7 already freed ~ 2026-11-22T10:40:03Z
                    2026-11-22T10:40:03.5Z node dockerd[812]: page 7 already freed ~ 2026-11-22T10:40:03.5Z
                    Sun 2026-11-22 18:40:03 CST node etcd[812]: page 7 already freed ~ 2026-11-22T10:40:03Z
                    2026-11-22T10:40:03.123456789Z stderr F page 7 already freed ~ 2026-11-22T10:40:03.123456789Z
                    2026-11-22T10:40:03Z page 7 already freed ~ 2026-11-22T10:40:03Z
                    {"log":"page 7 already freed\\n","stream":"stderr","time":"2026-11-22T10:40:03.1Z"} ~ 2026-11-22T10:40:03.1Z
                    {"MESSAGE":"page 7 already freed","__REALTIME_TIMESTAMP":"1795344003000000"} ~ 2026-11-22T10:40:03Z
                    etcd_1  | page 7 already freed ~
                    18:40:03 etcd2 | page 7 already freed ~
                    [pod/etcd-node-1/etcd] page 7 already freed ~
                    etcd-2 etcd page 7 already freed ~
                    > page 7 already freed ~
                    > > Nov 22 18:40:03 node etcd[812]: page 7 already freed ~ 2026-11-22T10:40:03Z
                    """)
    void takesTheEnvelopeOff(String line, Instant at) {
        LogLine read = only(line);

        assertThat(read.message()).isEqualTo("page 7 already freed");
        assertThat(read.text()).isEqualTo(line);
        assertThat(read.at()).isEqualTo(Optional.ofNullable(at));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T18:40:03.123+0800\tWARN\twal/wal.go:805\tslow fdatasync\t{\"took\": \"1.084s\"}",
                "2026-11-22T18:40:03.123+0800  warn  wal/wal.go:805  slow fdatasync  {\"took\": \"1.084s\"}",
                "level=warn ts=2026-11-22T10:40:03.123Z caller=wal/wal.go:805 msg=\"slow fdatasync\" took=1.084s",
                "time=\"2026-11-22T10:40:09Z\" level=info msg=\"{\\\"level\\\":\\\"warn\\\",\\\"ts\\\":\\\"2026-11-22T10:40:03.123Z\\\","
                        + "\\\"msg\\\":\\\"slow fdatasync\\\",\\\"took\\\":\\\"1.084s\\\"}\" component=etcd",
                "{\"message\":\"slow fdatasync\",\"caller\":\"wal/wal.go:805\",\"severity\":\"warning\",\"took\":\"1.084s\","
                        + "\"timestamp\":\"2026-11-22T18:40:03.123+08:00\"}",
                "{\"level\":\"warn\",\"time\":1795344003.123,\"msg\":\"slow fdatasync\",\"took\":\"1.084s\"}",
                "{\"level\":\"warn\",\"ts\":1795344003123,\"msg\":\"slow fdatasync\",\"took\":\"1.084s\"}",
                "{\"level\":\"warn\",\"ts\":1795344003123000000,\"msg\":\"slow fdatasync\",\"took\":\"1.084s\"}",
                "{\"level\":\"warn\",\"ts\":\"2026-11-22T10:40:03.123Z\",\"msg\":\"slow fdatasync\",\"took\":\"1.084s\",\"stack",
            })
    void readsZapInWhateverFormItCame(String line) {
        LogLine read = only(line);

        assertThat(read.dialect()).isEqualTo(Dialect.ZAP);
        assertThat(read.message()).isEqualTo("slow fdatasync");
        assertThat(read.level()).isEqualTo("warn");
        assertThat(read.fields()).containsEntry("took", "1.084s");
        assertThat(read.at()).contains(Instant.parse("2026-11-22T10:40:03.123Z"));
    }

    @Test
    void leavesTheNameOfAnotherProgramBeforeItsWords() {
        assertThat(only("Nov 22 18:40:03 node kubelet[9]: panic: oh").message()).isEqualTo("kubelet: panic: oh");
        assertThat(only("Nov 22 18:40:03 node kernel: Out of memory: Killed process 9 (etcd)")
                        .message())
                .isEqualTo("kernel: Out of memory: Killed process 9 (etcd)");
    }

    @Test
    void readsColoursAndTheWideCharactersOfAWindowsExport() {
        String wide = new String(
                "\uFEFFpanic: page 7 already freed\r\n2026-11-22 18:40:03.000001 W | wal: x\r\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
                java.nio.charset.StandardCharsets.UTF_8);

        assertThat(parse(wide)).extracting(LogLine::message).containsExactly("panic: page 7 already freed", "x");
        assertThat(only("\u001b[33m2026-11-22 18:40:03.000001 W | wal: x\u001b[0m")
                        .message())
                .isEqualTo("x");
        assertThat(only("  17  2026-11-22 18:40:03.000001 W | wal: x").message())
                .isEqualTo("x");
    }
}
