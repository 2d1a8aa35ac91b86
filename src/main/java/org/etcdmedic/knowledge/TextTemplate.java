package org.etcdmedic.knowledge;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A text with {@code {{variables}}} (Mustache). {@code {{#variable}} ... {{/variable}}} stands only when the variable is
 * known.
 */
public final class TextTemplate {
    private static final Mustache.Compiler PROSE = Mustache.compiler().escapeHTML(false);
    private static final Mustache.Compiler SHELL = Mustache.compiler().withEscaper(TextTemplate::quoted);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private TextTemplate() {}

    /** The text with its variables filled in as they are; a variable that is not known is a programming error. */
    public static String fill(String template, Map<String, String> variables) {
        try {
            return PROSE.compile(template).execute(variables);
        } catch (MustacheException e) {
            throw new IllegalArgumentException("cannot fill in: " + template, e);
        }
    }

    /** Both languages filled in. */
    public static Text fill(Text template, Map<String, String> variables) {
        return new Text(fill(template.en(), variables), fill(template.zhCn(), variables));
    }

    /**
     * A command line filled in, or nothing when a variable is not known. Values come from nodes and are meant to be pasted
     * into a shell, so each is quoted unless it is a plain word, and one with control characters is not used at all.
     */
    public static Optional<String> command(String template, Map<String, String> variables) {
        for (String name : variables(template)) {
            String value = variables.getOrDefault(name, "");
            if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
        }
        return Optional.of(SHELL.compile(template).execute(variables));
    }

    /** Names of all variables the text uses; text that is no template is refused. */
    public static Set<String> variables(String template) {
        var names = new TreeSet<String>();
        try {
            PROSE.compile(template).visit(new Mustache.Visitor() {
                @Override
                public void visitText(String text) {
                    // The library takes a tag that is never closed for text.
                    if (text.contains("{{") || text.contains("}}")) {
                        throw new IllegalArgumentException("a tag is not closed or not opened: " + template);
                    }
                }

                @Override
                public void visitVariable(String name) {
                    names.add(name);
                }

                @Override
                public boolean visitInclude(String name) {
                    names.add(name);
                    return false;
                }

                @Override
                public boolean visitSection(String name) {
                    names.add(name);
                    return true;
                }

                @Override
                public boolean visitInvertedSection(String name) {
                    names.add(name);
                    return true;
                }
            });
        } catch (MustacheException e) {
            throw new IllegalArgumentException("not a template: " + template, e);
        }
        return names;
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
