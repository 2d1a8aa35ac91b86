package org.etcdmedic.ticketing.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Set<String> KNOWN = Set.of("title", "steps", "what", "settings", "settings.project", "link");

    @Test
    void escapesForTheTextAroundIt() throws Unwritable {
        Map<String, Object> values = Map.of("title", "a \"b\"\\\n\u0001<c>&é");
        assertThat(filled("{\"t\": \"{{title}}\"}", Escape.JSON, values))
                .isEqualTo("{\"t\": \"a \\\"b\\\"\\\\\\n\\u0001<c>&é\"}");
        assertThat(filled("/q?x={{title}}", Escape.ADDRESS, values))
                .isEqualTo("/q?x=a%20%22b%22%5C%0A%01%3Cc%3E%26%C3%A9");
        assertThat(filled("Bearer {{title}}", Escape.HEADER, values)).isEqualTo("Bearer a \"b\"\\  <c>&é");
    }

    @Test
    void walksListsAndLeavesOutWhatIsNotKnown() throws Unwritable {
        Map<String, Object> values = Map.of(
                "steps",
                List.of(Map.of("what", "one"), Map.of("what", "two")),
                "link",
                "",
                "settings",
                Map.of("project", "DBA"));
        assertThat(filled(
                        "{{settings.project}}: {{#steps}}{{what}}{{^-last}}, {{/-last}}{{/steps}}{{#link}} at {{link}}{{/link}}",
                        Escape.JSON,
                        values))
                .isEqualTo("DBA: one, two");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {{nobody}}                  | line 1: there is no variable nobody
            a\\n{{#steps}}{{who}}{{/steps}} | line 2: there is no variable who
            {{title.class}}             | line 1: there is no variable title.class
            {{{title}}}                 | line 1: a value is to be set in without escaping
            {{& title}}                 | line 1: a value is to be set in without escaping
            {{> title}}                 | line 1: nothing can be included or redefined
            {{=<% %>=}}                 | line 1: nothing can be included or redefined
            """)
    void tellsAMistakeWithItsLine(String text, String mistake) {
        var mistakes = new ArrayList<String>();
        assertThat(Template.of(text.replace("\\n", "\n"), Escape.JSON, KNOWN, mistakes))
                .isEmpty();
        assertThat(mistakes).containsExactly(mistake);
    }

    @ParameterizedTest
    @CsvSource({"{{title", "{{#steps}}", "{{/steps}}", "{{#steps}}{{/title}}"})
    void refusesWhatIsNoTemplate(String text) {
        var mistakes = new ArrayList<String>();
        assertThat(Template.of(text, Escape.JSON, KNOWN, mistakes)).isEmpty();
        assertThat(mistakes).hasSize(1);
    }

    @Test
    void callsNothingOfWhatAValueIs() {
        // Known or not: even if a name passed, a text has no fields.
        var mistakes = new ArrayList<String>();
        Template template = Template.of("{{title.bytes}}", Escape.JSON, Set.of("title.bytes"), mistakes)
                .orElseThrow();
        assertThatThrownBy(() -> template.fill(Map.of("title", "x"))).isInstanceOf(Unwritable.class);
    }

    @Test
    void takesNothingOutOfAValueForATemplate() throws Unwritable {
        assertThat(filled("{{title}}", Escape.JSON, Map.of("title", "{{settings.project}}")))
                .isEqualTo("{{settings.project}}");
    }

    @Test
    void stopsWhereListsInListsMultiply() {
        var many = Collections.nCopies(1_000, Map.of("what", "x"));
        var mistakes = new ArrayList<String>();
        Template template = Template.of(
                        "{{#steps}}{{#steps}}{{#steps}}{{what}}{{/steps}}{{/steps}}{{/steps}}",
                        Escape.JSON,
                        KNOWN,
                        mistakes)
                .orElseThrow();
        assertThatThrownBy(() -> template.fill(Map.of("steps", many)))
                .isInstanceOf(Unwritable.class)
                .hasMessageContaining("longer than");
    }

    /** Nothing is written, so nothing grows too long; it must end all the same. */
    @Test
    void stopsWhereEmptyListsInListsMultiply() {
        String text = "{{#steps}}".repeat(40) + "{{/steps}}".repeat(40);
        var mistakes = new ArrayList<String>();
        Template template = Template.of(text, Escape.JSON, KNOWN, mistakes).orElseThrow();
        assertThatThrownBy(() -> template.fill(Map.of("steps", List.of("one", "two"))))
                .isInstanceOf(Unwritable.class)
                .hasMessageContaining("repeats more than");
    }

    private static String filled(String text, Escape escape, Map<String, Object> values) throws Unwritable {
        var mistakes = new ArrayList<String>();
        Optional<Template> template = Template.of(text, escape, KNOWN, mistakes);
        assertThat(mistakes).isEmpty();
        return template.orElseThrow().fill(values);
    }
}
