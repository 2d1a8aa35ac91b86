package org.etcdmedic.platform.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that may be asked where somebody else names the address.
 *
 * @param patterns names; {@code *.} in front of one stands for one or more words
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
                && patterns.stream().anyMatch(pattern -> fits(pattern, host.toLowerCase(Locale.ROOT)));
    }

    private static boolean fits(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
                : host.equals(pattern);
    }
}
