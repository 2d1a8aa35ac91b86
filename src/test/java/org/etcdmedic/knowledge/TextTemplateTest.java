package org.etcdmedic.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {
    @Test
    void fillsInValuesAsTheyAre() {
        assertThat(TextTemplate.fill("{{path}} & {{node}}", Map.of("path", "/a <b>", "node", "n1")))
                .isEqualTo("/a <b> & n1");
    }

    @Test
    void refusesAVariableThatIsNotKnown() {
        assertThatIllegalArgumentException().isThrownBy(() -> TextTemplate.fill("on {{node}}", Map.of()));
    }

    @Test
    void leavesOutAPartWhoseVariableIsNotKnown() {
        String template = "lost{{#peer}} member {{peer}}{{/peer}}{{^peer}} a member{{/peer}}";
        assertThat(TextTemplate.fill(template, Map.of("peer", "a1"))).isEqualTo("lost member a1");
        assertThat(TextTemplate.fill(template, Map.of())).isEqualTo("lost a member");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/data/etcd,ls -- /data/etcd",
                "/a b,ls -- '/a b'",
                "x;reboot,ls -- 'x;reboot'",
                "it's,ls -- 'it'\\''s'",
                "$(id),ls -- '$(id)'"
            })
    void quotesValuesForTheShell(String path, String command) {
        assertThat(TextTemplate.command("ls -- {{path}}", Map.of("path", path))).contains(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0007b"})
    void tellsNoCommandWithAValueThatIsNone(String path) {
        assertThat(TextTemplate.command("ls -- {{path}}", Map.of("path", path))).isEmpty();
    }

    @Test
    void tellsNoCommandWhoseVariableIsNotKnown() {
        assertThat(TextTemplate.command("ls -- {{path}} {{node}}", Map.of("path", "/a")))
                .isEmpty();
    }

    @Test
    void listsItsVariables() {
        assertThat(TextTemplate.variables("{{a}}{{#b}}{{c}}{{/b}}{{^d}}x{{/d}}"))
                .containsExactly("a", "b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on {{node", "on node}}", "{{#node}}on", "{{/node}}"})
    void refusesTagsThatAreNotClosedOrNotOpened(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> TextTemplate.variables(template));
    }
}
