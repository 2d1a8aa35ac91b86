package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.Stream;
import org.etcdmedic.access.Role;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceDocument.NodeDocument;
import org.etcdmedic.inventory.Node.StatedEtcd;
import org.etcdmedic.inventory.Node.StatedPaths;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the chart's schema lets in is what the service reads: no word of it is missing there, and none is made up. */
class ChartValuesIT {
    private static JsonNode schema() throws IOException {
        return Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("values.schema.json")));
    }

    private static Stream<String> words(Class<? extends Record> document) {
        return Stream.of(document.getRecordComponents()).map(RecordComponent::getName);
    }

    @Test
    void aTokenMayHaveEveryRoleThatThereIs() throws IOException {
        assertThat(Chart.each(schema().at("/definitions/role/enum")).map(JsonNode::asString))
                .containsExactlyElementsOf(Stream.of(Role.values())
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void anInstanceAndItsNodesHaveTheWordsOfTheInventory() throws IOException {
        JsonNode instance = schema().at("/properties/inventory/properties/instances/additionalProperties");
        JsonNode node = schema().at("/definitions/node");

        assertThat(instance.path("properties").propertyNames())
                .containsExactlyElementsOf(words(InstanceDocument.class).toList());
        assertThat(node.path("properties").propertyNames())
                .containsExactlyElementsOf(words(NodeDocument.class).toList());
        assertThat(node.at("/properties/etcd/properties").propertyNames())
                .containsExactlyElementsOf(words(StatedEtcd.class).toList());
        assertThat(node.at("/properties/paths/properties").propertyNames())
                .containsExactlyElementsOf(words(StatedPaths.class).toList());
    }
}
