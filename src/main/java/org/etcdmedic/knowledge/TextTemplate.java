package org.etcdmedic.knowledge;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.etcdmedic.platform.TemplateNames;

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
        try {
            return TemplateNames.ofProse(PROSE.compile(template));
        } catch (MustacheException e) {
            throw new IllegalArgumentException("not a template: " + template, e);
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
