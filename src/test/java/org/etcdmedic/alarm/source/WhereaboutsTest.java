package org.etcdmedic.alarm.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceDocument.NodeDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node.StatedEtcd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which node a sender means. */
class WhereaboutsTest {
    private static final Whereabouts WHEREABOUTS = new Whereabouts(List.of(
            instance(
                    "orders",
                    node("o1", "vm-1", "192.0.2.11", new StatedEtcd("198.51.100.11", 2379, 2380)),
                    node("o2", "vm-2", "Db-2.example", new StatedEtcd("2001:db8::2", null, null))),
            instance(
                    "billing",
                    node("b1", null, "192.0.2.21", new StatedEtcd(null, 2379, 2380)),
                    node("b2", null, "192.0.2.21", new StatedEtcd(null, 12379, 12380)),
                    node("o1", "vm-3", "192.0.2.23", StatedEtcd.NOTHING))));

    private static Instance instance(String id, NodeDocument... nodes) {
        return new InstanceDocument(id, List.of(nodes)).toInstance(new InstanceId(id));
    }

    private static NodeDocument node(String id, @Nullable String vm, String host, StatedEtcd etcd) {
        return new NodeDocument(id, vm, host, null, null, null, null, etcd, null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "orders, o2, -, -, orders/o2",
                "orders, o9, -, -, UNKNOWN_NODE",
                "nobody, o1, -, -, UNKNOWN_INSTANCE",
                // Only the node: its identifier stands in two instances here.
                "-, o2, -, -, orders/o2",
                "-, o1, -, -, HOST_AMBIGUOUS",
                // Prometheus tells host and port; the host may be etcd's own address.
                "-, -, 192.0.2.11:9100, -, orders/o1",
                "-, -, 198.51.100.11:2379, -, orders/o1",
                "-, -, http://198.51.100.11:2379/metrics, -, orders/o1",
                "-, -, [2001:db8::2]:2379, -, orders/o2",
                "-, -, 2001:db8::2, -, orders/o2",
                "-, -, DB-2.EXAMPLE, -, orders/o2",
                // Two nodes on one machine differ by the port of their etcd.
                "-, -, 192.0.2.21:12379, -, billing/b2",
                "-, -, 192.0.2.21:9100, -, HOST_AMBIGUOUS",
                "orders, -, 192.0.2.23, -, HOST_UNKNOWN",
                "-, -, 203.0.113.1:2379, -, HOST_UNKNOWN",
                "-, -, -, vm-3, billing/o1",
                "-, -, 192.0.2.11, vm-99, orders/o1",
                "-, -, -, vm-99, HOST_UNKNOWN",
                // Only the instance: its first node stands for it, and that is said.
                "billing, -, -, -, billing/b1 assumed"
            })
    void findsTheNodeOrSaysWhyNot(
            @Nullable String instance,
            @Nullable String node,
            @Nullable String host,
            @Nullable String vm,
            String expected) {
        var where = new Mapped.Where(
                Optional.ofNullable(instance),
                Optional.ofNullable(node),
                Optional.ofNullable(host),
                Optional.ofNullable(vm));

        String found = switch (WHEREABOUTS.find(where)) {
            case Whereabouts.Place.At(var in, var at, boolean assumed) -> in + "/" + at + (assumed ? " assumed" : "");
            case Whereabouts.Place.Nowhere(var why) -> why.name();
        };

        assertThat(found).isEqualTo(expected);
    }
}
