package org.etcdmedic.alarm.source;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;

/** Finds the node that a sender means: by its identifier, its address, its etcd's address, or its virtual machine. */
final class Whereabouts {
    private final List<Instance> instances;

    Whereabouts(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    /** What was found. */
    sealed interface Place {
        /**
         * One node.
         *
         * @param assumed whether only the instance was told, and its first node stands for it: a diagnosis asks all of them anyway
         */
        record At(InstanceId instance, NodeId node, boolean assumed) implements Place {}

        /** None, or more than one. */
        record Nowhere(Code why) implements Place {}
    }

    private record Fit(Instance instance, Node node) {}

    /** Where that is. */
    Place find(Mapped.Where where) {
        List<Instance> meant = instances.stream()
                .filter(instance -> where.instance()
                        .filter(id -> !id.equals(instance.id().value()))
                        .isEmpty())
                .toList();
        if (meant.isEmpty()) {
            return new Place.Nowhere(Code.UNKNOWN_INSTANCE);
        }
        if (where.node().isPresent()) {
            return one(fits(meant, node -> node.id().value().equals(where.node().get())), Code.UNKNOWN_NODE);
        }
        if (where.vm().isPresent()) {
            List<Fit> machines = fits(meant, node -> where.vm().get().equals(node.vmId()));
            // Who has no machines in his inventory may still have told an address.
            if (!machines.isEmpty() || where.host().isEmpty()) {
                return one(machines, Code.HOST_UNKNOWN);
            }
        }
        if (where.host().isPresent()) {
            return at(meant, where.host().get());
        }
        Instance instance = meant.getFirst();
        return new Place.At(instance.id(), instance.nodes().getFirst().id(), true);
    }

    private static Place at(List<Instance> meant, String told) {
        HostAndPort wanted = HostAndPort.of(told);
        List<Fit> fits = fits(meant, node -> wanted.names(node));
        if (fits.size() > 1) {
            // Several etcds on one machine differ by their ports.
            List<Fit> exact =
                    fits.stream().filter(fit -> wanted.portOf(fit.node())).toList();
            fits = exact.isEmpty() ? fits : exact;
        }
        return one(fits, Code.HOST_UNKNOWN);
    }

    private static List<Fit> fits(List<Instance> meant, java.util.function.Predicate<Node> fitting) {
        return meant.stream()
                .flatMap(instance -> instance.nodes().stream().filter(fitting).map(node -> new Fit(instance, node)))
                .limit(10)
                .toList();
    }

    private static Place one(List<Fit> fits, Code none) {
        return switch (fits.size()) {
            case 0 -> new Place.Nowhere(none);
            case 1 ->
                new Place.At(
                        fits.getFirst().instance().id(), fits.getFirst().node().id(), false);
            default -> new Place.Nowhere(Code.HOST_AMBIGUOUS);
        };
    }

    /** An address or a name as senders write it: bare, with a port, in brackets, with a scheme. */
    record HostAndPort(String host, Optional<Integer> port) {
        static HostAndPort of(String told) {
            String text = told.strip().toLowerCase(Locale.ROOT);
            int scheme = text.indexOf("://");
            text = scheme < 0 ? text : text.substring(scheme + 3);
            int slash = text.indexOf('/');
            text = slash < 0 ? text : text.substring(0, slash);
            int bracket = text.indexOf(']');
            if (text.startsWith("[") && bracket > 0) {
                return new HostAndPort(
                        text.substring(1, bracket),
                        number(text.substring(bracket + 1).replace(":", "")));
            }
            int colon = text.indexOf(':');
            // More than one colon without brackets is IPv6.
            return colon < 0 || text.indexOf(':', colon + 1) >= 0
                    ? new HostAndPort(text, Optional.empty())
                    : new HostAndPort(text.substring(0, colon), number(text.substring(colon + 1)));
        }

        private static Optional<Integer> number(String text) {
            return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        }

        boolean names(Node node) {
            return host.equals(node.host().toLowerCase(Locale.ROOT))
                    || host.equals(Objects.requireNonNullElse(node.etcd().address(), "")
                            .toLowerCase(Locale.ROOT));
        }

        boolean portOf(Node node) {
            return port.filter(number -> number.equals(node.etcd().clientPort())
                            || number.equals(node.etcd().peerPort()))
                    .isPresent();
        }
    }
}
