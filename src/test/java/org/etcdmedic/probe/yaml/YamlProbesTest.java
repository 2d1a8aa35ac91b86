package org.etcdmedic.probe.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.RunAs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlProbesTest {
    private static final String GOOD = """
            id: who
            checks: [V1, C11]
            runAs: ROOT
            shell: bash
            arguments: [dataDir]
            timeLimit: 20s
            byteLimit: 2097152
            script: >-
              read -r d;
              id
            why:
              en: Who.
              zh-CN: 谁。
            """;

    @Test
    void readsEveryKey() {
        var catalogue = YamlProbes.read(Map.of("who.yaml", bytes(GOOD)));

        assertThat(catalogue.all())
                .containsExactly(new Probe(
                        new ProbeId("who"),
                        List.of("V1", "C11"),
                        RunAs.ROOT,
                        "bash",
                        "read -r d; id",
                        List.of("dataDir"),
                        Duration.ofSeconds(20),
                        2097152,
                        Map.of("en", "Who.", "zh-CN", "谁。")));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "id: who | id: whom | who.yaml: id: is not the file's name",
                "id: who | name: who | who.yaml: name: is not a key of a probe",
                "shell: bash | \"\" | who.yaml: shell: is missing",
                "shell: bash | shell: zsh | who.yaml: shell: is none of [bash, sh]",
                "runAs: ROOT | runAs: GOD | who.yaml: runAs: is none of [DATABASE_USER, LOGIN, ROOT]",
                "checks: [V1, C11] | checks: [] | who.yaml: checks: is empty",
                "checks: [V1, C11] | checks: V1 | who.yaml: checks: is not a list",
                "arguments: [dataDir] | arguments: [a b] | who.yaml: arguments: has an item",
                "arguments: [dataDir] | arguments: [a, a] | who.yaml: arguments: has an item twice",
                "timeLimit: 20s | timeLimit: 21s | who.yaml: timeLimit: is not 1s to 20s",
                "timeLimit: 20s | timeLimit: 20 | who.yaml: timeLimit: is not",
                "timeLimit: 20s | timeLimit: 0s | who.yaml: timeLimit: is not",
                "byteLimit: 2097152 | byteLimit: 2097153 | who.yaml: byteLimit: is not 1 to 2097152",
                "byteLimit: 2097152 | byteLimit: 0 | who.yaml: byteLimit: is not",
                "id$ | echo 'x' | who.yaml: script: has a single quote",
                "script: >- | script: PIPE | who.yaml: script: has a newline",
                "en: Who. | fr: Qui. | who.yaml: why.fr: is not a key of a probe",
                "en: Who. | \"\" | who.yaml: why.en: is missing",
                "id: who | \"id: who\nid: who\" | who.yaml: ",
                "id: who | - x | who.yaml: ",
            })
    void stopsTheStartWithFileAndKey(String good, String bad, String said) {
        String file = good.equals("id$")
                ? GOOD.replace("  id\n", "  " + bad + "\n")
                : GOOD.replace(good, bad.replace("PIPE", "|"));

        assertThat(file).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> YamlProbes.read(Map.of("who.yaml", bytes(file))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probes/" + said);
    }

    @Test
    void namesEveryWrongFileAtOnce() {
        assertThatThrownBy(() -> YamlProbes.read(Map.of("a.yaml", bytes("{}"), "b.yaml", bytes("[]"))))
                .hasMessageContaining("probes/a.yaml: id: is missing")
                .hasMessageContaining("probes/b.yaml: is not a mapping");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
