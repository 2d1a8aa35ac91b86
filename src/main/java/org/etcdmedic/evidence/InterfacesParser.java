package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code addresses} prints:
 *
 * <pre>
 * links
 * 1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
 * 3: eth1@if12: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state LOWERLAYERDOWN mode DEFAULT
 * addresses
 * 1: lo    inet 127.0.0.1/8 scope host lo
 * 3: eth1    inet 198.51.100.1/24 scope global eth1
 * 3: eth1    inet6 2001:db8::1/64 scope global
 * routes
 * 198.51.100.0/24 dev eth1 proto kernel scope link src 198.51.100.1
 * end
 * </pre>
 *
 * Where {@code ip} is missing, it is the kernel's {@code fib_trie} instead, which knows no interfaces and no IPv6:
 *
 * <pre>
 * trie
 *            |-- 198.51.100.1
 *               /32 host LOCAL
 * end
 * </pre>
 *
 * A list that does not come to its end is unusable: what is not in it may be there nevertheless.
 */
final class InterfacesParser {
    private InterfacesParser() {}

    static Optional<NetworkInterfaces> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        if (answer.truncated() || lines.count() == 0 || !lines.at(lines.count()).equals("end")) {
            return Optional.empty();
        }
        Map<String, Boolean> up = new HashMap<>();
        var addresses = new ArrayList<NetworkInterfaces.Address>();
        String section = "";
        String leaf = "";
        boolean listed = false;
        for (int i = 1; i <= lines.count(); i++) {
            String line = lines.at(i);
            List<String> words = Words.of(line);
            switch (line) {
                case "links", "addresses", "routes", "trie" -> section = line;
                default -> {
                    if (section.equals("links") && words.size() > 2) {
                        up.put(name(words.get(1)), isUp(words.get(2)));
                    } else if (section.equals("addresses")
                            && words.size() > 3
                            && words.get(2).startsWith("inet")) {
                        String name = name(words.get(1));
                        addresses.add(new NetworkInterfaces.Address(
                                bare(words.get(3)), name, up.getOrDefault(name, true), lines.source(i)));
                    } else if (section.equals("trie")
                            && words.size() > 1
                            && words.getFirst().equals("|--")) {
                        leaf = words.get(1);
                    } else if (section.equals("trie") && line.strip().equals("/32 host LOCAL")) {
                        addresses.add(new NetworkInterfaces.Address(leaf, "-", true, lines.source(i)));
                    }
                }
            }
            listed |= line.equals("addresses");
        }
        // Not even a loopback address: what was printed is no list of addresses.
        return addresses.isEmpty() ? Optional.empty() : Optional.of(new NetworkInterfaces(addresses, listed));
    }

    /** {@code eth1@if12:} is {@code eth1}. */
    private static String name(String word) {
        int end = word.indexOf('@');
        String name = end < 0 ? word : word.substring(0, end);
        return name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isUp(String flags) {
        List<String> set = List.of(flags.replace("<", "").replace(">", "").split(",", -1));
        return set.contains("UP") && !set.contains("NO-CARRIER");
    }

    private static String bare(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }
}
