package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.SystemLoad.Consumer;
import org.etcdmedic.evidence.SystemLoad.Disk;
import org.etcdmedic.evidence.SystemLoad.Pressure;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code load} prints: counters twice, a second apart, then what needs no difference. A process line
 * holds pid, user ticks, system ticks, resident pages and the name:
 *
 * <pre>
 * look
 * cpu  6000 0 3000 90000 500 0 100 200 0 0
 * procs_running 3
 * procs_blocked 1
 * disk  254       0 vda 1000 0 80000 500 2000 0 160000 9000 0 4000 9500
 * process 4711 100 50 25600 (etcd)
 * process 4800 900 100 51200 (stress-ng (cpu))
 * look
 * cpu  6150 0 3010 90030 505 0 100 205 0 0
 * procs_running 5
 * procs_blocked 2
 * disk  254       0 vda 1001 0 80008 501 2004 0 160032 9900 1 4950 10400
 * process 4711 101 50 25600 (etcd)
 * process 4800 995 104 51200 (stress-ng (cpu))
 * cores 2
 * page 4096
 * MemTotal:        8000000 kB
 * MemAvailable:    1000000 kB
 * pressure cpu some avg10=45.10 avg60=20.00 avg300=5.00 total=123456
 * end
 * </pre>
 *
 * Without both looks and the last line it is unusable.
 */
final class LoadParser {
    private static final int MOST = 5;

    private LoadParser() {}

    /** The counters of one look. */
    private record Look(
            List<Long> cpu, long running, long blocked, Map<String, Long> disks, Map<Long, Ticks> processes) {}

    private record Ticks(long ticks, long pages, String name) {}

    static Optional<SystemLoad> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        int first = lines.list().indexOf("look");
        int second = lines.list().lastIndexOf("look");
        if (first < 0 || second == first || !lines.list().contains("end")) {
            return Optional.empty();
        }
        Look before = look(lines.list().subList(first, second));
        Look after = look(lines.list().subList(second, lines.count()));
        if (before.cpu().size() < 8 || after.cpu().size() < 8) {
            return Optional.empty();
        }
        long total = 0;
        for (int i = 0; i < 8; i++) {
            total += delta(before, after, i);
        }
        if (total <= 0) {
            return Optional.empty();
        }
        int cores = Math.clamp(value(lines, "cores", 1), 1, 65_536);
        long page = value(lines, "page", 4096) / 1024;
        List<Consumer> consumers = consumers(before, after, total, cores, page);
        return Optional.of(new SystemLoad(
                cores,
                after.running(),
                after.blocked(),
                percent(total - delta(before, after, 3) - delta(before, after, 4), total),
                percent(delta(before, after, 4), total),
                percent(delta(before, after, 7), total),
                value(lines, "MemTotal:", 0),
                value(lines, "MemAvailable:", 0),
                disks(before, after, total, cores),
                pressures(lines),
                most(consumers, Comparator.comparingInt(Consumer::percent)),
                most(consumers, Comparator.comparingLong(Consumer::kilobytes))));
    }

    private static Look look(List<String> lines) {
        List<Long> cpu = List.of();
        long running = 0;
        long blocked = 0;
        var disks = new HashMap<String, Long>();
        var processes = new HashMap<Long, Ticks>();
        for (String line : lines) {
            List<String> words = Words.of(line, 16);
            switch (words.isEmpty() ? "" : words.getFirst()) {
                case "cpu" ->
                    cpu = words.stream().skip(1).map(LoadParser::number).toList();
                case "procs_running" -> running = number(words, 1);
                case "procs_blocked" -> blocked = number(words, 1);
                case "disk" -> {
                    if (words.size() >= 14) {
                        disks.put(words.get(3), number(words, 13));
                    }
                }
                case "process" -> {
                    int open = line.indexOf('(');
                    int close = line.lastIndexOf(')');
                    if (words.size() >= 6 && open > 0 && close > open) {
                        processes.put(
                                number(words, 1),
                                new Ticks(
                                        number(words, 2) + number(words, 3),
                                        number(words, 4),
                                        line.substring(open + 1, close)));
                    }
                }
                default -> {}
            }
        }
        return new Look(cpu, running, blocked, disks, processes);
    }

    private static List<Consumer> consumers(Look before, Look after, long total, int cores, long page) {
        var consumers = new ArrayList<Consumer>();
        after.processes().forEach((pid, now) -> {
            Ticks then = before.processes().get(pid);
            long used = then == null ? 0 : Math.max(0, now.ticks() - then.ticks());
            // The total is that of all processors together.
            int share = (int) Math.min(100L * cores, Math.round(100.0 * used * cores / total));
            consumers.add(new Consumer(pid, now.name(), share, now.pages() * page));
        });
        return consumers;
    }

    private static List<Consumer> most(List<Consumer> consumers, Comparator<Consumer> by) {
        return consumers.stream()
                .sorted(by.reversed().thenComparingLong(Consumer::pid))
                .limit(MOST)
                .toList();
    }

    /** The kernel counts a disk's work in milliseconds, and processor time in hundredths of a second. */
    private static List<Disk> disks(Look before, Look after, long total, int cores) {
        double milliseconds = 10.0 * total / cores;
        return after.disks().entrySet().stream()
                .filter(disk -> before.disks().containsKey(disk.getKey()))
                .map(disk -> new Disk(
                        disk.getKey(),
                        Math.clamp(
                                Math.round(100.0
                                        * (disk.getValue() - before.disks().getOrDefault(disk.getKey(), 0L))
                                        / milliseconds),
                                0,
                                100)))
                .sorted(Comparator.comparing(Disk::name))
                .toList();
    }

    private static List<Pressure> pressures(Lines lines) {
        return lines.list().stream()
                .flatMap(line -> Lines.after(line, "pressure").stream())
                .filter(text -> text.indexOf(' ') > 0)
                .map(text -> new Pressure(
                        text.substring(0, text.indexOf(' ')), Lines.cut(text.substring(text.indexOf(' ') + 1), 200)))
                .limit(6)
                .toList();
    }

    private static long delta(Look before, Look after, int index) {
        return Math.max(0, after.cpu().get(index) - before.cpu().get(index));
    }

    private static int percent(long part, long total) {
        return Math.clamp(Math.round(100.0 * part / total), 0, 100);
    }

    private static long value(Lines lines, String label, long otherwise) {
        return lines.value(label)
                .map(text -> Words.of(text))
                .filter(words -> !words.isEmpty())
                .map(words -> Words.number(words.getFirst()).orElse(otherwise))
                .orElse(otherwise);
    }

    private static long number(String word) {
        return Words.number(word).orElse(0);
    }

    private static long number(List<String> words, int index) {
        return index < words.size() ? number(words.get(index)) : 0;
    }
}
