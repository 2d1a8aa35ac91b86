package org.etcdmedic.cli;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.bundle.EntryName;

/**
 * Where the service is.
 *
 * @param base its address, without a slash at the end
 */
record ServiceAddress(String base) {
    /** Where it is unless somebody says otherwise. */
    static final String DEFAULT = "http://127.0.0.1:8080";

    /** The address in these words; empty when they are none, or hold a secret that would be shown to whoever lists processes. */
    static Optional<ServiceAddress> parse(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean address = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return address ? Optional.of(new ServiceAddress(text.replaceFirst("/+$", ""))) : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Something of the service. */
    URI at(String path) {
        return URI.create(base + path);
    }

    /** Whether what is sent there can be read on its way. */
    boolean readableOnTheWay() {
        return at("").getScheme().equalsIgnoreCase("http") && !loopback(at("").getHost());
    }

    /** No name but one is trusted to be this machine: who answers for it, a name server says. */
    private static boolean loopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** As it can be shown. */
    String shown() {
        return EntryName.line(base);
    }
}
