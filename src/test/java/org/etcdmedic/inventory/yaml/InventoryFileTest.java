package org.etcdmedic.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.platform.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.core.io.ByteArrayResource;

class InventoryFileTest {
    private final Kept instances = new Kept();

    private static final class Kept implements Instances {
        final Map<InstanceId, Instance> all = new LinkedHashMap<>();

        @Override
        public Optional<Instance> recall(InstanceId id) {
            return find(id);
        }

        @Override
        public Optional<Instance> find(InstanceId id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<Instance> all() {
            return List.copyOf(all.values());
        }

        @Override
        public boolean put(Instance instance, Instant now) {
            return put(instance, before -> true, now);
        }

        @Override
        public boolean put(Instance instance, Predicate<Optional<Instance>> expected, Instant now) {
            return all.put(instance.id(), instance) == null;
        }

        @Override
        public boolean remove(InstanceId id, Predicate<Optional<Instance>> expected, Instant now) {
            return all.remove(id) != null;
        }
    }

    private void read(String yaml) throws IOException {
        var file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "inventory.yaml");
        new InventoryFile(Optional.of(file), instances, Clock.systemUTC()).run(new DefaultApplicationArguments());
    }

    @Test
    void readsInstancesWithWhatIsStatedAndDefaultsForTheRest() throws IOException {
        read("""
                instances:
                  orders-in14:
                    name: orders-prod
                    nodes:
                      - {nodeId: node1-no14, host: 192.0.2.11, login: gauss-ops, dbUser: omm, paths: {gaussHome: /opt/app}}
                      - {nodeId: node2-no14, host: 192.0.2.12}
                """);

        Instance orders = instances.find(new InstanceId("orders-in14")).orElseThrow();
        assertThat(orders.name()).isEqualTo("orders-prod");
        assertThat(orders.nodes().getFirst().paths().gaussHome()).isEqualTo("/opt/app");
        assertThat(orders.nodes().getFirst().dbUser().name()).isEqualTo("omm");
        assertThat(orders.nodes().getLast().sshPort()).isEqualTo(22);
        assertThat(orders.nodes().getLast().login()).isEqualTo("default");
        assertThat(orders.nodes().getLast().etcd()).isEqualTo(Node.StatedEtcd.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instances: {i1: {nodes: []}}",
                "instances: {i1: {nodes: [{nodeId: n1, host: 'a; reboot'}]}}",
                "instances: {'i 1': {nodes: [{nodeId: n1, host: h}]}}",
                "instances: {i1: {nodes: [{nodeId: n1, host: h, password: x}]}}",
                "instances: {i1: {nodes: [{nodeId: n1, host: h}, {nodeId: n1, host: h}]}}",
                "instances: {i0: {nodes: [{nodeId: n1, host: h}]}, i1: {nodes: []}}",
                "instances: {i1: }",
                "instances: {i1: {}}",
                "instances: {i1: {nodes: [~]}}",
                "instances: {i1: {nodes: [{host: h}]}}",
                "instances: {i1: {nodes: [{nodeId: n1}]}}",
                "instances:",
                "",
                "instances: ["
            })
    void stopsTheStartForAFileThatCannotBeUsedAndNamesIt(String yaml) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(WrongSetting.class).hasMessageContaining("inventory.yaml");
        assertThat(instances.all()).isEmpty();
    }
}
