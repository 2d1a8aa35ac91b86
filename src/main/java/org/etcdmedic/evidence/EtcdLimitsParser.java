package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.EtcdLimits.Group;
import org.etcdmedic.evidence.EtcdLimits.Member;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code etcd-limits} prints: the same twice, a second apart. In a group each line is a file, a colon
 * and a line of that file.
 *
 * <pre>
 * look
 * at 12127.22
 * etcd 4711
 * group v2 /system.slice/etcd.service
 * cpu.max:20000 100000
 * cpu.stat:nr_periods 1000
 * cpu.stat:nr_throttled 700
 * memory.max:536870912
 * memory.events:max 10
 * memory.events:oom_kill 1
 * io.max:254:16 rbps=max wbps=2097152 riops=max wiops=max
 * cpu.pressure:some avg10=45.10 avg60=20.00 avg300=5.00 total=123456
 * look
 * at 12128.22
 * etcd 4711
 * group v2 /system.slice/etcd.service
 * cpu.max:20000 100000
 * cpu.stat:nr_periods 1010
 * cpu.stat:nr_throttled 709
 * memory.max:536870912
 * memory.events:max 12
 * memory.events:oom_kill 1
 * io.max:254:16 rbps=max wbps=2097152 riops=max wiops=max
 * cpu.pressure:some avg10=45.10 avg60=20.00 avg300=5.00 total=123456
 * group cpu /lab
 * cpu.cfs_quota_us:-1
 * cpu.cfs_period_us:100000
 * end
 * </pre>
 *
 * Without both looks and the last line it is unusable.
 */
final class EtcdLimitsParser {
    private static final int MOST_GROUPS = 400;

    private EtcdLimitsParser() {}

    /** Which group of which process. */
    private record Key(long pid, String hierarchy, String path) {}

    /** What one look told of a group. */
    private record Told(Map<String, Long> values, List<Pressure> pressures, List<String> writeLimits) {}

    static Optional<EtcdLimits> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        int first = lines.list().indexOf("look");
        int second = lines.list().lastIndexOf("look");
        if (first < 0 || second == first || !lines.list().contains("end")) {
            return Optional.empty();
        }
        Map<Key, Told> before = look(lines.list().subList(first, second));
        Map<Key, Told> after = look(lines.list().subList(second, lines.count()));
        var members = new LinkedHashMap<Long, List<Group>>();
        after.forEach((key, told) -> members.computeIfAbsent(key.pid(), pid -> new ArrayList<>())
                .add(new Group(
                        key.hierarchy(),
                        key.path(),
                        before.containsKey(key) ? before.get(key).values() : told.values(),
                        told.values(),
                        told.pressures(),
                        told.writeLimits())));
        return Optional.of(new EtcdLimits(
                answer.startedAt(),
                members.entrySet().stream()
                        .map(member -> new Member(member.getKey(), member.getValue()))
                        .toList()));
    }

    private static Map<Key, Told> look(List<String> lines) {
        var groups = new LinkedHashMap<Key, Told>();
        long pid = 0;
        Told told = new Told(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : lines) {
            Optional<String> group = Lines.after(line, "group");
            if (Lines.after(line, "etcd").isPresent()) {
                pid = Words.number(Lines.after(line, "etcd").get()).orElse(0);
            } else if (group.isPresent()) {
                List<String> words = Words.of(group.get(), 2);
                told = new Told(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
                if (words.size() == 2 && groups.size() < MOST_GROUPS) {
                    groups.put(new Key(pid, words.getFirst(), words.getLast()), told);
                }
            } else if (line.indexOf(':') > 0) {
                file(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1), told);
            }
        }
        return groups;
    }

    private static void file(String file, String text, Told told) {
        List<String> words = Words.of(text, 6);
        if (words.isEmpty()) {
            return;
        }
        switch (file) {
            case "cpu.max" -> {
                Words.number(words.getFirst()).ifPresent(quota -> told.values().put("cpu.max quota", quota));
                if (words.size() > 1) {
                    Words.number(words.get(1)).ifPresent(period -> told.values().put("cpu.max period", period));
                }
            }
            case "cpu.pressure", "memory.pressure", "io.pressure" ->
                Pressure.read(file.substring(0, file.indexOf('.')), text)
                        .filter(pressure -> told.pressures().size() < 6)
                        .ifPresent(told.pressures()::add);
            case "io.max", "blkio.throttle.write_bps_device", "blkio.throttle.write_iops_device" -> {
                if (told.writeLimits().size() < 4 && limitsWrites(file, text)) {
                    told.writeLimits().add(Lines.cut(file + " " + text, 120));
                }
            }
            default -> number(file, words, told.values());
        }
    }

    private static boolean limitsWrites(String file, String text) {
        return !file.equals("io.max")
                || (text.contains("wbps=") && !text.contains("wbps=max"))
                || (text.contains("wiops=") && !text.contains("wiops=max"));
    }

    private static void number(String file, List<String> words, Map<String, Long> values) {
        if (words.size() == 1) {
            Words.number(words.getFirst()).ifPresent(number -> values.put(file, number));
        } else {
            Words.number(words.get(1)).ifPresent(number -> values.put(file + " " + words.getFirst(), number));
        }
    }
}
