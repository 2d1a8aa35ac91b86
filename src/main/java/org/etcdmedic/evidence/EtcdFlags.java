package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The words of etcd's command line: of the running process, else of om_monitor's last start command. */
record EtcdFlags(List<String> words) {
    private static final String START = "run etcd command";

    /** Empty where neither is known. */
    static Optional<EtcdFlags> of(NodeEvidence evidence) {
        return evidence.processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .findFirst()
                .map(process -> new EtcdFlags(process.arguments()))
                .or(() -> evidence.omMonitorLog().known().stream()
                        .flatMap(log -> log.lines().reversed().stream())
                        .map(LogLine::message)
                        .filter(message -> message.contains(START))
                        .findFirst()
                        .map(message -> new EtcdFlags(Words.of(message))));
    }

    /** The value of a flag, given with one or two dashes, joined by {@code =} or as the next word. */
    Optional<String> value(String flag) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String bare = word.startsWith("--") ? word.substring(2) : word.startsWith("-") ? word.substring(1) : "";
            if (bare.equals(flag) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            }
            if (bare.startsWith(flag + "=")) {
                return Optional.of(bare.substring(flag.length() + 1));
            }
        }
        return Optional.empty();
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
