package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdEndpoints;
import org.etcdmedic.evidence.FirewallRules;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.firewall.Action;
import org.etcdmedic.evidence.firewall.Decision;
import org.etcdmedic.evidence.firewall.Decision.Fate;
import org.etcdmedic.evidence.firewall.Decision.Guilty;
import org.etcdmedic.evidence.firewall.FirewallWalk;
import org.etcdmedic.evidence.firewall.Firewalld;
import org.etcdmedic.evidence.firewall.Packet;
import org.etcdmedic.evidence.firewall.Rule;

/** Row N3: does a firewall rule of the node take packets that etcd lives on. A rule that does not touch them is never blamed. */
final class FirewallExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return examine(node, List.of(node));
    }

    @Override
    public List<Observation> examine(NodeCase node, List<NodeCase> all) {
        return switch (node.evidence().firewall()) {
            case Reading.Unknown<FirewallRules> unknown -> List.of(unseen(node, unknown.gap(), unknown.detail()));
            case Reading.Known<FirewallRules>(FirewallRules rules, Source source) -> judge(node, all, rules, source);
        };
    }

    private static List<Observation> judge(NodeCase node, List<NodeCase> all, FirewallRules rules, Source source) {
        if (!rules.failed().isEmpty() && harmless(rules)) {
            return List.of(unseen(
                    node, Reading.Gap.UNREADABLE, rules.failed().getFirst().said()));
        }
        if (harmless(rules)) {
            return List.of(Observation.seen("firewall-open", Map.of("rules", count(rules)), source));
        }
        Optional<EtcdEndpoints> etcd = EtcdEndpoints.of(node.node(), node.evidence());
        if (etcd.filter(found -> found.peerPort().isPresent() && !found.peers().isEmpty())
                .isEmpty()) {
            return List.of(unseen(node, Reading.Gap.MISSING, "which addresses and ports etcd uses is not known"));
        }
        var lost = new LinkedHashMap<Guilty, List<EtcdTraffic>>();
        var doubtful = new LinkedHashMap<Guilty, List<EtcdTraffic>>();
        List<EtcdAddresses> members = EtcdAddresses.members(node.node(), node.evidence());
        for (EtcdTraffic traffic : EtcdTraffic.of(etcd.get(), rules, members)) {
            Decision decision = FirewallWalk.decide(rules.tables(), traffic.packet());
            decision.by()
                    .ifPresent(guilty -> (decision.fate() == Fate.UNKNOWN ? doubtful : lost)
                            .computeIfAbsent(guilty, rule -> new ArrayList<>())
                            .add(traffic));
        }
        var seen = new ArrayList<Observation>();
        lost.forEach((guilty, traffic) -> {
            List<Source> felt = FirewallEffect.felt(node, all, etcd.get(), guilty, traffic);
            seen.add(guilty("firewall-drops-etcd" + (felt.isEmpty() ? "-unfelt" : ""), guilty, traffic, all, felt));
        });
        if (seen.isEmpty()) {
            doubtful.forEach(
                    (guilty, traffic) -> seen.add(guilty("firewall-may-drop", guilty, traffic, all, List.of())));
        }
        (lost.isEmpty() ? doubtful : lost)
                .keySet().stream()
                        .flatMap(guilty -> Firewalld.of(guilty).map(whose -> firewalld(guilty, whose)).stream())
                        .forEach(seen::add);
        if (seen.isEmpty()) {
            seen.add(
                    rules.failed().isEmpty()
                            ? Observation.seen("firewall-open", Map.of("rules", count(rules)), source)
                            : unseen(
                                    node,
                                    Reading.Gap.UNREADABLE,
                                    rules.failed().getFirst().said()));
        }
        return seen;
    }

    /** Whether no rule and no policy takes any packet at all. */
    private static boolean harmless(FirewallRules rules) {
        return rules.tables().stream()
                .flatMap(table -> table.chains().stream())
                .allMatch(chain ->
                        chain.policy().filter(FirewallExamination::takes).isEmpty()
                                && chain.rules().stream().noneMatch(FirewallExamination::takes));
    }

    private static boolean takes(Rule rule) {
        return switch (rule.action()) {
            case Action.Drop ignored -> true;
            case Action.Reject ignored -> true;
            case Action.Elsewhere ignored -> true;
            case Action.Accept ignored -> false;
            case Action.Return ignored -> false;
            case Action.Continue ignored -> false;
            case Action.Jump ignored -> false;
            case Action.Goto ignored -> false;
        };
    }

    private static String count(FirewallRules rules) {
        return String.valueOf(rules.tables().stream()
                .flatMap(table -> table.chains().stream())
                .mapToInt(chain -> chain.rules().size())
                .sum());
    }

    /** Where the rules are hidden, an etcd that all members talk with vouches that none of them hurts. */
    private static Observation unseen(NodeCase node, Reading.Gap gap, String detail) {
        return FirewallEffect.none(node)
                ? Observation.seen("firewall-not-felt", Map.of(), FirewallEffect.witness(node))
                : new Observation.NotLooked("N3", gap, detail);
    }

    private static Observation guilty(
            String kind, Guilty guilty, List<EtcdTraffic> traffic, List<NodeCase> all, List<Source> felt) {
        var values = new HashMap<String, String>();
        Rule rule = guilty.rule();
        values.put("rule", rule.text());
        values.put("chain", guilty.table().name() + " " + guilty.chain().name());
        values.put("tool", guilty.table().tool());
        values.put("number", rule.number() == 0 ? "policy" : String.valueOf(rule.number()));
        values.put("direction", direction(traffic));
        values.put("peer", joined(traffic.stream().map(EtcdTraffic::peer).toList()));
        values.put(
                "peerNames",
                traffic.stream()
                        .map(EtcdTraffic::peer)
                        .distinct()
                        .map(peer -> named(peer, all))
                        .collect(Collectors.joining(", ")));
        values.put(
                "port",
                joined(traffic.stream().map(t -> String.valueOf(t.port())).toList()));
        if (Firewalld.of(guilty).isPresent()) {
            // What firewalld made, it makes again: its rules are changed with its own tool only.
            values.put("firewalld", "firewalld");
        } else if (rule.number() > 0 && !guilty.table().tool().equals("nft")) {
            values.put("iptablesTool", guilty.table().tool());
            values.put("iptablesTable", guilty.table().name());
            values.put("iptablesChain", guilty.chain().name());
            values.put("iptablesNumber", String.valueOf(rule.number()));
        } else if (!rule.handle().isEmpty()) {
            values.put("nftFamily", guilty.table().family());
            values.put("nftTable", guilty.table().name());
            values.put("nftChain", guilty.chain().name());
            values.put("nftHandle", rule.handle());
        }
        var sources = new ArrayList<Source>();
        sources.add(rule.source());
        sources.addAll(felt);
        return new Observation.Seen(kind, values, sources, Optional.empty());
    }

    /** The same rule in the words of firewalld, which lays it again whenever it loads. */
    private static Observation firewalld(Guilty guilty, Firewalld whose) {
        var values = new HashMap<String, String>();
        values.put("firewalldShows", whose.shows());
        values.put("chain", guilty.table().name() + " " + guilty.chain().name());
        switch (whose.place()) {
            case ZONE -> values.put("firewalldZone", whose.name());
            case POLICY, DIRECT, PANIC, ALL -> {}
        }
        String kind = "firewalld-"
                + switch (whose.place()) {
                    case ZONE -> whose.written() ? "rule" : "target";
                    case POLICY -> whose.written() ? "rule" : "target";
                    case DIRECT -> "rule";
                    case PANIC -> "panic";
                    case ALL -> "target";
                };
        return Observation.seen(kind, values, guilty.rule().source());
    }

    private static String direction(List<EtcdTraffic> traffic) {
        var directions = traffic.stream().map(t -> t.packet().direction()).collect(Collectors.toSet());
        return directions.size() > 1
                ? "incoming and outgoing"
                : directions.contains(Packet.Direction.OUT) ? "outgoing" : "incoming";
    }

    /** An address with the node that has it, where one of the instance does. */
    private static String named(String address, List<NodeCase> all) {
        return all.stream()
                .filter(node -> EtcdAddresses.of(node.node(), node.evidence())
                        .map(EtcdAddresses::address)
                        .filter(address::equals)
                        .isPresent())
                .findFirst()
                .map(node -> Wording.name(node) + " (" + address + ")")
                .orElse(address);
    }

    private static String joined(List<String> values) {
        return new LinkedHashSet<>(values).stream().collect(Collectors.joining(", "));
    }
}
