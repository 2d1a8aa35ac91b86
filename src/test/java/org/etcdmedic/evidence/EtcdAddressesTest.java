package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.identityText;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;

import java.util.List;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.OsUser;
import org.junit.jupiter.api.Test;

class EtcdAddressesTest {
    private static Node node(Node.StatedEtcd stated) {
        return new Node(NODE, null, "192.0.2.1", 22, "ops", null, new OsUser("Ruby"), stated, Node.StatedPaths.NOTHING);
    }

    /** The node's only etcd was started with these flags. */
    private static NodeEvidence started(String flags) {
        String processes = """
                uid 1001
                process 4711
                comm etcd
                stat 4711 (etcd) S 1 4711 4711 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 9 0 100 1 1 1
                Uid:	1001	1001	1001	1001
                exe /usr/local/core/app/bin/etcd
                args /usr/local/core/app/bin/etcd\t%s
                """.formatted(flags.replace(' ', '\t'));
        return EvidenceReader.read(
                NODE,
                loggedIn(),
                List.of(
                        aCapture("identity").text(identityText()).build(),
                        aCapture("processes").text(processes).build()),
                WINDOW);
    }

    @Test
    void areThoseOfTheRunningProcess() {
        NodeEvidence evidence = started("-listen-peer-urls https://198.51.100.1:2380 -listen-client-urls"
                + " https://127.0.0.1:2379,https://198.51.100.1:2389 -initial-cluster"
                + " etcd_7001=https://198.51.100.1:2380,etcd_7002=https://198.51.100.2:2480");

        assertThat(EtcdAddresses.of(node(Node.StatedEtcd.NOTHING), evidence))
                .contains(new EtcdAddresses("198.51.100.1", 2389, 2380));
        assertThat(EtcdAddresses.members(node(Node.StatedEtcd.NOTHING), evidence))
                .containsExactly(
                        new EtcdAddresses("198.51.100.1", 2389, 2380), new EtcdAddresses("198.51.100.2", 2389, 2480));
    }

    @Test
    void areTheAdvertisedOnesOfAProcessThatListensEverywhere() {
        NodeEvidence evidence =
                started("--listen-peer-urls=http://[::]:2380 --initial-advertise-peer-urls=http://[2001:db8::1]:2380");

        assertThat(EtcdAddresses.of(node(Node.StatedEtcd.NOTHING), evidence))
                .contains(new EtcdAddresses("2001:db8::1", 2379, 2380));
    }

    @Test
    void areTheStatedOnesWhereNoProcessTellsThem() {
        NodeEvidence nothing = EvidenceReader.read(NODE, loggedIn(), List.of(), WINDOW);

        assertThat(EtcdAddresses.of(node(new Node.StatedEtcd("198.51.100.9", null, 2480)), nothing))
                .contains(new EtcdAddresses("198.51.100.9", 2379, 2480));
        assertThat(EtcdAddresses.of(node(Node.StatedEtcd.NOTHING), nothing)).isEmpty();
    }
}
