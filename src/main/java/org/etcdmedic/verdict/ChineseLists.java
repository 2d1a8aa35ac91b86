package org.etcdmedic.verdict;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists that our own code puts into a value, as Chinese writes them: with its own commas and brackets. */
final class ChineseLists {
    /** Values that are lists of names, some with words in brackets behind them. */
    private static final Set<String> NAMES = Set.of("peerNames", "port", "peers", "members", "peerAddresses");

    /** A process as {@link Consumption} names it; what stands before the bracket is a node's own word and stays. */
    private static final Pattern PROCESS = Pattern.compile(" \\(pid (\\d+), ([^(),]*), ([^(),]*)\\)");

    private ChineseLists() {}

    /** The values, with every list among them as Chinese writes it. */
    static Map<String, String> in(Map<String, String> values) {
        var all = new HashMap<String, String>();
        values.forEach((name, value) -> all.put(name, NAMES.contains(name) ? names(value) : processes(value)));
        return all;
    }

    /** A list of processes; any other value stays as it is. */
    static String processes(String value) {
        return PROCESS.matcher(value).replaceAll("（PID $1，$2，$3）").replace("）, ", "）、");
    }

    private static String names(String value) {
        return value.contains("(")
                ? value.replace("), ", "）、")
                        .replace(" (", "（")
                        .replace(")", "）")
                        .replace(", ", "，")
                : value.replace(", ", "、");
    }
}
