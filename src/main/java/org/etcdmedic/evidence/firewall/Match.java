package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.etcdmedic.evidence.firewall.Packet.Direction;

/** One condition of a rule. What is not understood is {@link Unclear}, never a guess. */
public sealed interface Match {
    /** Whether a packet fulfils it. */
    Tri test(Packet packet);

    /** Of a source or destination address. */
    record Addresses(boolean source, List<AddressRange> ranges, boolean negated) implements Match {
        public Addresses {
            ranges = List.copyOf(ranges);
        }

        @Override
        public Tri test(Packet packet) {
            AddressRange address = source ? packet.source() : packet.destination();
            return Tri.of(ranges.stream().anyMatch(range -> range.covers(address)))
                    .negate(negated);
        }
    }

    /** Of a port: the source's, the destination's, or either. */
    record Ports(Side side, List<PortRange> ranges, boolean negated) implements Match {
        /** Whose port. */
        public enum Side {
            /** Where it comes from. */
            SOURCE,
            /** Where it goes to. */
            DESTINATION,
            /** One of both. */
            EITHER
        }

        public Ports {
            ranges = List.copyOf(ranges);
        }

        @Override
        public Tri test(Packet packet) {
            Tri any = Tri.NO;
            for (PortRange range : ranges) {
                Tri source = packet.sourcePort().within(range);
                Tri destination = packet.destinationPort().within(range);
                any = any.or(
                        switch (side) {
                            case SOURCE -> source;
                            case DESTINATION -> destination;
                            case EITHER -> source.or(destination);
                        });
            }
            return any.negate(negated);
        }
    }

    /** Of the protocol: whether TCP is among those meant. */
    record Tcp(boolean meant) implements Match {
        @Override
        public Tri test(Packet packet) {
            return Tri.of(meant);
        }
    }

    /** Of the address family. */
    record Family(boolean ipv6) implements Match {
        @Override
        public Tri test(Packet packet) {
            return Tri.of(packet.local().ipv6() == ipv6);
        }
    }

    /** Of the interface it comes in by, or goes out by; a name that ends in {@code +} or {@code *} means all that begin so. */
    record Device(Direction direction, List<String> names, boolean negated) implements Match {
        public Device {
            names = List.copyOf(names);
        }

        @Override
        public Tri test(Packet packet) {
            if (packet.direction() != direction) {
                // A packet has no interface of the other direction: that name is empty.
                return Tri.of(names.stream().anyMatch(name -> fits(name, ""))).negate(negated);
            }
            if (packet.device().isEmpty()) {
                // Between two nodes nothing passes the loopback interface.
                return names.stream().allMatch("lo"::equals) ? Tri.NO.negate(negated) : Tri.MAYBE;
            }
            String device = packet.device().get();
            return Tri.of(names.stream().anyMatch(name -> fits(name, device))).negate(negated);
        }

        private static boolean fits(String name, String device) {
            return (name.endsWith("+") || name.endsWith("*"))
                    ? device.startsWith(name.substring(0, name.length() - 1))
                    : name.equals(device);
        }
    }

    /** Of the state of the connection. */
    record State(Set<String> states, boolean negated) implements Match {
        public State {
            var lower = new HashSet<String>();
            states.forEach(state -> lower.add(state.toLowerCase(java.util.Locale.ROOT)));
            states = Set.copyOf(lower);
        }

        @Override
        public Tri test(Packet packet) {
            // A rule that translates the destination is itself told as one behind which nothing is certain.
            if (states.contains("dnat") && !packet.established()) {
                var others = new HashSet<>(states);
                others.remove("dnat");
                return others.isEmpty() ? Tri.of(negated) : new State(others, negated).test(packet);
            }
            if (!Set.of("new", "established", "related", "invalid", "untracked").containsAll(states)) {
                return Tri.MAYBE;
            }
            String state = packet.tracked() ? packet.established() ? "established" : "new" : "invalid";
            return Tri.of(states.contains(state)).negate(negated);
        }
    }

    /** Of the flags of TCP: of those in the mask exactly these are set. */
    record Flags(Set<String> mask, Set<String> set, boolean negated) implements Match {
        private static final List<Set<String>> OF_A_STANDING_CONNECTION =
                List.of(Set.of("SYN", "ACK"), Set.of("ACK"), Set.of("ACK", "PSH"), Set.of("ACK", "FIN"));

        public Flags {
            mask = Set.copyOf(mask);
            set = Set.copyOf(set);
        }

        @Override
        public Tri test(Packet packet) {
            if (!packet.established()) {
                return Tri.of(fits(Set.of("SYN"))).negate(negated);
            }
            long fitting = OF_A_STANDING_CONNECTION.stream().filter(this::fits).count();
            Tri found = fitting == 0 ? Tri.NO : fitting == OF_A_STANDING_CONNECTION.size() ? Tri.YES : Tri.MAYBE;
            return found.negate(negated);
        }

        private boolean fits(Set<String> flags) {
            var masked = new ArrayList<>(flags);
            masked.retainAll(mask);
            return set.equals(Set.copyOf(masked));
        }
    }

    /** Of whose address it is: the node's own ({@code LOCAL}) or another host's. */
    record Kind(boolean source, String kind, boolean negated) implements Match {
        @Override
        public Tri test(Packet packet) {
            boolean own = source == (packet.direction() == Direction.OUT)
                    || packet.local().equals(packet.peer());
            return switch (kind) {
                case "LOCAL" -> Tri.of(own).negate(negated);
                case "BROADCAST", "MULTICAST", "ANYCAST" -> Tri.NO.negate(negated);
                default -> Tri.MAYBE;
            };
        }
    }

    /** What never holds for whole TCP packets, such as being a later fragment. */
    record Never() implements Match {
        @Override
        public Tri test(Packet packet) {
            return Tri.NO;
        }
    }

    /** What is not understood, or depends on chance, time or state that the rules do not tell. */
    record Unclear(String text) implements Match {
        @Override
        public Tri test(Packet packet) {
            return Tri.MAYBE;
        }
    }
}
