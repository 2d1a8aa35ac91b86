package org.etcdmedic.veil;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/** The names and addresses of a scene, each once; refuses more of them than a package may have. */
final class Gathered {
    /** What may be a name of a host, of a node or of an account. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:%@+-]{1,252}");

    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl},/\"\\\\=]{2,128}");

    /** Whom a product's own certificates name: it tells nothing of where it runs. */
    private static final Pattern GIVEN_BY_PRODUCT = Pattern.compile(
            "(?:etcd|gaussdb|client|server|peer|root|ca|localhost)(?:[-_ .]\\d{1,5}| CA| etcd CA)?",
            Pattern.CASE_INSENSITIVE);

    private final Map<String, Kind> names = new LinkedHashMap<>();
    private final Map<String, byte[]> addresses = new LinkedHashMap<>();
    private final PlainWords plain;
    private int letters;

    Gathered(PlainWords plain) {
        this.plain = plain;
    }

    /** Takes up what stands in a place of names of this kind. */
    void take(String word, Kind kind) {
        switch (kind) {
            case HOST -> host(word);
            case SUBJECT -> {
                if (!GIVEN_BY_PRODUCT.matcher(word.strip()).matches()) {
                    subject(word.strip(), Kind.SUBJECT);
                }
            }
            case MACHINE -> subject(word.strip(), Kind.MACHINE);
            case NODE, INSTANCE, DOMAIN, ACCOUNT, IPV4, IPV6, MAC, UUID -> name(word, kind);
        }
    }

    /** A host by its address or by its name, with or without a domain. */
    void host(@Nullable String word) {
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
        if (name.indexOf('.') < 1 || !FullName.endsLikeOne(name)) {
            name(name, Kind.HOST);
            return;
        }
        if (FullName.isPublic(name)) {
            return;
        }
        String domain = FullName.domain(name);
        name(domain, Kind.DOMAIN);
        if (!domain.equals(name)) {
            name(name, Kind.HOST);
        }
    }

    /** What people call an instance may be any words: a comma in it or its length makes it no less of a name. */
    void called(String name) {
        name.lines()
                .map(String::strip)
                .filter(line -> line.length() > 1 && !plain.has(line))
                .forEach(line -> add(line, Kind.INSTANCE));
    }

    private void subject(String name, Kind kind) {
        if (!NAME.matcher(name).matches() && SUBJECT.matcher(name).matches() && !plain.has(name)) {
            add(name, kind);
        } else {
            name(name, kind);
        }
    }

    /** A name of one word. */
    void name(@Nullable String name, Kind kind) {
        if (name != null && NAME.matcher(name).matches() && !plain.has(name)) {
            add(name, kind);
        }
    }

    private void add(String name, Kind kind) {
        if (IpText.v4(name) != null || IpText.v6(name) != null) {
            return;
        }
        if (names.putIfAbsent(name, kind) == null) {
            letters += name.length();
        }
        TooManyNames.refuseAbove(names.size());
        TooManyNames.refuseLettersAbove(letters);
    }

    void address(byte[] bytes) {
        addresses.putIfAbsent(Arrays.toString(bytes), bytes);
        TooManyNames.refuseAbove(addresses.size());
    }

    /** Names, as they were found first. */
    Map<String, Kind> names() {
        return names;
    }

    /** Addresses that are there. */
    List<byte[]> addresses() {
        return List.copyOf(addresses.values());
    }
}
