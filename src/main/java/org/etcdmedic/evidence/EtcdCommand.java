package org.etcdmedic.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line of a node's etcd: that of the running process, else the last one that om_monitor started it with.
 *
 * @param arguments its words
 */
public record EtcdCommand(List<String> arguments) {
    private static final String START = "run etcd command";

    /** Copies the words. */
    public EtcdCommand {
        arguments = List.copyOf(arguments);
    }

    /** As far as it is known from this evidence. */
    public static Optional<EtcdCommand> of(NodeEvidence evidence) {
        return evidence.processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .map(ProcessFact::arguments)
                .findFirst()
                .or(() -> evidence.omMonitorLog().known().stream()
                        .flatMap(log -> log.lines().reversed().stream())
                        .map(LogLine::message)
                        .filter(message -> message.contains(START))
                        .findFirst()
                        .map(Words::of))
                .map(EtcdCommand::new);
    }

    /**
     * Value of a flag, with one or two dashes, joined by {@code =} or as the next word, without quotes. Of a flag that
     * stands there twice the last one counts, as for etcd.
     */
    public Optional<String> flag(String flag) {
        for (int i = arguments.size() - 1; i >= 0; i--) {
            String word = arguments.get(i);
            String bare = word.startsWith("--") ? word.substring(2) : word.startsWith("-") ? word.substring(1) : "";
            if (bare.equals(flag) && i + 1 < arguments.size()) {
                return Optional.of(unquoted(arguments.get(i + 1)));
            }
            if (bare.startsWith(flag + "=")) {
                return Optional.of(unquoted(bare.substring(flag.length() + 1)));
            }
        }
        return Optional.empty();
    }

    /** Hosts of its URLs, its own and those of all members, each once: IP addresses and names as they stand there. */
    public List<String> hosts() {
        return Stream.of(
                        "initial-cluster",
                        "initial-advertise-peer-urls",
                        "listen-peer-urls",
                        "advertise-client-urls",
                        "listen-client-urls")
                .flatMap(flag -> flag(flag).stream())
                .flatMap(EtcdCommand::hosts)
                .distinct()
                .toList();
    }

    /** Those hosts that are names and no addresses, at most sixteen. */
    public List<String> names() {
        return hosts().stream()
                .filter(host -> !host.contains(":") && !host.matches("[0-9.]+") && !host.equals("localhost"))
                .limit(16)
                .toList();
    }

    /** Hosts of the URLs under which others reach this member. */
    public List<String> ownHosts() {
        return Stream.of("initial-advertise-peer-urls", "advertise-client-urls")
                .flatMap(flag -> flag(flag).stream())
                .flatMap(EtcdCommand::hosts)
                .distinct()
                .toList();
    }

    private static Stream<String> hosts(String urls) {
        return Arrays.stream(urls.split(",", 64)).flatMap(url -> host(url).stream());
    }

    /** {@code etcd_1=https://10.0.0.1:2380}, {@code https://[fd00::1]:2380} or {@code https://etcd-1:2380/}. */
    private static Optional<String> host(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return Optional.empty();
        }
        String rest = url.substring(scheme + 3);
        int slash = rest.indexOf('/');
        String place = slash < 0 ? rest : rest.substring(0, slash);
        int colon = place.lastIndexOf(':');
        String host = colon < 0 || place.endsWith("]") ? place : place.substring(0, colon);
        return Optional.of(host.replace("[", "").replace("]", "")).filter(h -> !h.isEmpty());
    }

    private static String unquoted(String value) {
        return value.replace("\"", "").replace("'", "");
    }
}
