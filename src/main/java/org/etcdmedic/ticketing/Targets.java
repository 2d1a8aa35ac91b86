package org.etcdmedic.ticketing;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.etcdmedic.platform.WrongSetting;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.SecretFile;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;

/** The configured targets and rules, all of them sound. */
public final class Targets {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,40}";
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(30);

    private final Map<String, ConfiguredTarget> byName;
    private final TicketSettings settings;

    private Targets(Map<String, ConfiguredTarget> byName, TicketSettings settings) {
        this.byName = byName;
        this.settings = settings;
    }

    /**
     * What the configuration says.
     *
     * @param couriers the courier of a target, by the name of its SSL bundle (empty: Java's own)
     * @throws WrongSetting with everything that is wrong, and no value that could be a secret
     */
    public static Targets of(
            TicketSettings settings, Collection<TargetKind> kinds, Function<String, Courier> couriers) {
        var mistakes = new ArrayList<String>();
        var byKind = new TreeMap<String, TargetKind>();
        kinds.forEach(kind -> {
            if (byKind.put(kind.name(), kind) != null) {
                mistakes.add("there are two presets " + kind.name());
            }
        });
        if (!settings.link().isEmpty() && Address.wrong(settings.link(), true).isPresent()) {
            mistakes.add("medic.tickets.link is not http(s)://host[:port][/path] without an account");
        }
        if (settings.limit().compareTo(LEAST) < 0 || settings.limit().compareTo(MOST) > 0) {
            mistakes.add("medic.tickets.limit is not 100ms to 30s");
        }
        if (settings.follow().within().isNegative()) {
            mistakes.add("medic.tickets.follow.within is less than nothing");
        }
        var byName = new LinkedHashMap<String, ConfiguredTarget>();
        new TreeMap<>(settings.targets()).forEach((name, entry) -> {
            var own = new ArrayList<String>();
            target(name, entry, byKind, couriers, own).ifPresent(target -> byName.put(name, target));
            own.forEach(mistake -> mistakes.add("medic.tickets.targets." + name + ": " + mistake));
        });
        rules(settings, mistakes);
        if (!mistakes.isEmpty()) {
            throw new WrongSetting(mistakes);
        }
        return new Targets(byName, settings);
    }

    private static Optional<ConfiguredTarget> target(
            String name,
            TicketSettings.Entry entry,
            Map<String, TargetKind> kinds,
            Function<String, Courier> couriers,
            List<String> mistakes) {
        if (!name.matches(NAME)) {
            mistakes.add("its name is not lower-case words, digits and hyphens");
        }
        boolean secretAddress = SecretFile.at(entry.url()).isPresent();
        if (!secretAddress) {
            Address.wrong(entry.url(), entry.allowHttp()).ifPresent(mistakes::add);
        }
        if (entry.secret().stream().anyMatch(file -> SecretFile.at(file).isEmpty())) {
            mistakes.add("secret is not file:/...");
        }
        TargetKind kind = kinds.get(entry.preset());
        if (kind == null) {
            mistakes.add("preset is none of " + String.join(", ", kinds.keySet()));
            return Optional.empty();
        }
        if (kind.needsSecret() && entry.secret().isEmpty()) {
            mistakes.add("secret is missing");
        }
        try {
            List<Limits.Rate> rates =
                    entry.rates().stream().map(Limits.Rate::of).toList();
            Target target = kind.target(new TargetKind.Wishes(entry.settings(), entry.templates(), rates));
            return Optional.of(new ConfiguredTarget(name, kind, target, entry, couriers.apply(entry.sslBundle())));
        } catch (TargetKind.Misconfigured wrong) {
            mistakes.addAll(wrong.mistakes());
        } catch (IllegalArgumentException noRate) {
            mistakes.add("rates: " + noRate.getMessage());
        } catch (org.springframework.boot.ssl.NoSuchSslBundleException noBundle) {
            mistakes.add("ssl-bundle names none of spring.ssl.bundle");
        }
        return Optional.empty();
    }

    private static void rules(TicketSettings settings, List<String> mistakes) {
        for (int i = 0; i < settings.rules().size(); i++) {
            String where = "medic.tickets.rules[" + i + "]: ";
            Rule rule = settings.rules().get(i);
            if (rule.to().isEmpty()) {
                mistakes.add(where + "to is missing");
            }
            rule.to().stream()
                    .filter(target -> !settings.targets().containsKey(target))
                    .forEach(target -> mistakes.add(where + "there is no target " + target));
            if (!rule.language().equals("en") && !rule.language().equals("zh-CN")) {
                mistakes.add(where + "language is neither en nor zh-CN");
            }
        }
    }

    /** What is wrong with an address. */
    static final class Address {
        private Address() {}

        /** Why nothing is sent there; empty when it may be. */
        static Optional<String> wrong(String text, boolean allowHttp) {
            URI address;
            try {
                address = new URI(text);
            } catch (URISyntaxException none) {
                return Optional.of("url is not http(s)://host[:port][/path]");
            }
            boolean plain = "http".equals(address.getScheme());
            if ((!plain && !"https".equals(address.getScheme())) || address.getHost() == null) {
                return Optional.of("url is not http(s)://host[:port][/path]");
            }
            if (address.getUserInfo() != null) {
                return Optional.of("url holds an account; accounts belong into settings.user and secret");
            }
            if (address.getQuery() != null || address.getFragment() != null) {
                return Optional.of(
                        "url has a query or a fragment; an address with a token belongs into a file, file:/...");
            }
            return plain && !allowHttp && !isLoopback(address.getHost())
                    ? Optional.of("url is without TLS; allow-http says that this is meant")
                    : Optional.empty();
        }

        static boolean isLoopback(String host) {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            // Only what is written as an address: asking for a name would trust whoever answers.
            return bare.equals("localhost") || (bare.matches("[0-9.]+|[0-9a-fA-F:]+") && literal(bare));
        }

        private static boolean literal(String address) {
            try {
                return InetAddress.ofLiteral(address).isLoopbackAddress();
            } catch (IllegalArgumentException none) {
                return false;
            }
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Their names, in order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The target of this name; empty when the configuration has none (any more). */
    public Optional<ConfiguredTarget> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** How a target takes what happens to a case. */
    public Manner manner(String name) {
        return find(name).map(target -> target.target().manner()).orElse(Manner.MESSAGE);
    }

    /** The rules, in order. */
    public List<Rule> rules() {
        return settings.rules();
    }

    /** What happens to a ticket after its opening. */
    public TicketSettings.Follow follow() {
        return settings.follow();
    }

    /** Base of links; empty when there are none. */
    public Optional<String> link() {
        return Optional.of(settings.link()).filter(link -> !link.isEmpty());
    }
}
