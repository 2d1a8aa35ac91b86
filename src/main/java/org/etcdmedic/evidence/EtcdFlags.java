package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Addresses and paths that the flags of etcd's command line name. */
record EtcdFlags(EtcdCommand command) {
    /** Empty where the command line is not known. */
    static Optional<EtcdFlags> of(NodeEvidence evidence) {
        return EtcdCommand.of(evidence).map(EtcdFlags::new);
    }

    /** The value of a flag. */
    Optional<String> value(String flag) {
        return command.flag(flag);
    }

    /** The first URL of these flags that others can reach: one of every interface, or of loopback, names no address. */
    Optional<Url> url(String listen, String advertised) {
        return Stream.of(listen, advertised)
                .flatMap(flag -> value(flag).stream())
                .flatMap(list -> Stream.of(list.split(",", 64)))
                .flatMap(text -> Url.of(text).stream())
                .filter(Url::names)
                .findFirst();
    }

    /** An absolute path that a flag names. */
    Optional<String> path(String flag) {
        return value(flag).filter(path -> path.startsWith("/") && path.indexOf('\n') < 0);
    }

    /** Scheme, host and port of an URL of etcd's. */
    record Url(String scheme, String host, int port) {
        static Optional<Url> of(String text) {
            int scheme = text.indexOf("://");
            int colon = text.lastIndexOf(':');
            if (scheme < 0 || colon <= scheme + 3) {
                return Optional.empty();
            }
            String host = text.substring(scheme + 3, colon).replace("[", "").replace("]", "");
            OptionalInt port = Words.smallNumber(text.substring(colon + 1));
            return isHost(host) && port.orElse(0) > 0 && port.orElse(0) < 65_536
                    ? Optional.of(new Url(text.substring(0, scheme), host, port.getAsInt()))
                    : Optional.empty();
        }

        /** As etcd's tools take it. */
        String text() {
            return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }

        boolean names() {
            return !host.startsWith("127.")
                    && !List.of("0.0.0.0", "::", "::1", "localhost").contains(host);
        }
    }

    /** Whether a word can be a host: a name or an address. */
    static boolean isHost(String word) {
        return word.matches("[A-Za-z0-9_:][A-Za-z0-9._:-]{0,252}");
    }
}
