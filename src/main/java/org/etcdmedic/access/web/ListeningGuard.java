package org.etcdmedic.access.web;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

/** Refuses to listen anywhere but on loopback while nobody has to say who he is. */
final class ListeningGuard {
    private ListeningGuard() {}

    /** Where the service would be open; empty when it is not. */
    static Optional<String> openAt(ServerProperties server, Environment environment) {
        if (!loopback(server.getAddress())) {
            return Optional.of("server.address");
        }
        boolean ownPort = environment.getProperty("management.server.port") != null;
        @Nullable String management = environment.getProperty("management.server.address");
        if (ownPort && !loopback(management)) {
            return Optional.of("management.server.address");
        }
        return Optional.empty();
    }

    private static boolean loopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }

    private static boolean loopback(@Nullable String address) {
        return address != null && address.matches("localhost|127(\\.[0-9]{1,3}){3}|::1");
    }
}
