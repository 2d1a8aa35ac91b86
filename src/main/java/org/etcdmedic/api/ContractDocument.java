package org.etcdmedic.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The contract as the live document: Swagger UI and every other reader get what stands in the file, with its texts and
 * recorded examples. Routes go before the controllers, so springdoc's own document, which it makes from the code, is never
 * reached here; the tests hold it against the file.
 */
@Configuration(proxyBeanMethods = false)
class ContractDocument {
    private static final String FOLDER = "openapi/";

    @Bean
    RouterFunction<ServerResponse> contract() throws IOException {
        JsonNode document = whole();
        byte[] json = new JsonMapper().writeValueAsBytes(document);
        byte[] yaml = new YAMLMapper().writeValueAsBytes(document);
        return RouterFunctions.route()
                .GET("/v3/api-docs", request -> answer(MediaType.APPLICATION_JSON, json))
                .GET("/v3/api-docs.yaml", request -> answer(MediaType.APPLICATION_YAML, yaml))
                .build();
    }

    private static ServerResponse answer(MediaType type, byte[] body) {
        return ServerResponse.ok()
                .contentType(new MediaType(type, StandardCharsets.UTF_8))
                .body(body);
    }

    /** The file with the examples that lie beside it put in: a reader of the live document has no files. */
    private static JsonNode whole() throws IOException {
        JsonNode document = read("openapi.yaml");
        if (document.at("/components/examples") instanceof ObjectNode examples) {
            for (Map.Entry<String, JsonNode> example : examples.properties()) {
                String file = example.getValue().path("$ref").stringValue("");
                if (!file.isEmpty()) {
                    examples.set(example.getKey(), read(file));
                }
            }
        }
        return document;
    }

    /** JSON is YAML too. */
    private static JsonNode read(String file) throws IOException {
        try (InputStream in = new ClassPathResource(FOLDER + file).getInputStream()) {
            return new YAMLMapper().readTree(in);
        }
    }
}
