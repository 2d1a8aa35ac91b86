package org.etcdmedic.veil;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Who;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Takes names, addresses and secrets out of texts, and puts the same pseudonym in the place of the same name everywhere. What a
 * parser reads stays of its shape: an address an address, a network a network, a host name a host name, a line a line.
 * It remembers what it has replaced, and belongs to one package.
 */
public final class Veil {
    /** A certificate carries names inside, where nobody can see them. */
    private static final Pattern PEM = Pattern.compile("-----BEGIN [A-Z0-9 ]{1,40}+-----");

    private static final Pattern PEM_LINE = Pattern.compile("\\s*+[A-Za-z0-9+/=]{1,128}+\\s*+");
    private static final String NOT_SHOWN = "[certificate]";

    private final Names names;
    private final Addresses addresses;
    private final Secret identifiers;
    private final Map<String, Pseudonym> used = new LinkedHashMap<>();

    private Veil(Names names, Addresses addresses, Secret identifiers) {
        this.names = names;
        this.addresses = addresses;
        this.identifiers = identifiers;
    }

    /**
     * A veil over all of the scene. The same secret and scene give the same pseudonyms.
     *
     * @throws TooManyNames when not everything in the scene can have one
     */
    public static Veil over(Scene scene, Secret secret) {
        Gathering gathered = Gathering.of(scene);
        Addresses addresses = Addresses.of(secret, gathered.addresses());
        Names names = Names.of(secret, gathered.names());
        // Clouds name machines by their addresses.
        scene.nodes().stream()
                .flatMap(node -> Stream.of(
                        node.host(), Objects.requireNonNullElse(node.etcd().address(), "")))
                .distinct()
                .forEach(host -> {
                    byte[] address = IpText.v4(host);
                    if (address != null && !addresses.keeps(address)) {
                        String pseudonym = IpText.write(addresses.map(address));
                        for (char joint : new char[] {'-', '_'}) {
                            names.add(
                                    new Pseudonym(Kind.IPV4, pseudonym.replace('.', joint), host.replace('.', joint)));
                        }
                    }
                });
        return new Veil(names, addresses, secret.of("identifiers"));
    }

    /** What was replaced until now, in the order of the pseudonyms. */
    public List<Pseudonym> used() {
        return used.values().stream()
                .sorted(Comparator.comparing(Pseudonym::kind).thenComparing(Pseudonym::pseudonym))
                .toList();
    }

    /** The capture under the veil. */
    public Capture capture(Capture capture) {
        var arguments = new LinkedHashMap<String, String>();
        capture.question().arguments().forEach((name, value) -> arguments.put(name, text(value)));
        var question = new Question(capture.question().probe(), arguments);
        var who = capture.who().map(seen -> new Who(text(seen.login()), text(seen.account()), seen.through()));
        return switch (capture) {
            case Capture.Answer a ->
                new Capture.Answer(
                        a.id(),
                        a.node(),
                        question,
                        text(a.command()),
                        a.startedAt(),
                        a.took(),
                        a.exitStatus(),
                        text(a.text()),
                        text(a.errorText()),
                        a.bytes(),
                        a.truncated(),
                        who);
            case Capture.NoAnswer n ->
                new Capture.NoAnswer(
                        n.id(),
                        n.node(),
                        question,
                        text(n.command()),
                        n.startedAt(),
                        n.took(),
                        n.reason(),
                        text(n.detail()),
                        text(n.text()),
                        who);
        };
    }

    /**
     * The text under the veil. It has as many lines as before.
     *
     * @throws TooManyNames when more was replaced by now than can be looked up again
     */
    public String text(String original) {
        String text = withoutCertificates(Redactor.clean(original));
        var out = new StringBuilder(text.length() + 64);
        boolean starts = true;
        int noAddressBefore = 0;
        int at = 0;
        while (at < text.length()) {
            int escape = escape(text, at);
            if (escape > 0) {
                out.append(text, at, at + escape);
                at += escape;
                starts = true;
                continue;
            }
            if (starts) {
                AddressAt address = at < noAddressBefore ? null : AddressAt.of(text, at);
                Names.Found name = names.at(text, at);
                if (name != null && (address == null || address.kind() == Kind.UUID || name.end() > address.end())) {
                    out.append(noted(name.name()));
                    at = name.end();
                    starts = false;
                    continue;
                }
                if (address != null) {
                    at = write(out, text, address);
                    starts = false;
                    continue;
                }
                int cut = names.cutShort(text, at);
                if (cut > at) {
                    at = cut;
                    continue;
                }
                noAddressBefore = Math.max(noAddressBefore, AddressAt.endOfRun(text, at, noAddressBefore));
            }
            char c = text.charAt(at);
            out.append(c);
            starts = !IpText.letterOrDigit(c);
            at++;
        }
        return out.toString();
    }

    /** How long an escape is that stands here: behind it a word begins, whatever its last letter is. */
    private int escape(String text, int at) {
        char c = text.charAt(at);
        int left = text.length() - at;
        if (c == '\\' && left > 1 && names.at(text, at + 1) == null) {
            char kind = text.charAt(at + 1);
            if (kind == 'u' && left > 5 && hex(text, at + 2, at + 6)) {
                return 6;
            }
            if (kind == 'x' && left > 3 && hex(text, at + 2, at + 4)) {
                return 4;
            }
            return "ntrbf".indexOf(kind) >= 0 ? 2 : 0;
        }
        if (c == '%' && left > 2 && hex(text, at + 1, at + 3)) {
            return 3;
        }
        if (c == '\u001b' && left > 1 && text.charAt(at + 1) == '[') {
            int end = at + 2;
            while (end < text.length()
                    && end - at < 24
                    && (IpText.digit(text.charAt(end)) || text.charAt(end) == ';')) {
                end++;
            }
            return end < text.length() && IpText.letterOrDigit(text.charAt(end)) ? end + 1 - at : 0;
        }
        return 0;
    }

    private static boolean hex(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!IpText.hex(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Writes the pseudonym of an address, with the length of its network or the end of its range, and tells where that ends. */
    private int write(StringBuilder out, String text, AddressAt found) {
        return switch (found.kind()) {
            case MAC -> {
                String bare = HexFormat.ofDelimiter(found.joint()).formatHex(addresses.map(found.bytes()));
                out.append(noted(Kind.MAC, bare, text.substring(found.end() - 17, found.end())));
                yield found.end();
            }
            case UUID -> {
                out.append(identifier(found, text));
                yield found.end();
            }
            case IPV4, IPV6 -> {
                int bits = bits(text, found);
                AddressAt last = bits < 0 ? rangeEnd(text, found) : null;
                if (bits < 0 && last != null) {
                    int shared = PrefixTree.sharedBits(found.bytes(), last.bytes());
                    byte[] first = addresses.map(found.bytes(), shared);
                    out.append(noted(found, first))
                            .append('-')
                            .append(noted(last, Addresses.with(first, shared, true)));
                    yield last.end();
                }
                boolean network = bits >= 0 && Arrays.equals(found.bytes(), Addresses.with(found.bytes(), bits, false));
                out.append(noted(found, network ? addresses.map(found.bytes(), bits) : addresses.map(found.bytes())));
                yield found.end();
            }
            case NODE, MACHINE, INSTANCE, HOST, DOMAIN, ACCOUNT, SUBJECT ->
                throw new IllegalArgumentException("no address is a " + found.kind());
        };
    }

    /** Length of the network that is stated behind the address; -1 when none is. */
    private static int bits(String text, AddressAt found) {
        int at = found.end();
        if (at + 1 >= text.length() || text.charAt(at) != '/' || !IpText.digit(text.charAt(at + 1))) {
            return -1;
        }
        AddressAt mask = found.kind() == Kind.IPV4 ? AddressAt.v4(text, at + 1) : null;
        if (mask != null) {
            byte[] ones = new byte[4];
            Arrays.fill(ones, (byte) -1);
            int length = PrefixTree.sharedBits(mask.bytes(), ones);
            return Arrays.equals(mask.bytes(), Addresses.with(ones, length, false)) ? length : -1;
        }
        int end = at + 1;
        int value = 0;
        while (end < text.length() && end - at < 4 && IpText.digit(text.charAt(end))) {
            value = value * 10 + text.charAt(end) - '0';
            end++;
        }
        return value <= found.bytes().length * 8 ? value : -1;
    }

    /** The last address of a range that is a whole network larger than those whose last octet stays; null when there is none. */
    private static @Nullable AddressAt rangeEnd(String text, AddressAt found) {
        if (found.end() + 1 >= text.length() || text.charAt(found.end()) != '-') {
            return null;
        }
        AddressAt last = AddressAt.of(text, found.end() + 1);
        if (last == null || last.kind() != found.kind()) {
            return null;
        }
        int shared = PrefixTree.sharedBits(found.bytes(), last.bytes());
        boolean whole = Arrays.equals(found.bytes(), Addresses.with(found.bytes(), shared, false))
                && Arrays.equals(last.bytes(), Addresses.with(last.bytes(), shared, true));
        return whole && shared < found.bytes().length * 8 ? last : null;
    }

    private String identifier(AddressAt found, String text) {
        byte[] bytes = found.bytes();
        boolean nobodys = Arrays.equals(bytes, new byte[16]);
        byte[] other = nobodys ? bytes : Arrays.copyOf(identifiers.sum(bytes), 16);
        String hex = HexFormat.of().formatHex(other);
        String bare =
                found.joint().isEmpty() ? hex : hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        int length = found.joint().isEmpty() ? 32 : 36;
        return noted(Kind.UUID, bare, text.substring(found.end() - length, found.end()));
    }

    private String noted(AddressAt found, byte[] mapped) {
        String pseudonym = noted(found.kind(), IpText.write(mapped), IpText.write(found.bytes()));
        return found.joint().length() > 1 ? pseudonym.replace(".", found.joint()) : pseudonym;
    }

    private String noted(Pseudonym name) {
        return noted(name.kind(), name.pseudonym(), name.original());
    }

    private String noted(Kind kind, String pseudonym, String original) {
        if (!pseudonym.equals(original)) {
            used.putIfAbsent(pseudonym, new Pseudonym(kind, pseudonym, original));
            TooManyNames.refuseAbove(used.size());
        }
        return pseudonym;
    }

    private static String withoutCertificates(String text) {
        if (!text.contains("-----BEGIN ")) {
            return text;
        }
        String[] lines = text.split("\n", -1);
        boolean inside = false;
        for (int i = 0; i < lines.length; i++) {
            if (inside && PEM_LINE.matcher(lines[i]).matches()) {
                lines[i] = NOT_SHOWN;
                continue;
            }
            Matcher begin = PEM.matcher(lines[i]);
            inside = begin.find();
            if (inside
                    && lines[i].length() > begin.end()
                    && !lines[i].substring(begin.end()).isBlank()) {
                // Written into one line, as JSON does.
                int end = lines[i].lastIndexOf("-----END ");
                lines[i] = lines[i].substring(0, begin.end())
                        + NOT_SHOWN
                        + (end > begin.end() ? lines[i].substring(end) : "");
                inside = false;
            }
        }
        return String.join("\n", lines);
    }
}
