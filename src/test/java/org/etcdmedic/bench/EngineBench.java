package org.etcdmedic.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;

/**
 * All signatures over a long log, in turns with {@code grep -F -c} and the same fixed words, each on one thread. Prints one line
 * for each turn: nanoseconds of grep, of matching, of reading text to lines, the number of lines, and how many matched.
 */
public final class EngineBench {
    private static final Path INCIDENTS = Path.of("src/test/resources/incidents");

    /** Of so many lines one comes from an incident; the others are what etcd and the cluster manager write all day. */
    private static final int QUIET = 200;

    private static final int SLICE = 20_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private EngineBench() {}

    /** Arguments: an empty directory, megabytes, turns. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        var engine = new SignatureEngine(YamlKnowledge.shipped().signatures());
        Path words = Files.write(directory.resolve("words"), engine.words());
        Path log = write(directory.resolve("log"), Long.parseLong(arguments[1]) << 20);
        turn(engine, log); // warms up
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            System.out.println(grep(words, log) + " " + turn(engine, log));
        }
    }

    private static long grep(Path words, Path log) throws IOException, InterruptedException {
        // Not to /dev/null: grep stops at the first match when nobody reads. The shell's own words for the processor
        // time of what it ran: user and system, minutes and seconds.
        Process grep = new ProcessBuilder(
                        "sh", "-c", "grep -F -c -f \"$0\" \"$1\"; times", words.toString(), log.toString())
                .start();
        String times = new String(grep.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (grep.waitFor() > 1) {
            throw new IOException("grep failed");
        }
        return nanos(times);
    }

    /** Behind grep's own line, the second of {@code times} is about the children: {@code 0m0.150000s 0m0.020000s}. */
    private static long nanos(String times) {
        double seconds = 0;
        for (String one : times.lines().toList().get(2).split(" ")) {
            String[] parts = one.replace("s", "").split("m");
            seconds += Integer.parseInt(parts[0]) * 60 + Double.parseDouble(parts[1]);
        }
        return Math.round(seconds * 1e9);
    }

    private static String turn(SignatureEngine engine, Path log) throws IOException {
        long matching = 0;
        long reading = 0;
        long matched = 0;
        long count = 0;
        var slice = new ArrayList<LogLine>(SLICE);
        try (Stream<String> lines = Files.lines(log)) {
            var all = lines.iterator();
            while (all.hasNext()) {
                slice.clear();
                long began = cpu();
                while (slice.size() < SLICE && all.hasNext()) {
                    slice.add(LogLine.of(all.next()));
                }
                long read = cpu();
                for (LogLine line : slice) {
                    matched += engine.match(Log.Program.ETCD, line).isEmpty() ? 0 : 1;
                }
                matching += cpu() - read;
                reading += read - began;
                count += slice.size();
            }
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        return matching + " " + reading + " " + count + " " + matched;
    }

    /** Processor time of this thread: with nothing else on the machine the same as time, and else fairer. */
    private static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static Path write(Path file, long size) throws IOException {
        var random = new Random(20261123);
        List<String> trouble = incidents();
        var at = LocalDateTime.of(2026, 11, 22, 0, 0);
        long written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            while (written < size) {
                at = at.plusNanos(random.nextLong(250_000_000));
                String line = random.nextInt(QUIET) == 0
                        ? trouble.get(random.nextInt(trouble.size()))
                        : routine(random, at.toString().replace('T', ' ') + "000000");
                out.write(line);
                out.write('\n');
                written += line.length() + 1;
            }
        }
        return file;
    }

    private static List<String> incidents() throws IOException {
        var lines = new ArrayList<String>();
        try (Stream<Path> incidents = Files.list(INCIDENTS)) {
            for (Path incident : incidents.sorted().toList()) {
                if (!incident.toString().contains("utf16")) {
                    Files.readAllLines(incident.resolve("log.txt"), StandardCharsets.UTF_8).stream()
                            .filter(line -> !line.isBlank())
                            .forEach(lines::add);
                }
            }
        }
        return lines;
    }

    private static String routine(Random random, String time) {
        String capnslog = time.substring(0, 26);
        int n = random.nextInt(9_000_000);
        return switch (random.nextInt(20)) {
            case 0 -> capnslog + " I | mvcc: store.index: compact " + n;
            case 1, 2, 3 ->
                "{\"level\":\"info\",\"ts\":\"" + time.substring(0, 10) + "T" + time.substring(11, 23)
                        + "+0800\",\"caller\":\"mvcc/hash.go:137\",\"msg\":\"storing new hash\",\"hash\":" + n
                        + ",\"revision\":" + n + ",\"compact-revision\":" + (n - 5000) + "}";
            case 4, 5, 6 ->
                time.substring(0, 23) + " tid=15822 ETCD_CHECK LOG: etcd instance " + n % 3 + " state check round " + n
                        + " finished, cost " + n % 13 + " ms";
            case 7, 8, 9 -> capnslog + " D | auth: found common name " + n + " of client 198.51.100." + n % 250;
            case 10, 11, 12 ->
                capnslog + " D | etcdserver/api/v2http: [GET] /health remote:198.51.100." + n % 250 + ":33221";
            case 13, 14, 15 -> capnslog + " D | lease: renewed lease 326963a" + n + " for 5 s";
            case 16, 17 -> capnslog + " D | etcdserver: applying entry " + n + " of term 3";
            default -> capnslog + " I | embed: new client 198.51.100." + n % 250 + ":33221 accepted";
        };
    }
}
