package org.etcdmedic.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The table of {@code lab/README.md} tells every scenario of the lab as its file does. */
class ScenarioTableTest {
    private static final Path LAB = Path.of("lab");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| `[^`]+` \\|(?: [^|]* \\|){4}$");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void everyScenarioHasItsLine() throws IOException {
        List<String> stated = LINE.matcher(Files.readString(LAB.resolve("README.md")))
                .results()
                .map(line -> line.group())
                .toList();
        try (Stream<Path> files = Files.list(LAB.resolve("scenarios"))) {
            assertThat(stated)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(ScenarioTableTest::line).toList());
        }
    }

    private static String line(Path file) {
        JsonNode scenario = YAML.readTree(file.toFile());
        return "| `%s` | %s | %s | %s | %s %s |"
                .formatted(
                        file.getFileName().toString().replace(".yaml", ""),
                        joined(scenario.path("rows"), " "),
                        scenario.path("ci").asBoolean(false) ? "yes" : "",
                        scenario.path("title").asString(),
                        joined(scenario.at("/truth/outcome"), " or "),
                        joined(scenario.at("/truth/cause"), " or "));
    }

    private static String joined(JsonNode oneOrMore, String between) {
        return oneOrMore.isArray()
                ? oneOrMore.valueStream().map(JsonNode::asString).collect(Collectors.joining(between))
                : oneOrMore.asString();
    }
}
