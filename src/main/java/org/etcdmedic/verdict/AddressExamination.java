package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.NetworkInterfaces;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row N2: does etcd's address stand on an interface, and is that one up. */
final class AddressExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        Optional<EtcdAddresses> own = EtcdAddresses.of(node.node(), node.evidence());
        if (sees(node)) {
            // cm_ctl reached this member through the address that is asked for, in whatever namespace it stands.
            return present(node, own).map(List::of).orElse(List.of());
        }
        return switch (node.evidence().interfaces()) {
            case Reading.Unknown<NetworkInterfaces> unknown -> List.of(Observation.notLooked("N2", unknown));
            case Reading.Known<NetworkInterfaces>(NetworkInterfaces interfaces, Source source) -> {
                if (own.isEmpty() || !isAddress(own.get(), interfaces)) {
                    yield List.of(new Observation.NotLooked(
                            "N2", Reading.Gap.MISSING, "no command line of etcd tells its address"));
                }
                String address = own.get().address();
                yield present(node, own)
                        .map(List::of)
                        .orElseGet(() -> List.of(interfaces
                                .holding(address)
                                .map(on -> Observation.seen(
                                        "etcd-interface-down",
                                        Map.of("address", address, "interface", on.interfaceName()),
                                        on.source()))
                                .orElseGet(() ->
                                        Observation.seen("etcd-address-missing", Map.of("address", address), source))));
            }
        };
    }

    private static Optional<Observation> present(NodeCase node, Optional<EtcdAddresses> own) {
        return node.evidence()
                .interfaces()
                .known()
                .flatMap(interfaces -> own.flatMap(at -> interfaces.holding(at.address())))
                .filter(NetworkInterfaces.Address::up)
                .map(on -> Observation.seen(
                        "etcd-address-present",
                        Map.of("address", on.address(), "interface", on.interfaceName()),
                        on.source()));
    }

    private static boolean isAddress(EtcdAddresses at, NetworkInterfaces interfaces) {
        boolean six = at.address().contains(":");
        return six ? interfaces.complete() : at.address().matches("[0-9.]+");
    }

    /** Whether the cluster manager, asked on this node, reached every member, its own included. */
    static boolean sees(NodeCase node) {
        return node.etcd() instanceof EtcdState.Running
                && node.evidence()
                        .clusterStatus()
                        .known()
                        .map(ClusterStatus::etcd)
                        .filter(members ->
                                !members.isEmpty() && members.stream().allMatch(ClusterStatus.Member::healthy))
                        .isPresent();
    }
}
