package org.etcdmedic.veil;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/** The names that are known, each with its pseudonym, found in a text by their longest match. Upper and lower case are one. */
final class Names {
    /** Consonants that are no hexadecimal digits: what is made of them is no word and no address. */
    private static final String LETTERS = "ghjkmnpqrtvwxz";

    /** Behind it a quotation goes on that is too long. */
    private static final char CUT = '…';

    private final Step root = new Step();
    private final List<Pseudonym> all = new ArrayList<>();

    private static final class Step {
        private final Map<Character, Step> next = new HashMap<>(2);

        /** Names that differ in nothing but upper and lower case. */
        private final List<Pseudonym> names = new ArrayList<>(1);
    }

    /** A name that was found, and where it ends. */
    record Found(Pseudonym name, int end) {}

    /**
     * Gives pseudonyms to names: numbered within each kind in the order of the names themselves, so that what is sorted by name
     * stays in its order.
     */
    static Names of(Secret secret, Map<String, Kind> known) {
        String mark = mark(secret, known.keySet());
        var names = new Names();
        var byKind = new TreeMap<Kind, List<String>>();
        new TreeMap<>(known)
                .forEach((name, kind) -> byKind.computeIfAbsent(kind, ignored -> new ArrayList<>())
                        .add(name));
        byKind.forEach((kind, own) -> {
            int width = String.valueOf(own.size()).length();
            for (int i = 0; i < own.size(); i++) {
                String number = String.format(Locale.ROOT, "%0" + width + "d", i + 1);
                String end = kind == Kind.DOMAIN ? ".example" : "";
                names.add(new Pseudonym(kind, kind.word() + "-" + mark + number + end, own.get(i)));
            }
        });
        return names.withDomains();
    }

    /** A name with its domain keeps both apart: the host has the pseudonym of its short name, where that is known. */
    private Names withDomains() {
        var full = new Names();
        for (Pseudonym name : all) {
            int dot = name.original().indexOf('.');
            Pseudonym domain = dot < 0 ? null : of(name.original().substring(dot + 1));
            if (name.kind() != Kind.HOST || domain == null || domain.kind() != Kind.DOMAIN) {
                full.add(name);
                continue;
            }
            Pseudonym host = of(name.original().substring(0, dot));
            full.add(new Pseudonym(
                    Kind.HOST, (host == null ? name : host).pseudonym() + "." + domain.pseudonym(), name.original()));
        }
        return full;
    }

    /** Three letters of this package's own that no name has behind a hyphen. */
    private static String mark(Secret secret, Collection<String> names) {
        String joined = String.join("\n", names).toLowerCase(Locale.ROOT);
        for (int attempt = 0; ; attempt++) {
            byte[] sum = secret.of("mark " + attempt).sum(new byte[0]);
            var mark = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                mark.append(LETTERS.charAt((sum[i] & 0xff) % LETTERS.length()));
            }
            if (!joined.contains("-" + mark) || attempt > 1_000) {
                return mark.toString();
            }
        }
    }

    void add(Pseudonym pseudonym) {
        Step step = root;
        for (char c : pseudonym.original().toLowerCase(Locale.ROOT).toCharArray()) {
            step = step.next.computeIfAbsent(c, ignored -> new Step());
        }
        if (step.names.stream().noneMatch(other -> other.original().equals(pseudonym.original()))) {
            step.names.add(pseudonym);
            all.add(pseudonym);
        }
    }

    /** All of them. */
    List<Pseudonym> all() {
        return List.copyOf(all);
    }

    /** The longest name that begins here and ends where a word does; null when none does. */
    @Nullable
    Found at(String text, int from) {
        Step step = root;
        Found found = null;
        for (int at = from; at < text.length(); at++) {
            Step next = step.next.get(Character.toLowerCase(text.charAt(at)));
            if (next == null) {
                return found;
            }
            step = next;
            boolean ends = at + 1 == text.length() || !IpText.letterOrDigit(text.charAt(at + 1));
            if (ends && !step.names.isEmpty()) {
                found = new Found(asWritten(step.names, text.substring(from, at + 1)), at + 1);
            }
        }
        return found;
    }

    /** Where the sign stands by which our own quotations are cut, when it stands inside a name or an address; else from here. */
    int cutShort(String text, int from) {
        int digits = from;
        while (digits < text.length()
                && digits - from < 16
                && (IpText.digit(text.charAt(digits)) || text.charAt(digits) == '.')) {
            digits++;
        }
        if (digits < text.length()
                && text.charAt(digits) == CUT
                && text.substring(from, digits).indexOf('.') >= 0) {
            return digits;
        }
        Step step = root;
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == CUT) {
                return at - from > 1 ? at : from;
            }
            Step next = step.next.get(Character.toLowerCase(text.charAt(at)));
            if (next == null) {
                return from;
            }
            step = next;
        }
        return from;
    }

    private static Pseudonym asWritten(List<Pseudonym> names, String word) {
        return names.stream()
                .filter(name -> name.original().equals(word))
                .findFirst()
                .orElse(names.getFirst());
    }

    /** The name that is just this; null when none is. */
    @Nullable
    Pseudonym of(String name) {
        Found found = at(name, 0);
        return found != null && found.end() == name.length() ? found.name() : null;
    }
}
