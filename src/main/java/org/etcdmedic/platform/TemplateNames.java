package org.etcdmedic.platform;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names that a Mustache template uses, of values, of sections and of what it includes. */
public final class TemplateNames implements Mustache.Visitor {
    private final SortedSet<String> names = new TreeSet<>();
    private final boolean braces;

    private TemplateNames(boolean braces) {
        this.braces = braces;
    }

    /**
     * All names in a template of prose.
     *
     * @throws MustacheParseException where a tag is not closed or not opened: the library takes it for text
     */
    public static SortedSet<String> ofProse(Template template) {
        return of(template, false);
    }

    /**
     * All names in a template of JSON, whose own text may well end with two braces.
     *
     * @throws MustacheParseException where a tag is not closed: the library takes it for text
     */
    public static SortedSet<String> ofJson(Template template) {
        return of(template, true);
    }

    private static SortedSet<String> of(Template template, boolean braces) {
        var names = new TemplateNames(braces);
        template.visit(names);
        return names.names;
    }

    @Override
    public void visitText(String text) {
        if (text.contains("{{")) {
            throw new MustacheParseException("a tag is not closed");
        }
        if (!braces && text.contains("}}")) {
            throw new MustacheParseException("a tag is not opened");
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
}
