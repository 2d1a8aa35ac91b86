package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.etcdmedic.evidence.LoadLook.DiskCounters;
import org.etcdmedic.evidence.LoadLook.Ticks;
import org.etcdmedic.evidence.SystemLoad.Consumer;
import org.etcdmedic.evidence.SystemLoad.Disk;
import org.etcdmedic.evidence.SystemLoad.Memory;
import org.etcdmedic.evidence.SystemLoad.Processors;
import org.etcdmedic.probe.Capture;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the probe {@code load} prints: counters twice, a second apart, then what needs no difference. A process line
 * holds pid, user ticks, system ticks, resident pages, state and name; an io line pid and bytes since the process began:
 *
 * <pre>
 * look
 * at 12127.22
 * cpu  6000 0 3000 90000 500 0 100 200 0 0
 * procs_running 3
 * procs_blocked 1
 * disk  254       0 vda 1000 0 80000 500 2000 0 160000 9000 0 4000 9500
 * process 4711 100 50 25600 S (etcd)
 * process 4800 900 100 51200 R (stress-ng (cpu))
 * process 4900 10 10 800 D (gs_dump)
 * io 4711 write 1000000
 * io 4900 write 5000000
 * look
 * at 12128.22
 * cpu  6150 0 3010 90030 505 0 100 205 0 0
 * procs_running 5
 * procs_blocked 2
 * disk  254       0 vda 1001 0 80008 501 2004 0 160032 9900 1 4950 10400
 * process 4711 101 50 25600 S (etcd)
 * process 4800 995 104 51200 R (stress-ng (cpu))
 * process 4900 11 14 800 D (gs_dump)
 * io 4711 write 1004096
 * io 4900 write 89990144
 * io-of all
 * waiting 4900 folio_wait_bit
 * owner /proc/4711 Ruby 1001
 * owner /proc/4900 backup 1002
 * swap 4800 2048
 * cores 2
 * page 4096
 * ticks 100
 * loadavg 5.10 4.90 3.00 5/274 12717
 * MemTotal:        8000000 kB
 * MemAvailable:    1000000 kB
 * SwapTotal:       2000000 kB
 * SwapFree:        1990000 kB
 * pressure cpu some avg10=45.10 avg60=20.00 avg300=5.00 total=123456
 * end
 * </pre>
 *
 * Without both looks and the last line it is unusable.
 */
final class LoadParser {
    /** The smallest number of the kernel's ticks that is told of {@code /proc/stat}. */
    private static final int KINDS_OF_TIME = 8;

    private static final int MOST_OF_EACH = 5;

    private final Lines lines;
    private final LoadLook before;
    private final LoadLook after;
    private final int count;
    private final long pageKilobytes;
    private final long ticksPerSecond;
    private final boolean writersSeen;

    private LoadParser(Lines lines, LoadLook before, LoadLook after) {
        this.lines = lines;
        this.before = before;
        this.after = after;
        this.count = Math.clamp(value("cores", 1), 1, 65_536);
        this.pageKilobytes = Math.max(1, value("page", 4096) / 1024);
        this.ticksPerSecond = Math.max(1, value("ticks", 100));
        this.writersSeen = lines.list().contains("io-of all");
    }

    static Optional<SystemLoad> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        int first = lines.list().indexOf("look");
        int second = lines.list().lastIndexOf("look");
        if (first < 0 || second == first || !lines.list().contains("end")) {
            return Optional.empty();
        }
        var parser = new LoadParser(
                lines,
                LoadLook.of(lines.list().subList(first, second)),
                LoadLook.of(lines.list().subList(second, lines.count())));
        if (parser.before.processors().size() < KINDS_OF_TIME
                || parser.after.processors().size() < KINDS_OF_TIME
                || parser.ticks() <= 0) {
            return Optional.empty();
        }
        return Optional.of(new SystemLoad(
                answer.startedAt(),
                parser.processors(),
                new Memory(
                        parser.value("MemTotal:", 0),
                        parser.value("MemAvailable:", 0),
                        parser.value("SwapTotal:", 0),
                        parser.value("SwapFree:", 0)),
                parser.disks(),
                parser.pressures(),
                parser.consumers(),
                parser.writersSeen));
    }

    /** Ticks of all processors together between the looks. */
    private long ticks() {
        long total = 0;
        for (int i = 0; i < KINDS_OF_TIME; i++) {
            total += spent(i);
        }
        return total;
    }

    private long spent(int kind) {
        return Math.max(0, after.processors().get(kind) - before.processors().get(kind));
    }

    /** Milliseconds between the looks: by the clock, else by the processors' ticks. */
    private double milliseconds() {
        long passed = after.uptime() - before.uptime();
        return before.uptime() > 0 && passed > 0 ? passed * 10.0 : Math.max(1.0, 10.0 * ticks() / count);
    }

    private Processors processors() {
        return new Processors(
                count,
                after.running(),
                after.blocked(),
                percent(ticks() - spent(3) - spent(4)),
                percent(spent(4)),
                percent(spent(7)),
                percent(spent(5) + spent(6)),
                lines.value("loadavg")
                        .map(text -> Words.of(text, 2))
                        .filter(words -> !words.isEmpty())
                        .map(words -> LoadLook.hundredths(words.getFirst()))
                        .orElse(0L));
    }

    private int percent(long part) {
        return Math.clamp(Math.round(100.0 * part / ticks()), 0, 100);
    }

    private List<Disk> disks() {
        var disks = new ArrayList<Disk>();
        after.disks().forEach((name, now) -> {
            DiskCounters then = before.disks().get(name);
            if (then != null) {
                disks.add(disk(name, then, now));
            }
        });
        disks.sort(Comparator.comparing(Disk::name));
        return disks;
    }

    /** Fields of {@code /proc/diskstats} (Linux Documentation/admin-guide/iostats.rst), sectors of 512 bytes. */
    private Disk disk(String name, DiskCounters then, DiskCounters now) {
        double seconds = milliseconds() / 1000;
        long writes = grown(then, now, 4);
        return new Disk(
                name,
                now.number(),
                Math.clamp(Math.round(100.0 * grown(then, now, 9) / milliseconds()), 0, 100),
                writes,
                Math.round(grown(then, now, 6) / 2.0 / seconds),
                writes == 0 ? 0 : grown(then, now, 7) / writes,
                Math.round(100.0 * grown(then, now, 10) / milliseconds()));
    }

    private static long grown(DiskCounters then, DiskCounters now, int field) {
        return Math.max(0, now.fields().get(field) - then.fields().get(field));
    }

    private List<Pressure> pressures() {
        return lines.list().stream()
                .flatMap(line -> Lines.after(line, "pressure").stream())
                .map(text -> Words.of(text, 2))
                .filter(words -> words.size() == 2)
                .flatMap(words -> Pressure.read(words.getFirst(), words.getLast()).stream())
                .limit(6)
                .toList();
    }

    /** Those that use most of something, and those that wait. */
    private List<Consumer> consumers() {
        Map<Long, String> owners = owners();
        Map<Long, String> waiting = labelled("waiting");
        Map<Long, String> swapped = labelled("swap");
        var consumers = new ArrayList<Consumer>();
        after.processes()
                .forEach((pid, now) -> consumers.add(new Consumer(
                        pid,
                        now.name(),
                        owners.getOrDefault(pid, "?"),
                        share(before.processes().get(pid), now),
                        now.pages() * pageKilobytes,
                        Words.number(swapped.getOrDefault(pid, "")).orElse(0),
                        rate(before.written(), after.written(), pid),
                        waiting.containsKey(pid) ? place(waiting.getOrDefault(pid, "")) : "")));
        Set<Consumer> chosen = new LinkedHashSet<>();
        most(consumers, Consumer::processor, chosen);
        most(consumers, Consumer::residentKilobytes, chosen);
        most(consumers, consumer -> consumer.writtenKilobytes().orElse(0), chosen);
        consumers.stream()
                .filter(consumer -> !consumer.waitsIn().isEmpty())
                .sorted(Comparator.comparingLong(Consumer::pid))
                .limit(MOST_OF_EACH)
                .forEach(chosen::add);
        return List.copyOf(chosen);
    }

    private static void most(List<Consumer> consumers, ToLongFunction<Consumer> use, Set<Consumer> chosen) {
        consumers.stream()
                .filter(consumer -> use.applyAsLong(consumer) > 0)
                .sorted(Comparator.comparingLong(use).reversed().thenComparingLong(Consumer::pid))
                .limit(MOST_OF_EACH)
                .forEach(chosen::add);
    }

    /** Percent of one processor; a process that began between the looks is not told. */
    private int share(@Nullable Ticks then, Ticks now) {
        if (then == null || !then.name().equals(now.name())) {
            return 0;
        }
        double used = 1000.0 * Math.max(0, now.ticks() - then.ticks()) / ticksPerSecond;
        return Math.clamp(Math.round(100 * used / milliseconds()), 0, 100 * count);
    }

    /** A counter that stands nowhere is 0 where all could be seen: lines of 0 are left out on the node. */
    private OptionalLong rate(Map<Long, Long> then, Map<Long, Long> now, long pid) {
        if (!writersSeen && !now.containsKey(pid)) {
            return OptionalLong.empty();
        }
        long grown = Math.max(0, now.getOrDefault(pid, 0L) - then.getOrDefault(pid, 0L));
        return OptionalLong.of(Math.round(grown / 1024.0 / (milliseconds() / 1000)));
    }

    private static String place(String symbol) {
        return symbol.isEmpty() || symbol.equals("0") ? "-" : Lines.cut(symbol, 64);
    }

    private Map<Long, String> owners() {
        var owners = new HashMap<Long, String>();
        for (String line : lines.list()) {
            List<String> words = Words.of(line, 5);
            if (words.size() >= 4
                    && words.getFirst().equals("owner")
                    && words.get(1).startsWith("/proc/")) {
                Words.number(words.get(1).substring("/proc/".length()))
                        .ifPresent(
                                pid -> owners.put(pid, words.get(2).equals("UNKNOWN") ? words.get(3) : words.get(2)));
            }
        }
        return owners;
    }

    /** What stands behind the process number of lines with this label. */
    private Map<Long, String> labelled(String label) {
        var values = new HashMap<Long, String>();
        for (String line : lines.list()) {
            List<String> words = Words.of(line, 3);
            if (words.size() >= 2 && words.getFirst().equals(label)) {
                Words.number(words.get(1)).ifPresent(pid -> values.put(pid, words.size() > 2 ? words.get(2) : ""));
            }
        }
        return values;
    }

    private long value(String label, long otherwise) {
        return lines.value(label)
                .map(text -> Words.of(text, 2))
                .filter(words -> !words.isEmpty())
                .map(words -> Words.number(words.getFirst()).orElse(otherwise))
                .orElse(otherwise);
    }
}
