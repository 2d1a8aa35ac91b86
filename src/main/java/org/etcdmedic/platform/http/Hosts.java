package org.etcdmedic.platform.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that may be asked where somebody else names the address.
 *
 * @param patterns names; a label that is {@code *} stands for exactly one label, wherever it is. Never for more: below the suffix
 *     of a cloud its customers have names, too
 */
public record Hosts(List<String> patterns) {
    /** These. */
    public Hosts {
        patterns = patterns.stream()
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether it leads there, by HTTPS and with nobody's credentials in it. */
    public boolean allow(URI address) {
        String host = address.getHost();
        return "https".equals(address.getScheme())
                && host != null
                && address.getUserInfo() == null
                && patterns.stream().anyMatch(pattern -> fits(labels(pattern), labels(host.toLowerCase(Locale.ROOT))));
    }

    private static boolean fits(List<String> pattern, List<String> host) {
        if (pattern.size() != host.size()) {
            return false;
        }
        for (int i = 0; i < host.size(); i++) {
            String wanted = pattern.get(i);
            String label = host.get(i);
            if (!(wanted.equals("*") ? !label.isEmpty() : wanted.equals(label))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> labels(String name) {
        return List.of(name.split("\\.", -1));
    }
}
