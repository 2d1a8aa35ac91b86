package org.etcdmedic.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The types of problems, in the contract and in the service. */
class ProblemContractIT {
    @Test
    void theContractNamesEveryProblemAndNoOther() throws IOException {
        JsonNode types = new YAMLMapper()
                .readTree(Files.readString(Path.of("openapi", "openapi.yaml")))
                .at("/components/schemas/Problem/properties/type/enum");

        assertThat(types.valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(
                        Arrays.stream(Problem.values()).map(Problem::type).toList());
    }
}
