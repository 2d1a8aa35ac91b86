package org.etcdmedic.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateNamesTest {
    @Test
    void findsTheNamesOfValuesSectionsAndWhatIsIncluded() {
        Template template = compiled("{{d}} {{#a}}{{a.b}}{{/a}} {{^c}}none{{/c}} {{d}} {{> e}}");
        assertThat(TemplateNames.ofProse(template)).containsExactly("a", "a.b", "c", "d", "e");
        assertThat(TemplateNames.ofJson(template)).containsExactly("a", "a.b", "c", "d", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on {{node", "{{node}} on {{", "{{#a}}on {{node{{/a}}"})
    void refusesTagsThatAreNotClosed(String text) {
        assertThatThrownBy(() -> TemplateNames.ofProse(compiled(text))).isInstanceOf(MustacheParseException.class);
        assertThatThrownBy(() -> TemplateNames.ofJson(compiled(text))).isInstanceOf(MustacheParseException.class);
    }

    @Test
    void takesTwoBracesForTheEndOfATagInProseAndOfTwoObjectsInJson() {
        Template template = compiled("{\"a\": {\"b\": \"{{c}}\"}}");
        assertThatThrownBy(() -> TemplateNames.ofProse(template)).isInstanceOf(MustacheParseException.class);
        assertThat(TemplateNames.ofJson(template)).containsExactly("c");
    }

    private static Template compiled(String text) {
        return Mustache.compiler().compile(text);
    }
}
