package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe {@code log-window} finds what a plain reading of the whole file finds, in every shell that a node may have. */
@EnabledOnOs(OS.LINUX)
class LogWindowIT {
    private static final Probe PROBE = YamlProbes.shipped().get(new ProbeId("log-window"));
    private static final Instant ALARM = Instant.parse("2026-11-22T10:40:03Z");
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final int ROOMY = 1_800_000;

    /** After this time the script ends the reading of an archive, to the second. */
    private static final Duration ARCHIVE_BOUND = Duration.ofSeconds(6);

    /** One gigabyte is written once, for all shells. */
    @TempDir
    static Path shared;

    @TempDir
    Path home;

    /** What reads the script, and which programs it finds. */
    enum Shell {
        DASH("dash"),
        BASH("bash"),
        /** BusyBox' shell with BusyBox' own programs and no others. */
        BUSYBOX("sh");

        private final String name;

        Shell(String name) {
            this.name = name;
        }

        private List<String> command(Path home) throws IOException, InterruptedException {
            if (this != BUSYBOX) {
                assumeTrue(Files.isExecutable(Path.of("/bin", name)), name + " is not installed");
                return List.of("env", "-i", "LC_ALL=C", "PATH=/usr/bin:/bin", name);
            }
            assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "busybox is not installed");
            Path programs = home.resolve("busybox");
            if (!Files.exists(programs)) {
                Files.createDirectory(programs);
                new ProcessBuilder("/bin/busybox", "--install", "-s", programs.toString())
                        .start()
                        .waitFor();
            }
            return List.of(
                    "env",
                    "-i",
                    "LC_ALL=C",
                    "PATH=" + programs,
                    programs.resolve("sh").toString());
        }
    }

    /** A few by default; {@code -Dmedic.window.seeds=2000} for a long run. */
    static Stream<Integer> seeds() {
        return IntStream.range(0, Integer.getInteger("medic.window.seeds", 48)).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bringsTheLinesThatAPlainReadingOfTheWholeFileFinds(int seed) throws Exception {
        var random = new Random(seed);
        ZoneId zone = ZoneId.of(List.of("Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu", "Etc/UTC")
                .get(seed % 4));
        NodeIdentity identity = identity(zone, Duration.ofSeconds(random.nextInt(-900, 900)));
        byte[] log = new RandomLog(random, zone, identity.ahead()).bytes();
        boolean zipped = random.nextInt(4) == 0;
        int room = random.nextInt(4) == 0 ? 40_000 : ROOMY;
        Path file = zipped ? gzip("etcd-1.log.gz", log) : Files.write(home.resolve("etcd-1.log"), log);

        LogPart part = read(Shell.values()[seed % 3], file, room, identity);

        List<String> expected = reference(log, identity);
        List<String> found = inWindow(part);
        if (part.extent().whole()) {
            assertThat(found).containsExactlyElementsOf(expected);
        } else {
            assertThat(room).isLessThan(ROOMY);
            assertThat(expected).containsSubsequence(found);
        }
    }

    /** A log with all that a log can have: dialects mixed, noise, holes, endless lines; its times never fall. */
    private static final class RandomLog {
        private final Random random;
        private final LogText text;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        RandomLog(Random random, ZoneId zone, Duration ahead) {
            this.random = random;
            this.text = new LogText(zone, ahead);
        }

        byte[] bytes() {
            int lines = random.nextInt(5) == 0 ? random.nextInt(20) : random.nextInt(6_000);
            long first = random.nextLong(-7_200, 600);
            long span = random.nextLong(1, 9_000);
            int dialects = random.nextInt(1, LogText.DIALECTS + 1);
            boolean noisy = random.nextBoolean();
            for (int i = 0; i < lines; i++) {
                Instant at = ALARM.plusSeconds(first).plusMillis(span * 1_000 * i / lines);
                add(text.line(random.nextInt(dialects), at, "line " + i + " " + "x".repeat(random.nextInt(200)))
                        + "\n");
                if (noisy && random.nextInt(60) == 0) {
                    noise(lines);
                }
            }
            if (random.nextBoolean()) {
                add("an end that has no line feed");
            }
            return out.toByteArray();
        }

        private void noise(int lines) {
            boolean rarely = random.nextInt(1 + lines / 40) == 0;
            switch (random.nextInt(rarely ? 6 : 3)) {
                case 0 -> add("goroutine 1 [running]:\n\tmain.go:12 +0x1d\n");
                case 1 -> add("\n\n");
                case 2 -> garbage(random.nextInt(300));
                case 3 -> out.writeBytes(new byte[random.nextInt(200_000)]);
                case 4 -> garbage(random.nextInt(100_000));
                default -> add("y".repeat(random.nextInt(400_000)) + "\n");
            }
        }

        private void garbage(int bytes) {
            byte[] garbage = new byte[bytes];
            random.nextBytes(garbage);
            out.writeBytes(garbage);
            add("\n");
        }

        private void add(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void readsLittleOfALogOfAGigabyte(Shell shell) throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        Path file = shared.resolve("etcd-current.log");
        long size = 1L << 30;
        long block = 1 << 20;
        // A megabyte each twelve minutes; the one in the middle is written at the alarm.
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = log.length(); at < size; at += block) {
                log.seek(at);
                log.write(megabyte(text, ALARM.plusSeconds((at - size / 2) / block * 720)));
            }
        }
        Path trace = home.resolve("io");
        long begin = System.nanoTime();
        LogPart part = read(shell, file, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO), trace);

        long read = Files.readAllLines(trace).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .sum();
        assertThat(part.extent().whole()).isTrue();
        assertThat(inWindow(part)).isNotEmpty().allMatch(line -> line.contains("block"));
        // Programs read their libraries too; of a gigabyte that is less than one in fifty.
        assertThat(read).isLessThan(20_000_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROBE.timeLimit());
    }

    private static byte[] megabyte(LogText text, Instant then) {
        var lines = new StringBuilder();
        for (int i = 0; lines.length() < 1 << 20; i++) {
            lines.append(text.line(0, then.plusMillis(i * 7L), "block " + "z".repeat(9_000)))
                    .append('\n');
        }
        return lines.substring(0, 1 << 20).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void findsTheDataBehindTheHoleThatCopyAndTruncateLeaves(Shell shell) throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        Path file = home.resolve("etcd-current.log");
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(8L << 30);
            for (int i = 0; i < 2_000; i++) {
                log.write((text.line(0, ALARM.minusSeconds(400 - i / 5), "line " + i) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }

        LogPart part = read(shell, file, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO));

        assertThat(inWindow(part)).hasSize(2_000);
        assertThat(part.extent().whole()).isTrue();
        assertThat(part.extent().fromBeginning()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void isNotBlindedByALineOfFiftyMegabytes(Shell shell) throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        byte[] log = Stream.of(
                        text.line(0, ALARM.minusSeconds(4_000), "long before"),
                        text.line(0, ALARM.minusSeconds(90), "before"),
                        text.line(0, ALARM.minusSeconds(80), "e".repeat(50_000_000)),
                        text.line(0, ALARM.minusSeconds(60), "after"))
                .reduce("", (all, line) -> all + line + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (Path file : List.of(Files.write(home.resolve("etcd-current.log"), log), gzip("etcd-2.log.gz", log))) {
            long begin = System.nanoTime();

            LogPart part = read(shell, file, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO));

            // Of an archive a machine that is too busy reads a part only, and says so.
            if (!part.extent().whole()) {
                assertThat(file.toString()).endsWith(".gz");
                assertThat(System.nanoTime() - begin).isGreaterThan(ARCHIVE_BOUND.toNanos());
                continue;
            }
            assertThat(inWindow(part)).as(file.toString()).hasSize(3);
            assertThat(inWindow(part).getLast()).endsWith("after");
        }
    }

    @Test
    void takesTheLinesAtTheAlarmAndAtItsFirstFailureWhenTheWindowIsTooLarge() throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        var log = new StringBuilder();
        for (int second = -900; second < 120; second++) {
            for (int i = 0; i < 40; i++) {
                log.append(text.line(0, ALARM.plusSeconds(second), "second " + second + " " + "x".repeat(100)))
                        .append('\n');
            }
        }
        Path file = Files.writeString(home.resolve("etcd-current.log"), log);

        LogPart part = read(Shell.DASH, file, 400_000, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO));

        assertThat(part.extent().whole()).isFalse();
        assertThat(inWindow(part)).anyMatch(line -> line.contains("second 0 "));
        assertThat(inWindow(part)).anyMatch(line -> line.contains("second -1 "));
        assertThat(inWindow(part)).anyMatch(line -> line.contains("second -178 "));
        assertThat(inWindow(part)).noneMatch(line -> line.contains("second -100 "));
        assertThat(part.lines()).allMatch(line -> line.text().length() > 100);
    }

    @Test
    void fallsBackToTheEndWhereNothingHasATimeAndSaysSo() throws Exception {
        Path file = Files.writeString(
                home.resolve("etcd-current.log"), "a line without a time\n".repeat(100_000) + "last\n");

        LogPart part = read(Shell.DASH, file, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO));

        assertThat(part.lines().getLast().text()).isEqualTo("last");
        assertThat(part.lines().size()).isLessThan(20_000);
        assertThat(part.extent().whole()).isFalse();
        assertThat(part.extent().toEnd()).isTrue();
    }

    @Test
    void takesTheLatestOfTimesThatCameTwiceBecauseTheClockWasSetBack() throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        var log = new StringBuilder();
        for (int i = -40_000; i < 40_000; i++) {
            log.append(text.line(0, ALARM.plusSeconds(i / 4), "before the clock was set " + i))
                    .append('\n');
        }
        for (int i = -16_000; i < 400; i++) {
            log.append(text.line(0, ALARM.plusSeconds(i / 4), "since then " + i))
                    .append('\n');
        }
        Path file = Files.writeString(home.resolve("etcd-current.log"), log);

        List<String> found =
                inWindow(read(Shell.DASH, file, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO)));

        assertThat(found).filteredOn(line -> line.contains("since then")).hasSize(2_400 + 400 + 3);
        assertThat(found).noneMatch(line -> line.contains("before the clock"));
    }

    /** The current file, a rotated one, a packed one; seconds from the alarm at which each stretch begins and ends, in lines per second. */
    static Stream<Arguments> setBacks() {
        List<List<int[]>> logs = List.of(
                List.of(new int[] {300, 500, 1}, new int[] {-100, 0, 1}),
                List.of(new int[] {-300, 500, 1}, new int[] {-100, 0, 1}),
                List.of(new int[] {-3_000, -900, 20}, new int[] {-300, 1_500, 20}, new int[] {-400, 600, 20}),
                List.of(new int[] {-90_000, 3_000, 1}, new int[] {-500, 3_100, 2}),
                List.of(new int[] {-300, 60, 20}, new int[] {-90_000, 100, 1}),
                List.of(new int[] {-600, 4_000, 40}, new int[] {-200, 4_000, 40}));
        return Stream.of("etcd-current.log", "etcd-7.log", "etcd-7.log.gz")
                .flatMap(name -> logs.stream().map(log -> Arguments.of(name, log)));
    }

    @ParameterizedTest
    @MethodSource("setBacks")
    void missesNoLineSinceTheClockWasSetBackAndNeverCallsSuchALogWhole(String name, List<int[]> stretches)
            throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        var log = new StringBuilder();
        for (int[] stretch : stretches) {
            String message = Arrays.equals(stretch, stretches.getLast()) ? "since then " : "before ";
            for (int i = stretch[0] * stretch[2]; i < stretch[1] * stretch[2]; i++) {
                Instant at = ALARM.plusMillis(1_000L * i / stretch[2]);
                log.append(text.line(0, at, message + i)).append('\n');
            }
        }
        byte[] bytes = log.toString().getBytes(StandardCharsets.US_ASCII);
        Path file = name.endsWith(".gz") ? gzip(name, bytes) : Files.write(home.resolve(name), bytes);
        NodeIdentity identity = identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO);

        LogPart part = read(Shell.values()[stretches.getFirst()[1] % 3], file, ROOMY, identity);

        assertThat(part.extent().whole()).isFalse();
        List<String> expected = reference(bytes, identity).stream()
                .filter(line -> line.contains("since then"))
                .toList();
        List<String> found = inWindow(part).stream()
                .filter(line -> line.contains("since then"))
                .toList();
        if (name.endsWith(".gz") && bytes.length > 10_000_000) {
            // The newest lines of what was streamed are sent, each of them whole, and it is told that there were more.
            assertThat(found).isNotEmpty();
            assertThat(expected).containsSubsequence(found);
        } else {
            assertThat(found).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void unpacksNoMoreOfABombThanItsBounds() throws Exception {
        Path file = home.resolve("etcd-3.log.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                out.write(zeros);
            }
        }
        long begin = System.nanoTime();

        LogPart part = read(Shell.DASH, file, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO));

        assertThat(part.lines()).isEmpty();
        assertThat(part.extent()).isNotEqualTo(LogPart.Extent.UNKNOWN);
        assertThat(part.extent().whole()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROBE.timeLimit());
    }

    @Test
    void saysThatADamagedArchiveMayLackLines() throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        var log = new StringBuilder();
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            log.append(text.line(0, ALARM.minusSeconds(500 - i / 50), "line " + random.nextLong()))
                    .append('\n');
        }
        byte[] whole = Files.readAllBytes(gzip("etcd-4.log.gz", log.toString().getBytes(StandardCharsets.US_ASCII)));
        Path torn = Files.write(home.resolve("etcd-5.log.gz"), Arrays.copyOf(whole, whole.length / 2));

        LogPart part = read(Shell.DASH, torn, ROOMY, identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO));

        assertThat(inWindow(part)).hasSizeGreaterThan(1_000);
        assertThat(part.extent().whole()).isFalse();
    }

    /** Kilobytes without a time at the beginning, a few lines, kilobytes without a time, lines up to the alarm. */
    @ParameterizedTest
    @CsvSource({"100, 100", "3000, 200", "300, 9000", "17000, 300"})
    void overlooksNoLineBetweenTwoLongStretchesWithoutTimes(int before, int between) throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        var log = new StringBuilder("no time stands here\n".repeat(before * 1_024 / 20));
        for (int second = -900; second < -300; second += 20) {
            log.append(text.line(0, ALARM.plusSeconds(second), "between the stretches"))
                    .append('\n');
        }
        log.append("nor does one here ..\n".repeat(between * 1_024 / 21));
        for (int second = -200; second < 0; second++) {
            log.append(text.line(0, ALARM.plusSeconds(second), "after them")).append('\n');
        }
        Path file = Files.writeString(home.resolve("etcd-current.log"), log);
        NodeIdentity identity = identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO);

        LogPart part = read(Shell.DASH, file, ROOMY, identity);

        List<String> expected = reference(log.toString().getBytes(StandardCharsets.US_ASCII), identity);
        assertThat(part.extent().whole()).isEqualTo(between < 1_000);
        if (part.extent().whole()) {
            assertThat(inWindow(part)).containsExactlyElementsOf(expected);
        } else {
            assertThat(expected).containsSubsequence(inWindow(part));
            assertThat(inWindow(part))
                    .filteredOn(line -> line.endsWith("after them"))
                    .hasSize(200);
        }
    }

    @Test
    void bringsAllThatStoodInAFileThatGrowsWithEachLook() throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        List<String> stood = IntStream.range(-4_000, -100)
                .mapToObj(second -> text.line(0, ALARM.plusSeconds(second), "stood there"))
                .toList();
        Path file = Files.write(home.resolve("etcd-current.log"), stood);
        Path later = Files.write(
                home.resolve("later"),
                IntStream.range(0, 100)
                        .mapToObj(i -> text.line(0, ALARM.minusSeconds(90).plusMillis(i), "came later"))
                        .toList());
        long size = Files.size(file);

        LogPart part = read(
                wrapped("cat '%s' >> '%s'".formatted(later, file)),
                file,
                ROOMY,
                identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO),
                Path.of("/dev/null"));

        assertThat(Files.size(file)).isGreaterThan(size + Files.size(later));
        assertThat(inWindow(part))
                .filteredOn(line -> line.endsWith("stood there"))
                .hasSize(500);
        assertThat(part.extent().whole()).isTrue();
    }

    /** A shell whose {@code dd} first does something else. */
    private List<String> wrapped(String first) throws IOException {
        Path dd = Files.createDirectory(home.resolve("wrapped")).resolve("dd");
        Files.writeString(dd, "#!/bin/sh\n" + first + "\nexec /usr/bin/dd \"$@\"\n");
        assertThat(dd.toFile().setExecutable(true)).isTrue();
        return List.of("env", "-i", "LC_ALL=C", "PATH=" + dd.getParent() + ":/usr/bin:/bin", "dash");
    }

    /** At which of the probe's looks the file is emptied, and whether its writer goes on where it was, behind a hole. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "5, false", "1, true", "5, true"})
    void saysThatAFileWasEmptiedMeanwhile(int look, boolean writerGoesOn) throws Exception {
        var text = new LogText(ZoneId.of("Asia/Shanghai"), Duration.ZERO);
        List<String> stood = IntStream.range(-40_000, 0)
                .mapToObj(tenth -> text.line(0, ALARM.plusMillis(tenth * 100L), "stood there"))
                .toList();
        Path file = Files.write(home.resolve("etcd-current.log"), stood);
        String goesOn = writerGoesOn ? "truncate -s %d '%s'".formatted(Files.size(file), file) : ":";
        Path looks = home.resolve("looks");

        LogPart part = read(
                wrapped("echo x >> '%1$s'; [ \"$(wc -l < '%1$s')\" -ne %2$d ] || { : > '%3$s'; %4$s; }"
                        .formatted(looks, look, file, goesOn)),
                file,
                ROOMY,
                identity(ZoneId.of("Asia/Shanghai"), Duration.ZERO),
                Path.of("/dev/null"));

        assertThat(Files.readAllLines(looks)).hasSizeGreaterThanOrEqualTo(look);
        assertThat(part.extent().whole()).isFalse();
        assertThat(stood).containsAll(inWindow(part));
    }

    private static List<String> inWindow(LogPart part) {
        return texts(part.lines());
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream()
                .filter(line -> line.at().filter(WINDOW::contains).isPresent())
                .map(LogLine::text)
                .toList();
    }

    /** Every line of the whole file, read one after the other; a NUL ends a line as it does on the node. */
    private static List<String> reference(byte[] log, NodeIdentity identity) {
        String text = new String(log, StandardCharsets.UTF_8).replace('\0', '\n');
        return texts(LogParser.parse(aCapture("log-window").text(text).build(), NodeClock.of(Optional.of(identity))));
    }

    private Path gzip(String name, byte[] log) throws IOException {
        Path file = home.resolve(name);
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(log);
        }
        return file;
    }

    static NodeIdentity identity(ZoneId zone, Duration ahead) {
        NodeIdentity usual = anIdentity();
        return new NodeIdentity(
                usual.user(),
                usual.userId(),
                usual.clock(),
                ahead,
                zone,
                usual.bootedAt(),
                usual.bootId(),
                usual.hostName(),
                usual.kernel(),
                usual.ticksPerSecond(),
                usual.within());
    }

    private LogPart read(Shell shell, Path file, int bytes, NodeIdentity identity) throws Exception {
        return read(shell, file, bytes, identity, Path.of("/dev/null"));
    }

    private LogPart read(Shell shell, Path file, int bytes, NodeIdentity identity, Path io) throws Exception {
        return read(shell.command(home), file, bytes, identity, io);
    }

    /** Runs the shipped script; at its end the shell tells what it and its children have read. */
    private LogPart read(List<String> shell, Path file, int bytes, NodeIdentity identity, Path io) throws Exception {
        Map<String, String> arguments =
                new HashMap<>(NodeWindow.of(WINDOW, Optional.of(identity)).arguments());
        arguments.put("file", file.toString());
        arguments.put("bytes", Integer.toString(bytes));
        var command = new ArrayList<>(shell);
        command.addAll(List.of("-c", PROBE.script() + "; cat /proc/$$/io >&9 || true", "etcd-medic"));
        Path output = home.resolve("output");
        var builder = new ProcessBuilder();
        builder.command(
                Stream.concat(Stream.of("bash", "-c", "exec 9>\"$0\"; exec \"$@\"", io.toString()), command.stream())
                        .toList());
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(home.resolve("errors").toFile())
                .start();
        try (var in = process.getOutputStream()) {
            for (String name : PROBE.arguments()) {
                in.write((arguments.get(name) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.size(output)).isLessThanOrEqualTo(PROBE.byteLimit());
        byte[] said = Files.readAllBytes(output);
        assertThat(said.length)
                .as("%s", Files.readString(home.resolve("errors")))
                .isPositive();
        Capture.Answer answer = aCapture("log-window")
                .argument("file", file.toString())
                .text(new String(said, StandardCharsets.UTF_8))
                .build();
        return LogPart.of(answer, NodeClock.of(Optional.of(identity)), WINDOW);
    }
}
