package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters of one look of the probe {@code load}.
 *
 * @param uptime hundredths of a second since boot; 0 where it is not told
 * @param processors ticks of all processors by what they did, as in {@code /proc/stat}
 * @param running processes that run or want to
 * @param blocked processes that wait for a disk
 * @param disks counters by name of the device: its number, then the fields of {@code /proc/diskstats}
 * @param processes counters by process
 * @param written bytes written, by process
 */
record LoadLook(
        long uptime,
        List<Long> processors,
        long running,
        long blocked,
        Map<String, DiskCounters> disks,
        Map<Long, Ticks> processes,
        Map<Long, Long> written) {

    /** The counters of a device, from "reads completed" on. */
    record DiskCounters(String number, List<Long> fields) {}

    /** What a process has used. */
    record Ticks(long ticks, long pages, String name) {}

    static LoadLook of(List<String> lines) {
        long uptime = 0;
        List<Long> processors = List.of();
        long running = 0;
        long blocked = 0;
        var disks = new HashMap<String, DiskCounters>();
        var processes = new HashMap<Long, Ticks>();
        var written = new HashMap<Long, Long>();
        for (String line : lines) {
            List<String> words = Words.of(line, 20);
            switch (words.isEmpty() ? "" : words.getFirst()) {
                case "at" -> uptime = hundredths(words.size() > 1 ? words.get(1) : "");
                case "cpu" -> processors = numbers(words.subList(1, words.size()));
                case "procs_running" -> running = number(words, 1);
                case "procs_blocked" -> blocked = number(words, 1);
                case "disk" -> {
                    if (words.size() >= 15) {
                        disks.put(
                                words.get(3),
                                new DiskCounters(
                                        words.get(1) + ":" + words.get(2),
                                        numbers(words.subList(4, Math.min(15, words.size())))));
                    }
                }
                case "io" -> {
                    if (words.size() >= 4 && words.get(2).equals("write")) {
                        written.put(number(words, 1), number(words, 3));
                    }
                }
                case "process" -> process(line, words, processes);
                default -> {}
            }
        }
        return new LoadLook(uptime, processors, running, blocked, disks, processes, written);
    }

    private static void process(String line, List<String> words, Map<Long, Ticks> processes) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (words.size() >= 6 && open > 0 && close > open) {
            processes.put(
                    number(words, 1),
                    new Ticks(
                            number(words, 2) + number(words, 3),
                            number(words, 4),
                            Lines.cut(line.substring(open + 1, close), 64)));
        }
    }

    /** {@code 12127.22} is 1212722. */
    static long hundredths(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() - dot != 3) {
            return 0;
        }
        return Math.min(number(text.substring(0, dot)), Long.MAX_VALUE / 1000) * 100 + number(text.substring(dot + 1));
    }

    private static List<Long> numbers(List<String> words) {
        var numbers = new ArrayList<Long>();
        words.forEach(word -> numbers.add(number(word)));
        return List.copyOf(numbers);
    }

    private static long number(String word) {
        return Words.number(word).orElse(0);
    }

    private static long number(List<String> words, int index) {
        return index < words.size() ? number(words.get(index)) : 0;
    }
}
