package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.evidence.SystemLoad.Consumer;

/** Names the processes that use most of something: number, account and amount behind each name. */
final class Consumption {
    /** Before the name of a variable: only those that a human may stop or move. */
    private static final String MOVABLE = "movable";

    /** What the cluster lives on; nobody is ever told to stop or move it. */
    private static final Set<String> KEPT = Set.of("etcd", "om_monitor", "cm_agent", "cm_server", "gaussdb");

    /** Percent of one processor; who uses less does not load a machine. */
    private static final int HEAVY = 10;

    private Consumption() {}

    /** Puts the heaviest users of processor time under {@code cpuUsers}, where there are any. */
    static void cpu(SystemLoad load, Map<String, String> values) {
        List<Consumer> heavy = load.byProcessor().stream()
                .filter(consumer -> consumer.processor() >= HEAVY)
                .toList();
        put("cpuUsers", heavy, c -> c.processor() + " % CPU", values);
    }

    /** Puts the heaviest users of memory under {@code memoryUsers}. */
    static void memory(SystemLoad load, Map<String, String> values) {
        put("memoryUsers", load.byMemory(), Consumption::memory, values);
    }

    /** Puts the heaviest writers under {@code writers}. */
    static void writers(SystemLoad load, Map<String, String> values) {
        put("writers", load.byWriting(), c -> rate(c.writtenKilobytes().orElse(0)), values);
    }

    /** Puts those that wait for a disk under {@code waiting}, with where in the kernel. */
    static void waiting(SystemLoad load, Map<String, String> values) {
        put("waiting", load.waiting(), Consumer::waitsIn, values);
    }

    /** {@code 83.5 MiB/s} or {@code 12 KiB/s}. */
    static String rate(long kilobytes) {
        return kilobytes < 1024
                ? kilobytes + " KiB/s"
                : kilobytes / 1024 + "." + kilobytes % 1024 * 10 / 1024 + " MiB/s";
    }

    private static String memory(Consumer consumer) {
        String resident = consumer.residentKilobytes() / 1024 + " MiB";
        return consumer.swappedKilobytes() < 1024
                ? resident
                : resident + " + " + consumer.swappedKilobytes() / 1024 + " MiB swap";
    }

    private static void put(
            String variable, List<Consumer> consumers, Function<Consumer, String> amount, Map<String, String> values) {
        if (!consumers.isEmpty()) {
            values.put(variable, names(consumers, amount));
        }
        List<Consumer> movable =
                consumers.stream().filter(c -> !KEPT.contains(c.name())).toList();
        if (!movable.isEmpty()) {
            values.put(
                    MOVABLE + Character.toUpperCase(variable.charAt(0)) + variable.substring(1),
                    names(movable, amount));
        }
    }

    private static String names(List<Consumer> consumers, Function<Consumer, String> amount) {
        return consumers.stream()
                .map(c -> c.name() + " (pid " + c.pid() + ", " + c.user() + ", " + amount.apply(c) + ")")
                .collect(Collectors.joining(", "));
    }
}
