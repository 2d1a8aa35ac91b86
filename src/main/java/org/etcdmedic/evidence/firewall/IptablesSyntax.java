package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code iptables-save} and its kin print. */
public final class IptablesSyntax {
    private static final Map<String, String> HOOKS = Map.of(
            "PREROUTING", "prerouting",
            "INPUT", "input",
            "FORWARD", "forward",
            "OUTPUT", "output",
            "POSTROUTING", "postrouting");
    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "nat", -100, "filter", 0, "security", 50);

    private final String tool;
    private final String family;
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private final Map<String, Rule> policies = new LinkedHashMap<>();
    private String table = "";

    private IptablesSyntax(String tool, String family) {
        this.tool = tool;
        this.family = family;
    }

    /** The tables in these lines; what belongs to none is left aside. */
    public static List<Table> read(String tool, String family, List<RuleLine> lines) {
        var syntax = new IptablesSyntax(tool, family);
        lines.forEach(syntax::line);
        syntax.end();
        return List.copyOf(syntax.tables);
    }

    private void line(RuleLine line) {
        String text = line.text().strip();
        if (text.startsWith("*")) {
            end();
            table = text.substring(1).strip();
        } else if (text.equals("COMMIT")) {
            end();
        } else if (text.startsWith(":") && !table.isEmpty()) {
            chain(text, line);
        } else if (text.startsWith("-A ") || text.startsWith("[")) {
            rule(text, line);
        }
    }

    private void end() {
        if (!table.isEmpty()) {
            var chains = new ArrayList<Chain>();
            rules.forEach((name, list) -> {
                Rule policy = policies.get(name);
                Optional<Chain.Hook> hook = policy == null || !HOOKS.containsKey(name)
                        ? Optional.empty()
                        : Optional.of(new Chain.Hook(
                                table.equals("nat") ? "nat" : "filter",
                                HOOKS.get(name),
                                PRIORITIES.getOrDefault(table, 0)));
                chains.add(new Chain(name, hook, Optional.ofNullable(policy), list));
            });
            tables.add(new Table(tool, family, table, chains));
        }
        table = "";
        rules.clear();
        policies.clear();
    }

    /** {@code :INPUT DROP [0:0]}; a chain of one's own has {@code -} for its policy. */
    private void chain(String text, RuleLine line) {
        Tokens words = Tokens.of(text.substring(1), "");
        String name = words.next();
        String policy = words.next();
        rules.putIfAbsent(name, new ArrayList<>());
        if (!policy.equals("-") && HOOKS.containsKey(name)) {
            Action action = policy.equals("ACCEPT")
                    ? new Action.Accept()
                    : policy.equals("DROP") ? new Action.Drop() : new Action.Elsewhere(policy);
            policies.put(name, new Rule(0, "", "-P " + name + " " + policy, List.of(), action, line.source()));
        }
    }

    private void rule(String text, RuleLine line) {
        // With -c the counters stand first: [12:720] -A INPUT ...
        int begin = text.indexOf("-A ");
        if (begin < 0 || table.isEmpty()) {
            return;
        }
        Tokens words = Tokens.of(text.substring(begin + 3), "");
        String chain = words.next();
        List<Rule> list = rules.computeIfAbsent(chain, name -> new ArrayList<>());
        var conditions = new IptablesConditions(family.equals("ip6"));
        Action action = conditions.read(words);
        list.add(new Rule(list.size() + 1, "", text.substring(begin), conditions.matches(), action, line.source()));
    }

    /** What a target does; of a name that is not the tool's own it is a chain. */
    static Action target(String name, boolean isGoto) {
        if (isGoto) {
            return new Action.Goto(name);
        }
        return switch (name) {
            case "ACCEPT" -> new Action.Accept();
            case "DROP" -> new Action.Drop();
            case "REJECT" -> new Action.Reject();
            case "RETURN" -> new Action.Return();
            case "LOG",
                    "NFLOG",
                    "ULOG",
                    "MARK",
                    "CONNMARK",
                    "SET",
                    "TRACE",
                    "AUDIT",
                    "TOS",
                    "DSCP",
                    "TTL",
                    "HL",
                    "CLASSIFY",
                    "CHECKSUM",
                    "TCPMSS",
                    "SECMARK",
                    "CONNSECMARK",
                    "SNAT",
                    "MASQUERADE",
                    "RATEEST",
                    "IDLETIMER",
                    "LED",
                    "ECN",
                    "TEE",
                    "CT" -> new Action.Continue();
            case "DNAT",
                    "REDIRECT",
                    "NETMAP",
                    "TPROXY",
                    "NFQUEUE",
                    "QUEUE",
                    "NOTRACK",
                    "SYNPROXY",
                    "CLUSTERIP",
                    "TARPIT",
                    "STEAL",
                    "BPF",
                    "MIRROR",
                    "SAME",
                    "DNPT",
                    "SNPT" -> new Action.Elsewhere(name);
            default -> new Action.Jump(name);
        };
    }
}
