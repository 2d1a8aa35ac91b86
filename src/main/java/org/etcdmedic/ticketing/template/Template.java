package org.etcdmedic.ticketing.template;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Mustache.VariableFetcher;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.MustacheParseException;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.etcdmedic.platform.TemplateNames;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.jspecify.annotations.Nullable;

/**
 * A text with {@code {{variables}}} (Mustache) that cannot run anything: values are looked up in maps and lists only, never by
 * calling what they are; every value is escaped for its place; nothing is included; what comes out is bounded.
 */
final class Template {
    /** More than any target takes. */
    static final int LONGEST = 1 << 20;

    /** More elements of lists than a text of that length has. */
    static final int MOST_ROUNDS = 100_000;

    private static final ScopedValue<AtomicInteger> ROUNDS = ScopedValue.newInstance();

    private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*[{&]");
    private static final Pattern OTHER = Pattern.compile("\\{\\{\\s*[=>$<]");
    private static final Set<String> ITEM = Set.of(".", "this", "-first", "-last", "-index");

    private final com.samskivert.mustache.Template compiled;

    private Template(com.samskivert.mustache.Template compiled) {
        this.compiled = compiled;
    }

    /** Looks into maps and lists; the library's own one would call methods of whatever it meets. */
    private static final class MapsOnly extends BasicCollector {
        @Override
        public @Nullable VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map || ITEM.contains(name) ? super.createFetcher(context, name) : null;
        }

        /** Lists within lists multiply, also where nothing is written. */
        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
            Iterator<?> items = super.toIterator(value);
            return items == null ? null : new Counted(items, ROUNDS.orElse(new AtomicInteger()));
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    /**
     * The template; empty when it has mistakes, which are added with their line.
     *
     * @param known names that may stand in it
     */
    static Optional<Template> of(String text, Escape escape, Set<String> known, List<String> mistakes) {
        var found = new ArrayList<String>();
        refuse(UNESCAPED, text, "a value is to be set in without escaping", found);
        refuse(OTHER, text, "nothing can be included or redefined", found);
        com.samskivert.mustache.@Nullable Template compiled = null;
        if (found.isEmpty()) {
            try {
                compiled = Mustache.compiler()
                        .withEscaper(escape::of)
                        .withCollector(new MapsOnly())
                        .emptyStringIsFalse(true)
                        .strictSections(true)
                        .compile(text);
                for (String name : TemplateNames.ofJson(compiled)) {
                    if (!known.contains(name) && !ITEM.contains(name)) {
                        found.add(at(text, Pattern.compile("\\{\\{\\s*[#^/]?\\s*" + Pattern.quote(name)))
                                + "there is no variable " + name);
                    }
                }
            } catch (MustacheParseException malformed) {
                // The library's own words name the line, and quote the template, which is the operator's.
                found.add(String.valueOf(malformed.getMessage()).replace('\n', ' '));
            }
        }
        mistakes.addAll(found);
        return found.isEmpty() && compiled != null ? Optional.of(new Template(compiled)) : Optional.empty();
    }

    private static void refuse(Pattern pattern, String text, String why, List<String> mistakes) {
        if (pattern.matcher(text).find()) {
            mistakes.add(at(text, pattern) + why);
        }
    }

    private static String at(String text, Pattern pattern) {
        var matcher = pattern.matcher(text);
        return matcher.find()
                ? "line "
                        + (1
                                + text.substring(0, matcher.start())
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count())
                        + ": "
                : "";
    }

    /** An element of a list at a time, as many in all as are allowed. */
    private record Counted(Iterator<?> items, AtomicInteger rounds) implements Iterator<@Nullable Object> {
        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public @Nullable Object next() {
            if (rounds.incrementAndGet() > MOST_ROUNDS) {
                throw new TooLong();
            }
            return items.next();
        }
    }

    /** The text with these values. */
    String fill(Map<String, Object> values) throws Unwritable {
        var out = new Bounded();
        try {
            ScopedValue.where(ROUNDS, new AtomicInteger()).run(() -> compiled.execute(values, out));
        } catch (TooLong tooLong) {
            throw tooLong();
        } catch (MustacheException.Context unknown) {
            throw new Unwritable("line " + unknown.lineNo + ": there is no variable " + unknown.key + " here");
        } catch (MustacheException failed) {
            if (failed.getCause() instanceof TooLong) {
                throw tooLong();
            }
            throw new Unwritable("the template cannot be filled in");
        }
        return out.text.toString();
    }

    private static Unwritable tooLong() {
        return new Unwritable("the text is longer than " + LONGEST + " characters, or repeats more than " + MOST_ROUNDS
                + " elements of lists");
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes no more than is allowed: lists within lists multiply. */
    private static final class Bounded extends Writer {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(char[] chars, int from, int count) {
            if (text.length() + count > LONGEST) {
                throw new TooLong();
            }
            text.append(chars, from, count);
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() throws IOException {
            // Nothing is open.
        }
    }
}
