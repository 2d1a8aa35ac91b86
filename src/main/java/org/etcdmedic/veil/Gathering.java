package org.etcdmedic.veil;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/** Finds out which words are names, and which addresses there are, before any of them is given a pseudonym. */
final class Gathering {
    /** What may be a name of a host, of a node or of an account. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:%@+-]{1,252}");

    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl},/\"\\\\=]{2,128}");

    /** Whom a product's own certificates name: it tells nothing of where it runs. */
    private static final Pattern GIVEN_BY_PRODUCT = Pattern.compile(
            "(?:etcd|gaussdb|client|server|peer|root|ca|localhost)(?:[-_ .]\\d{1,5}| CA| etcd CA)?",
            Pattern.CASE_INSENSITIVE);

    /** Names that tell nothing of where they stand, and accounts that every machine has. */
    private static final Set<String> COMMON = Set.of(
            "localhost",
            "localhost4",
            "localhost6",
            "localhost.localdomain",
            "localhost4.localdomain4",
            "localhost6.localdomain6",
            "localdomain",
            "ip6-localhost",
            "ip6-loopback",
            "etcd",
            "gauss",
            "gaussdb",
            "node",
            "host",
            "server",
            "client",
            "peer",
            "kernel",
            "none",
            "null",
            "unknown",
            "offline",
            "default",
            "instance",
            "database",
            "true",
            "false",
            "root",
            "ruby",
            "omm",
            "nobody",
            "daemon",
            "sshd",
            "cron",
            "crond",
            "postgres",
            "ntp",
            "chrony",
            "dbus",
            "messagebus",
            "polkitd",
            "syslog",
            "rpc",
            "systemd",
            "systemd-network",
            "systemd-resolve",
            "systemd-timesync",
            "active",
            "standby",
            "primary",
            "leader",
            "follower",
            "network",
            "disk",
            "data",
            "member",
            "cluster",
            "address",
            "port",
            "status",
            "state",
            "error",
            "failed",
            "timeout",
            "connection");

    /** Endings of names on the Internet and inside; what ends in another word may as well be a file. */
    private static final Set<String> ENDINGS = Set.of(
            "com",
            "net",
            "org",
            "edu",
            "gov",
            "mil",
            "int",
            "info",
            "biz",
            "cloud",
            "cn",
            "hk",
            "tw",
            "sg",
            "jp",
            "kr",
            "eu",
            "de",
            "uk",
            "fr",
            "es",
            "it",
            "nl",
            "ch",
            "at",
            "se",
            "pl",
            "us",
            "ca",
            "br",
            "mx",
            "au",
            "ru",
            "ae",
            "za",
            "local",
            "lan",
            "internal",
            "intra",
            "intranet",
            "corp",
            "private",
            "home",
            "test",
            "example",
            "invalid",
            "arpa");

    private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,4}");

    /** Whose documents and sources logs refer to. */
    private static final Pattern PUBLIC = Pattern.compile(
            "(?:.*\\.)?(?:github\\.com|golang\\.org|kernel\\.org|redhat\\.com|debian\\.org|ubuntu\\.com|openssl\\.org|gnu\\.org"
                    + "|freedesktop\\.org|w3\\.org|example\\.(?:com|net|org))",
            Pattern.CASE_INSENSITIVE);

    /** A place where a name stands, in answers of these probes; of all where none is stated. The first group is the name. */
    private record Place(Set<String> probes, Kind kind, Pattern pattern) {
        Place(Kind kind, String pattern, String... probes) {
            this(Set.of(probes), kind, Pattern.compile(pattern, Pattern.MULTILINE));
        }
    }

    private static final String HOST = "([A-Za-z0-9_][A-Za-z0-9._-]{1,252}+)";
    private static final List<Place> PLACES = List.of(
            new Place(Kind.HOST, "^hostname " + HOST, "identity"),
            new Place(Kind.ACCOUNT, "^user ([^\\s/:]{1,64}+)$", "identity"),
            new Place(Kind.HOST, "^name " + HOST + " exit ", "resolve-names"),
            new Place(Kind.HOST, "^ {0,8}\\d{1,4} {1,4}" + HOST + " +[0-9A-Fa-f.:]{3,45} ", "cluster-status"),
            new Place(
                    Kind.HOST,
                    "\"(?:[\\w:.-]{0,40}?host(?:_?name)?|nodename|node|instance|instance_name)\" {0,2}: {0,2}\""
                            + HOST),
            new Place(
                    Kind.MACHINE,
                    "\"(?:name|key_name|display_name|OS-EXT-SRV-ATTR:instance_name)\" {0,2}: {0,2}\"([^\"\\\\]{2,128}+)\"",
                    "compute-server",
                    "compute-migrations"),
            new Place(Kind.HOST, "://(?:[^\\s/@\"']{1,64}+@)?" + HOST),
            new Place(Kind.HOST, "\\blookup " + HOST),
            new Place(Kind.HOST, "\\bdial (?:tcp|udp)[46]? " + HOST + ":\\d"),
            new Place(
                    Kind.HOST,
                    "^(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT[0-9:.,]{8,20}+(?:Z|[+-]\\d\\d:?\\d\\d)) "
                            + HOST + " [^\\s:\\[]{1,64}+(?:\\[\\d{1,10}\\])?:"),
            new Place(Kind.HOST, "\\bDNS:" + HOST, "certificates"),
            new Place(
                    Kind.SUBJECT,
                    "\\b(?:CN|O|OU|L|ST|street|emailAddress) ?= ?([^,/\\n]{2,128}?)(?=, |/|$| error \\d)",
                    "certificates"),
            new Place(Kind.ACCOUNT, "\\bsudo(?:\\[\\d{1,10}\\])?: {1,8}([^\\s:]{2,64}+) : "),
            new Place(Kind.ACCOUNT, "\\b(?:Accepted|Failed) \\S{1,32} for (?:invalid user )?([^\\s:]{2,64}+) from "),
            new Place(Kind.ACCOUNT, "\\bsession (?:opened|closed) for user ([^\\s:(]{2,64}+)"),
            new Place(Kind.ACCOUNT, "\\bby ([^\\s:(]{2,64}+)\\(uid="),
            new Place(Kind.ACCOUNT, "/home/([A-Za-z0-9_][A-Za-z0-9._-]{1,63}+)"),
            new Place(
                    Kind.ACCOUNT, "([A-Za-z0-9_][A-Za-z0-9._+-]{1,63}+)@[A-Za-z0-9-]{1,63}+\\.[A-Za-z0-9.-]{2,200}+"));

    private final Map<String, Kind> names = new LinkedHashMap<>();
    private final Map<String, byte[]> addresses = new LinkedHashMap<>();
    private final Set<String> kept;

    private Gathering(Set<String> kept) {
        this.kept = kept;
    }

    /** Everything that is a name in the scene; refuses a scene of more names, or of more addresses, than a package may have. */
    static Gathering of(Scene scene) {
        var kept = new LinkedHashSet<String>();
        scene.plain().forEach(word -> kept.add(word.toLowerCase(Locale.ROOT)));
        // The database's own account stands in every path, and is the product's name, not a person's.
        scene.nodes().forEach(node -> kept.add(node.dbUser().name().toLowerCase(Locale.ROOT)));
        var gathering = new Gathering(kept);
        scene.nodes().forEach(node -> gathering.name(node.id().value(), Kind.NODE));
        for (Node node : scene.nodes()) {
            gathering.name(node.vmId(), Kind.MACHINE);
            gathering.host(node.host());
            gathering.host(node.etcd().address());
            gathering.name(node.login(), Kind.ACCOUNT);
            gathering.name(node.bastion(), Kind.HOST);
        }
        gathering.name(scene.instance().value(), Kind.INSTANCE);
        scene.names().forEach(gathering::called);
        scene.captures().forEach(gathering::capture);
        scene.words().forEach(text -> gathering.text("", text));
        return gathering;
    }

    private void capture(Capture capture) {
        String probe = capture.question().probe().id().value();
        capture.who().ifPresent(who -> {
            name(who.login(), Kind.ACCOUNT);
            name(who.account(), Kind.ACCOUNT);
        });
        var texts = new ArrayList<>(capture.question().arguments().values());
        texts.add(capture.command());
        switch (capture) {
            case Capture.Answer answer -> {
                texts.add(answer.errorText());
                texts.add(answer.text());
            }
            case Capture.NoAnswer none -> {
                texts.add(none.detail());
                texts.add(none.text());
            }
        }
        texts.forEach(text -> text(probe, text));
    }

    private void text(String probe, String text) {
        for (Place place : PLACES) {
            if (!place.probes().isEmpty() && !place.probes().contains(probe)) {
                continue;
            }
            Matcher matcher = place.pattern().matcher(text);
            while (matcher.find()) {
                switch (place.kind()) {
                    case HOST -> host(matcher.group(1));
                    case SUBJECT -> {
                        if (!GIVEN_BY_PRODUCT.matcher(matcher.group(1).strip()).matches()) {
                            subject(matcher.group(1).strip(), Kind.SUBJECT);
                        }
                    }
                    case MACHINE -> subject(matcher.group(1).strip(), Kind.MACHINE);
                    case NODE, INSTANCE, DOMAIN, ACCOUNT, IPV4, IPV6, MAC, UUID -> name(matcher.group(1), place.kind());
                }
            }
        }
        words(text);
    }

    /** Addresses, and names with an ending that only names have. */
    private void words(String text) {
        boolean starts = true;
        int noAddressBefore = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (starts) {
                AddressAt address = at < noAddressBefore ? null : AddressAt.of(text, at);
                if (address != null) {
                    if (address.kind() == Kind.IPV4 || address.kind() == Kind.IPV6) {
                        address(address.bytes());
                    }
                    at = address.end() - 1;
                    starts = false;
                    continue;
                }
                if (IpText.letterOrDigit(c)) {
                    noAddressBefore = Math.max(noAddressBefore, AddressAt.endOfRun(text, at, noAddressBefore));
                    if (at == 0 || "._-".indexOf(text.charAt(at - 1)) < 0) {
                        fullName(text, at);
                    }
                }
            }
            starts = !IpText.letterOrDigit(c);
        }
    }

    private void fullName(String text, int from) {
        int end = fullNameEnds(text, from);
        if (end > from) {
            host(text.substring(from, end));
        }
    }

    /** Where a name ends that begins here and has an ending that only names have; where it begins when it is none. */
    private static int fullNameEnds(String text, int from) {
        int end = from;
        while (end < text.length()
                && end - from < 254
                && (IpText.letterOrDigit(text.charAt(end)) || "._-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > from && "._-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String word = text.substring(from, end);
        int dot = word.lastIndexOf('.');
        boolean name = dot > 0
                && !word.contains("..")
                && ENDINGS.contains(word.substring(dot + 1).toLowerCase(Locale.ROOT))
                && !PUBLIC.matcher(word).matches();
        return name ? end : from;
    }

    private void host(@Nullable String word) {
        if (word == null) {
            return;
        }
        String name = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        byte[] v4 = IpText.v4(name);
        byte[] address = v4 == null ? IpText.v6(name) : v4;
        if (address != null) {
            address(address);
            return;
        }
        int dot = name.indexOf('.');
        if (dot < 1
                || !ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
            name(name, Kind.HOST);
            return;
        }
        if (PUBLIC.matcher(name).matches()) {
            return;
        }
        String domain = name.indexOf('.', dot + 1) < 0 ? name : name.substring(dot + 1);
        name(domain, Kind.DOMAIN);
        if (!domain.equals(name)) {
            name(name, Kind.HOST);
        }
    }

    /** What people call an instance may be any words: a comma in it or its length makes it no less of a name. */
    private void called(String name) {
        name.lines()
                .map(String::strip)
                .filter(line -> line.length() > 1 && !plain(line))
                .forEach(line -> add(line, Kind.INSTANCE));
    }

    private void subject(String name, Kind kind) {
        if (!NAME.matcher(name).matches() && SUBJECT.matcher(name).matches() && !plain(name)) {
            add(name, kind);
        } else {
            name(name, kind);
        }
    }

    private void name(@Nullable String name, Kind kind) {
        if (name != null && NAME.matcher(name).matches() && !plain(name)) {
            add(name, kind);
        }
    }

    private void add(String name, Kind kind) {
        if (IpText.v4(name) != null || IpText.v6(name) != null) {
            return;
        }
        names.putIfAbsent(name, kind);
        TooManyNames.refuseAbove(names.size());
    }

    /** Whether a word tells nothing of where it stands, or means something to whoever reads a log. */
    private boolean plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return kept.contains(lower)
                || COMMON.contains(lower)
                || SMALL_NUMBER.matcher(name).matches();
    }

    private void address(byte[] bytes) {
        addresses.putIfAbsent(Arrays.toString(bytes), bytes);
        TooManyNames.refuseAbove(addresses.size());
    }

    Map<String, Kind> names() {
        return names;
    }

    /** Addresses that are there. */
    List<byte[]> addresses() {
        return List.copyOf(addresses.values());
    }
}
