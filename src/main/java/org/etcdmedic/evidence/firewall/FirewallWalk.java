package org.etcdmedic.evidence.firewall;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.firewall.Decision.Fate;
import org.etcdmedic.evidence.firewall.Decision.Guilty;
import org.etcdmedic.evidence.firewall.Packet.Direction;

/**
 * The way of a packet through all chains of a node. Each chain with a hook must let it pass; where a rule may or may not
 * match, both ways are followed. Pure.
 */
public final class FirewallWalk {
    /** The kernel refuses deeper nesting too. */
    private static final int DEEPEST = 32;

    private static final List<String> WAY_IN = List.of("ingress", "prerouting", "input");
    private static final List<String> WAY_OUT = List.of("output", "postrouting", "egress");

    private FirewallWalk() {}

    /** What becomes of the packet. */
    public static Decision decide(List<Table> tables, Packet packet) {
        List<String> way = packet.direction() == Direction.IN ? WAY_IN : WAY_OUT;
        record Entry(Table table, Chain chain, Chain.Hook hook) {}
        List<Entry> entries = tables.stream()
                .filter(table -> table.concerns(packet))
                .flatMap(table -> table.chains().stream()
                        .flatMap(chain -> chain.hook().map(hook -> new Entry(table, chain, hook)).stream()))
                .filter(entry -> way.contains(entry.hook().name()))
                // Addresses are translated once for a connection, at its first packet.
                .filter(entry -> !entry.hook().type().equals("nat") || !packet.established())
                .sorted(Comparator.<Entry>comparingInt(e -> way.indexOf(e.hook().name()))
                        .thenComparingInt(e -> e.hook().priority()))
                .toList();
        Optional<Guilty> doubt = Optional.empty();
        boolean elsewhere = false;
        for (Entry entry : entries) {
            var walk = new Walk(entry.table(), entry.hook().beforeTracking() ? packet.beforeTracking() : packet);
            Ends ends = walk.through(entry.chain(), 0);
            if (ends.falls() && entry.chain().policy().isPresent()) {
                ends = ends.ended(new Guilty(
                        entry.table(), entry.chain(), entry.chain().policy().get()));
            }
            elsewhere |= ends.elsewhere();
            if (ends.lost().isPresent()) {
                // Behind a rule that hands the packet to something else nothing is certain any more.
                if (!ends.passes() && !ends.falls() && !elsewhere) {
                    Guilty guilty = ends.lost().get();
                    return new Decision(
                            guilty.rule().action() instanceof Action.Reject ? Fate.REJECT : Fate.DROP,
                            Optional.of(guilty));
                }
                doubt = doubt.or(ends::lost);
            }
        }
        return doubt.map(guilty -> new Decision(Fate.UNKNOWN, Optional.of(guilty)))
                .orElseGet(() -> new Decision(Fate.ACCEPT, Optional.empty()));
    }

    /**
     * How a packet may leave a chain.
     *
     * @param passes it may be accepted
     * @param lost it may be lost by this rule: the first that surely takes it, else the first that may
     * @param sure whether that rule takes whatever comes to it
     * @param falls it may come to the end of the chain
     * @param elsewhere something outside the rules may decide
     */
    private record Ends(boolean passes, Optional<Guilty> lost, boolean sure, boolean falls, boolean elsewhere) {
        static final Ends NOWHERE = new Ends(false, Optional.empty(), false, false, false);
        static final Ends ACCEPTED = new Ends(true, Optional.empty(), false, false, false);
        static final Ends AT_THE_END = new Ends(false, Optional.empty(), false, true, false);

        static Ends lostTo(Guilty guilty, boolean sure) {
            return new Ends(false, Optional.of(guilty), sure, false, false);
        }

        /** Of a chain that is only entered where a condition holds that cannot be told. */
        Ends perhaps(boolean sureOfTheJump) {
            return new Ends(passes, lost, sure && sureOfTheJump, falls, elsewhere);
        }

        Ends withoutFall() {
            return new Ends(passes, lost, sure, false, elsewhere);
        }

        Ends or(Ends other) {
            return new Ends(
                    passes || other.passes,
                    !sure && other.sure ? other.lost : lost.or(other::lost),
                    sure || other.sure,
                    falls || other.falls,
                    elsewhere || other.elsewhere);
        }

        /** Where falling through meets the policy. */
        Ends ended(Guilty policy) {
            return withoutFall().or(policy.rule().action() instanceof Action.Accept ? ACCEPTED : lostTo(policy, true));
        }
    }

    /** One packet in one table; each chain is walked once however many rules jump to it. */
    private static final class Walk {
        private final Table table;
        private final Packet packet;
        private final Map<String, Chain> chains;
        private final Map<String, Ends> done = new HashMap<>();
        private final Set<String> open = new HashSet<>();

        Walk(Table table, Packet packet) {
            this.table = table;
            this.packet = packet;
            this.chains = table.chains().stream()
                    .collect(Collectors.toMap(Chain::name, chain -> chain, (first, second) -> first));
        }

        Ends through(Chain chain, int depth) {
            Ends ends = Ends.NOWHERE;
            for (Rule rule : chain.rules()) {
                Tri matches = rule.matches(packet);
                if (matches == Tri.NO) {
                    continue;
                }
                Guilty here = new Guilty(table, chain, rule);
                boolean goesOn = matches == Tri.MAYBE;
                switch (rule.action()) {
                    case Action.Accept ignored -> ends = ends.or(Ends.ACCEPTED);
                    case Action.Drop ignored -> ends = ends.or(Ends.lostTo(here, matches == Tri.YES));
                    case Action.Reject ignored -> ends = ends.or(Ends.lostTo(here, matches == Tri.YES));
                    case Action.Return ignored -> ends = ends.or(Ends.AT_THE_END);
                    case Action.Continue ignored -> goesOn = true;
                    case Action.Jump(String name) -> {
                        Ends there = called(name, here, depth).perhaps(matches == Tri.YES);
                        goesOn |= there.falls();
                        ends = ends.or(there.withoutFall());
                    }
                    case Action.Goto(String name) ->
                        ends = ends.or(called(name, here, depth).perhaps(matches == Tri.YES));
                    case Action.Elsewhere ignored -> {
                        ends = ends.or(new Ends(true, Optional.of(here), false, false, true));
                        goesOn = true;
                    }
                }
                if (!goesOn) {
                    return ends;
                }
            }
            return ends.or(Ends.AT_THE_END);
        }

        /** A chain that is not there, calls itself or lies too deep tells nothing. */
        private Ends called(String name, Guilty from, int depth) {
            Ends known = done.get(name);
            if (known != null) {
                return known;
            }
            Chain chain = chains.get(name);
            if (chain == null || depth >= DEEPEST || !open.add(name)) {
                return new Ends(true, Optional.of(from), false, true, true);
            }
            Ends ends = through(chain, depth + 1);
            open.remove(name);
            done.put(name, ends);
            return ends;
        }
    }
}
