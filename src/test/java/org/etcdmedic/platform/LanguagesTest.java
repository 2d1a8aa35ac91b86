package org.etcdmedic.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every text of the knowledge, of the probes and of the metrics is there in both languages and says the same in both, whatever
 * the readers of those files look at.
 */
class LanguagesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{[#^/]?\\s*([A-Za-z]+)");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    /** A text and what is wrong with it. */
    private static void look(String where, JsonNode node, List<String> faults) {
        if (node.has("en") || node.has("zh-CN")) {
            String en = node.path("en").stringValue("");
            String zh = node.path("zh-CN").stringValue("");
            if (en.isBlank() || zh.isBlank()) {
                faults.add(where + " is missing in " + (en.isBlank() ? "en" : "zh-CN"));
            } else if (HAN.matcher(en).find()) {
                faults.add(where + " is Chinese in en");
            } else if (!HAN.matcher(zh).find()) {
                faults.add(where + " is not translated");
            } else if (!variables(en).equals(variables(zh))) {
                faults.add(where + " tells other values in zh-CN");
            }
        }
        node.properties().forEach(entry -> look(where + "/" + entry.getKey(), entry.getValue(), faults));
        if (node.isArray()) {
            node.forEach(item -> look(where, item, faults));
        }
    }

    private static Set<String> variables(String text) {
        return VARIABLE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTextIsThereInBothAndTellsTheSame() throws IOException {
        var faults = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (String folder : List.of("knowledge", "probes", "metrics")) {
            try (Stream<Path> tree = Files.walk(Path.of("src/main/resources", folder))) {
                for (Path file :
                        tree.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                    JsonNode node = YAML.readTree(file.toFile());
                    look(file.toString(), node, faults);
                    texts.addAll(node.findValuesAsString("zh-CN"));
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(texts).hasSizeGreaterThan(900);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: {en: Full, zh-CN: 满} |",
                "title: {en: Full} | f/title is missing in zh-CN",
                "title: {zh-CN: 满} | f/title is missing in en",
                "title: {en: Full, zh-CN: ''} | f/title is missing in zh-CN",
                "title: {en: Full, zh-CN: Full} | f/title is not translated",
                "title: {en: 满, zh-CN: 满} | f/title is Chinese in en",
                "a: [{t: {en: '{{n}}', zh-CN: 满}}] | f/a/t tells other values in zh-CN"
            })
    void tellsAFault(String file, String told) {
        var faults = new ArrayList<String>();
        look("f", YAML.readTree(file), faults);

        assertThat(faults).isEqualTo(told == null ? List.of() : List.of(told));
    }
}
