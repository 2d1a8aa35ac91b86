package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import org.junit.jupiter.api.Test;

class NetworkParsersTest {
    private static NetworkInterfaces interfaces(String text) {
        return InterfacesParser.parse(aCapture("addresses").text(text).build()).orElseThrow();
    }

    @Test
    void readsAddressesWithTheStateOfTheirInterface() {
        NetworkInterfaces found = interfaces(JavadocSample.of(InterfacesParser.class));

        assertThat(found.addresses()).hasSize(3);
        assertThat(found.holding("198.51.100.1"))
                .hasValueSatisfying(at -> assertThat(at.interfaceName()).isEqualTo("eth1"))
                .hasValueSatisfying(at -> assertThat(at.up()).isFalse());
        assertThat(found.holding("127.0.0.1").orElseThrow().up()).isTrue();
        assertThat(found.holding("2001:DB8::1")).isPresent();
        assertThat(found.holding("198.51.100.10")).isEmpty();
        assertThat(found.complete()).isTrue();
    }

    @Test
    void readsTheKernelsTrieWhereIpIsMissing() {
        NetworkInterfaces found =
                interfaces(JavadocSample.all(InterfacesParser.class).getLast());

        assertThat(found.holding("198.51.100.1")).isPresent();
        assertThat(found.complete()).isFalse();
    }

    @Test
    void doesNotCallAnAddressMissingFromAListThatWasCutShort() {
        String cut = JavadocSample.of(InterfacesParser.class).replace("end\n", "");

        assertThat(InterfacesParser.parse(aCapture("addresses").text(cut).build()))
                .isEmpty();
    }

    @Test
    void readsHowWellAWayIs() {
        PeerReach reach = PeerReachParser.parse(aCapture("reach-peers")
                        .text(JavadocSample.of(PeerReachParser.class))
                        .build())
                .orElseThrow();

        PathQuality first = reach.peers().getFirst().quality();
        assertThat(first.sent()).isEqualTo(10);
        assertThat(first.received()).isEqualTo(9);
        assertThat(first.roundTrip()).contains(java.time.Duration.ZERO);
        assertThat(first.mtu()).isEqualTo(1500);
        assertThat(first.largeReceived()).isZero();
        assertThat(reach.peers().getLast().quality()).isEqualTo(PathQuality.UNKNOWN);
    }

    @Test
    void readsAPeerWhoseClientsComeToAnotherAddress() {
        PeerReach reach =
                PeerReachParser.parse(aCapture("reach-peers").text("""
                                peer 198.51.100.2/203.0.113.2 2379 2380
                                tcp 198.51.100.2 2380 exit 0
                                tcp 203.0.113.2 2379 exit 124
                                end
                                """).build()).orElseThrow();

        PeerReach.Peer peer = reach.peers().getFirst();
        assertThat(peer.at().words()).isEqualTo("198.51.100.2/203.0.113.2 2379 2380");
        assertThat(peer.peerPort()).isEqualTo(Contact.OPEN);
        assertThat(peer.clientPort()).isEqualTo(Contact.TIMED_OUT);
    }

    @Test
    void tellsTheWaysApartInWhichAPeerIsNotReached() {
        PeerReach reach = PeerReachParser.parse(aCapture("reach-peers")
                        .text(JavadocSample.of(PeerReachParser.class))
                        .build())
                .orElseThrow();

        assertThat(reach.peers())
                .extracting(PeerReach.Peer::ping, PeerReach.Peer::clientPort, PeerReach.Peer::peerPort)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Contact.OPEN, Contact.REFUSED, Contact.OPEN),
                        org.assertj.core.groups.Tuple.tuple(Contact.TIMED_OUT, Contact.TIMED_OUT, Contact.NO_ROUTE));
    }
}
