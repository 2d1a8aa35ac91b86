package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.firewall.Match.Ports.Side;
import org.etcdmedic.evidence.firewall.Packet.Direction;

/** Reads one rule in the syntax of nft. A verdict map becomes one rule for each of its entries, all of one number. */
final class NftRule {
    private final Tokens words;
    private final Map<String, List<String>> sets;
    private final List<Match> matches = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private Optional<Action> action = Optional.empty();

    private record Entry(Match key, Action action) {}

    private NftRule(Tokens words, Map<String, List<String>> sets) {
        this.words = words;
        this.sets = sets;
    }

    static List<Rule> read(int number, String line, Source source, Map<String, List<String>> sets) {
        int mark = line.lastIndexOf(" # handle ");
        String handle =
                mark < 0 ? "" : line.substring(mark + " # handle ".length()).strip();
        String text = mark < 0 ? line : line.substring(0, mark).strip();
        var rule = new NftRule(Tokens.of(text, "{},"), sets);
        rule.read();
        if (rule.entries.isEmpty()) {
            return List.of(
                    new Rule(number, handle, text, rule.matches, rule.action.orElseGet(Action.Continue::new), source));
        }
        return rule.entries.stream()
                .map(entry -> {
                    var all = new ArrayList<>(rule.matches);
                    all.add(entry.key());
                    return new Rule(number, handle, text, all, entry.action(), source);
                })
                .toList();
    }

    private void read() {
        while (words.more() && action.isEmpty()) {
            String word = words.next();
            switch (word) {
                case "ip" -> header(false);
                case "ip6" -> header(true);
                case "tcp" -> tcp();
                case "th" -> port(words.next());
                case "udp", "icmp", "icmpv6", "sctp", "dccp", "udplite", "esp", "ah", "arp", "vlan", "ether", "igmp" ->
                    otherProtocol(word);
                case "meta" -> meta(words.next());
                case "iif", "iifname", "oif", "oifname", "l4proto", "nfproto" -> meta(word);
                case "ct" -> connection();
                case "counter" -> {
                    if (words.take("packets")) {
                        words.next();
                        words.take("bytes");
                        words.next();
                    }
                }
                case "comment" -> words.next();
                case "xt" -> extension();
                case "log" -> log();
                case "notrack" -> action = Optional.of(new Action.Elsewhere(word));
                case "masquerade", "snat" -> action = Optional.of(new Action.Continue());
                default -> verdict(word).ifPresentOrElse(found -> action = Optional.of(found), () -> unclear(word));
            }
        }
    }

    private Optional<Action> verdict(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "accept" -> new Action.Accept();
                    case "drop" -> new Action.Drop();
                    case "reject" -> new Action.Reject();
                    case "return" -> new Action.Return();
                    case "continue" -> new Action.Continue();
                    case "jump" -> new Action.Jump(words.next());
                    case "goto" -> new Action.Goto(words.next());
                    case "dnat", "redirect", "queue", "tproxy", "synproxy", "fwd", "dup", "vmap" ->
                        new Action.Elsewhere(word);
                    default -> null;
                });
    }

    /** What only iptables can say in full. */
    private void extension() {
        if (words.next().equals("target")) {
            action = Optional.of(new Action.Elsewhere("xt"));
        } else {
            words.next();
            unclear("xt");
        }
    }

    private void unclear(String word) {
        matches.add(new Match.Unclear(word));
    }

    private void header(boolean ipv6) {
        String field = words.next();
        switch (field) {
            case "saddr", "daddr" -> {
                matches.add(new Match.Family(ipv6));
                condition(values -> values.addresses(field.equals("saddr")));
            }
            case "protocol", "nexthdr" -> {
                matches.add(new Match.Family(ipv6));
                condition(NftValues::protocol);
            }
            default -> unclear(field);
        }
    }

    private void tcp() {
        matches.add(new Match.Tcp(true));
        String field = words.next();
        if (field.equals("flags")) {
            flags();
        } else {
            port(field);
        }
    }

    private void port(String field) {
        switch (field) {
            case "sport" -> condition(values -> values.ports(Side.SOURCE));
            case "dport" -> condition(values -> values.ports(Side.DESTINATION));
            default -> unclear(field);
        }
    }

    /** {@code tcp flags syn}, {@code tcp flags syn / syn,ack}; the older form with {@code &} is not read. */
    private void flags() {
        boolean not = words.take("!=");
        Set<String> set = flagList();
        if (words.take("/")) {
            matches.add(new Match.Flags(flagList(), set, not));
        } else {
            unclear("tcp flags");
        }
    }

    private Set<String> flagList() {
        var flags = new HashSet<String>();
        do {
            flags.add(words.next().toUpperCase(java.util.Locale.ROOT));
        } while (words.take(","));
        return flags;
    }

    private void otherProtocol(String word) {
        switch (word) {
            case "arp", "vlan", "ether" -> unclear(word);
            default -> matches.add(new Match.Tcp(false));
        }
        words.next();
        take();
    }

    private void meta(String key) {
        switch (key) {
            case "iif", "iifname" ->
                condition(values -> new Match.Device(Direction.IN, values.items(), values.negated()));
            case "oif", "oifname" ->
                condition(values -> new Match.Device(Direction.OUT, values.items(), values.negated()));
            case "l4proto" -> condition(NftValues::protocol);
            case "nfproto" ->
                condition(values -> values.items().size() == 1 && !values.negated()
                        ? new Match.Family(values.items().getFirst().equals("ipv6"))
                        : new Match.Unclear("nfproto"));
            default -> unclear("meta " + key);
        }
    }

    private void connection() {
        String key = words.next();
        if (key.equals("state") || (key.equals("status") && words.peek().equals("dnat"))) {
            condition(values -> new Match.State(Set.copyOf(values.items()), values.negated()));
        } else {
            unclear("ct " + key);
        }
    }

    private void log() {
        while (Set.of("prefix", "level", "flags", "group", "snaplen", "queue-threshold")
                .contains(words.peek())) {
            words.next();
            do {
                words.next();
            } while (words.take(","));
        }
    }

    /** What stands behind a field: a condition on its values, or a verdict map over them. */
    private void condition(Function<NftValues, Match> match) {
        if (words.take("vmap")) {
            verdictMap(match);
            return;
        }
        if (words.peek().equals(".")) {
            // Several fields at once: nothing of them is understood, and nothing is taken for understood.
            unclear(".");
            words.next();
            words.next();
            words.next();
            take();
            return;
        }
        Optional<NftValues> values = take();
        matches.add(values.map(match).orElseGet(() -> new Match.Unclear("value")));
    }

    /** The next value, list or set; nothing where it cannot be read. */
    private Optional<NftValues> take() {
        boolean not = words.take("!=");
        if (!not) {
            words.take("==");
        }
        if (Set.of("<", ">", "<=", ">=", "&", "and", "or", "|").contains(words.peek())) {
            words.next();
            words.next();
            return Optional.empty();
        }
        if (words.take("{")) {
            var items = new ArrayList<String>();
            boolean plain = true;
            while (words.more() && !words.take("}")) {
                String item = words.next();
                plain &= !Set.of(".", ":", "timeout", "counter", "expires").contains(item);
                if (!item.equals(",")) {
                    items.add(item);
                }
            }
            return plain ? Optional.of(new NftValues(items, not)) : Optional.empty();
        }
        if (words.peek().startsWith("@")) {
            return Optional.ofNullable(sets.get(words.next()))
                    .filter(items -> !items.contains("?"))
                    .map(items -> new NftValues(items, not));
        }
        var items = new ArrayList<String>();
        do {
            items.add(words.next());
        } while (words.take(","));
        return Optional.of(new NftValues(items, not));
    }

    /** {@code vmap { established : accept, invalid : drop }}. */
    private void verdictMap(Function<NftValues, Match> match) {
        if (!words.take("{")) {
            action = Optional.of(new Action.Elsewhere("vmap " + words.next()));
            return;
        }
        while (words.more() && !words.take("}")) {
            String key = words.next();
            if (key.equals(",")) {
                continue;
            }
            Match fits = match.apply(new NftValues(List.of(key), false));
            if (!words.take(":")) {
                fits = new Match.Unclear(key);
                while (words.more() && !words.take(":") && !words.peek().equals("}")) {
                    words.next();
                }
            }
            Action then = verdict(words.next()).orElseGet(() -> new Action.Elsewhere("vmap"));
            entries.add(new Entry(fits, then));
        }
    }
}
