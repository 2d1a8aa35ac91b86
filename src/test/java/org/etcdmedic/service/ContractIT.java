package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract in {@code openapi/} and the service's live document, side by side. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(AlarmsIT.FreshDatabase.class)
class ContractIT {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    @LocalServerPort
    int port;

    @Test
    void describesEveryOperationOfTheServiceAndNoOther() throws IOException {
        JsonNode contract = new YAMLMapper().readTree(Files.readString(Path.of("openapi", "openapi.yaml")));
        Api.Answer live = new Api("http://127.0.0.1:" + port).get("/v3/api-docs");

        assertThat(operations(live.json())).isEqualTo(operations(contract));
    }

    @Test
    void servesSwaggerUi() {
        var api = new Api("http://127.0.0.1:" + port);

        assertThat(api.get("/swagger-ui.html").status()).isEqualTo(302);
        assertThat(api.get("/swagger-ui/index.html").text()).contains("swagger-ui");
    }

    private static Map<String, String> operations(JsonNode document) {
        var operations = new TreeMap<String, String>();
        document.path("paths").forEachEntry((path, item) -> {
            for (String method : METHODS) {
                if (item.has(method)) {
                    operations.put(
                            method + " " + path,
                            item.path(method).path("operationId").stringValue());
                }
            }
        });
        return operations;
    }
}
