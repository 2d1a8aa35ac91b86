package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
    private static final InstanceId ORDERS = new InstanceId("orders.in14");
    private static final Hallmark FULL = full("n3", "/data");

    record Other(String what, InstanceId instance, Hallmark found, boolean sameKind) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Other> others() {
        return Stream.of(
                new Other("another instance", new InstanceId("bills.in14"), FULL, true),
                new Other("another node", ORDERS, full("n1", "/data"), true),
                new Other("another mount", ORDERS, full("n3", "/data2"), true),
                new Other("one node more", ORDERS, found("ETCD_DISK_FULL", List.of("n1", "n3"), space("/data")), true),
                new Other("another cause", ORDERS, found("ETCD_DATA_DISK_FAULT", List.of("n3"), space("/data")), false),
                new Other(
                        "inodes, not space",
                        ORDERS,
                        found("ETCD_DISK_FULL", List.of("n3"), thing("inodes", "mountPoint", "/data")),
                        false),
                new Other("nothing known of the thing", ORDERS, found("ETCD_DISK_FULL", List.of("n3")), false));
    }

    @ParameterizedTest
    @MethodSource("others")
    void differsFrom(Other other) {
        Fingerprint one = Fingerprint.of(ORDERS, FULL);
        Fingerprint two = Fingerprint.of(other.instance(), other.found());

        assertThat(two.value()).isNotEqualTo(one.value());
        assertThat(two.kind().equals(one.kind())).isEqualTo(other.sameKind());
    }

    @Test
    void isTheSameInWhicheverOrderNodesAndThingsCome() {
        var one = found("ETCD_CERTIFICATE_INVALID", List.of("n1", "n2"), space("/a"), space("/b"));
        var two = found("ETCD_CERTIFICATE_INVALID", List.of("n2", "n1", "n2"), space("/b"), space("/a"));

        assertThat(Fingerprint.of(ORDERS, one)).isEqualTo(Fingerprint.of(ORDERS, two));
    }

    @Test
    void doesNotMistakeWhereAWordEnds() {
        var one = found("NETWORK_FIREWALL", List.of("n1"), thing("rule", "port", "23"), thing("rule", "port", "80"));
        var two = found("NETWORK_FIREWALL", List.of("n1"), thing("rule", "port", "23thing4:rule4:port2:80"));

        assertThat(Fingerprint.of(ORDERS, one).value())
                .isNotEqualTo(Fingerprint.of(ORDERS, two).value());
    }

    /** What stands in databases. Whoever changes the recipe changes its number with it. */
    @Test
    void staysWhatItWas() {
        assertThat(Fingerprint.of(ORDERS, FULL))
                .isEqualTo(new Fingerprint("1-49e13d8243e5155f66091e376aa1da60", "1-1e58c770420041a01a20b85677a1a9a6"));
    }

    private static Hallmark full(String node, String mount) {
        return found("ETCD_DISK_FULL", List.of(node), space(mount));
    }

    private static Hallmark.Thing space(String mount) {
        return thing("space", "mountPoint", mount);
    }

    private static Hallmark.Thing thing(String aspect, String name, String value) {
        return new Hallmark.Thing(aspect, Map.of(name, value));
    }

    private static Hallmark found(String cause, List<String> nodes, Hallmark.Thing... things) {
        return new Hallmark(
                new CauseCode(cause), nodes.stream().map(NodeId::new).toList(), List.of(things));
    }
}
