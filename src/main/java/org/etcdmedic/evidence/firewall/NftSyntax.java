package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code nft -a list ruleset} prints. */
public final class NftSyntax {
    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "dstnat", -100, "filter", 0, "security", 50, "srcnat", 100, "out", 100);

    private final List<Table> tables = new ArrayList<>();
    private final List<RuleLine> body = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    /** Rules may name a set that is listed behind them. */
    private final List<Pending> pending = new ArrayList<>();

    private final Map<String, List<String>> sets = new HashMap<>();
    private String family = "";
    private String table = "";
    private String block = "";
    private String name = "";
    private int depth;
    private boolean dormant;

    private NftSyntax() {}

    private record Pending(String name, List<RuleLine> lines) {}

    /** The tables in these lines. */
    public static List<Table> read(List<RuleLine> lines) {
        var syntax = new NftSyntax();
        lines.forEach(syntax::line);
        syntax.endTable();
        return List.copyOf(syntax.tables);
    }

    private void line(RuleLine line) {
        String text = line.text().strip();
        Tokens words = Tokens.of(text, "{};");
        String first = words.next();
        if (first.equals("table")) {
            endTable();
            family = words.next();
            table = words.next();
            depth = 1;
            dormant = false;
        } else if (depth == 1 && text.startsWith("flags ")) {
            dormant = text.contains("dormant");
        } else if (depth == 1 && text.contains("{")) {
            block = first;
            name = words.next();
            body.clear();
            boolean oneLine = text.contains("}");
            depth = oneLine ? 1 : 2;
            if (oneLine && first.equals("chain")) {
                endBlock();
            }
        } else if (depth >= 2) {
            if (text.equals("}") || text.startsWith("} #")) {
                depth = 1;
                endBlock();
            } else {
                body.add(line);
            }
        } else if (text.startsWith("}")) {
            endTable();
        }
    }

    private void endBlock() {
        switch (block) {
            case "chain" -> pending.add(new Pending(name, List.copyOf(body)));
            case "set" -> sets.put("@" + name, elements());
            // A map, a flow table, an object: rules that name it are unclear.
            default -> {}
        }
        body.clear();
    }

    private void endTable() {
        if (!table.isEmpty()) {
            if (depth >= 2) {
                // The listing was cut off in the middle of a block.
                endBlock();
            }
            pending.forEach(chain -> chains.add(chain(chain)));
            if (!dormant) {
                tables.add(new Table("nft", family, table, chains));
            }
        }
        chains.clear();
        pending.clear();
        sets.clear();
        body.clear();
        table = "";
        depth = 0;
    }

    /** What a set holds; nothing that could be read where its elements are of several parts or expire. */
    private List<String> elements() {
        var elements = new ArrayList<String>();
        boolean inside = false;
        for (RuleLine line : body) {
            Tokens words = Tokens.of(line.text(), "{},=");
            while (words.more()) {
                String word = words.next();
                if (word.equals("elements")) {
                    inside = true;
                } else if (word.equals("dynamic") || word.equals("timeout") || word.equals(".")) {
                    return List.of("?");
                } else if (inside && !"{},=".contains(word)) {
                    elements.add(word);
                }
            }
        }
        return elements;
    }

    private Chain chain(Pending chain) {
        Optional<Chain.Hook> hook = Optional.empty();
        Optional<Rule> policy = Optional.empty();
        var rules = new ArrayList<Rule>();
        int number = 0;
        for (RuleLine line : chain.lines()) {
            String text = line.text().strip();
            if (text.startsWith("type ") && text.contains(" hook ")) {
                hook = Optional.of(hook(text));
                policy = Optional.of(policy(text, line));
            } else if (text.startsWith("policy ")) {
                policy = Optional.of(policy(text, line));
            } else if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith("comment ")) {
                number++;
                rules.addAll(NftRule.read(number, text, line.source(), sets));
            }
        }
        return new Chain(chain.name(), hook, policy, rules);
    }

    /** {@code type filter hook input priority filter - 10; policy drop;}. */
    private static Chain.Hook hook(String text) {
        Tokens words = Tokens.of(text, ";");
        words.next();
        String type = words.next();
        words.next();
        String place = words.next();
        int priority = 0;
        while (words.more() && !words.peek().equals(";")) {
            if (words.next().equals("priority")) {
                priority = priority(words);
            }
        }
        return new Chain.Hook(type, place, priority);
    }

    private static int priority(Tokens words) {
        String base = words.next();
        int priority = PRIORITIES.getOrDefault(base, number(base));
        Set<String> signs = Set.of("+", "-");
        if (signs.contains(words.peek())) {
            boolean minus = words.next().equals("-");
            int by = number(words.next());
            priority += minus ? -by : by;
        }
        return priority;
    }

    private static int number(String text) {
        return text.matches("-?[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    private static Rule policy(String text, RuleLine line) {
        Action action = text.contains("policy drop") ? new Action.Drop() : new Action.Accept();
        return new Rule(
                0,
                "",
                "policy " + (action instanceof Action.Drop ? "drop" : "accept"),
                List.of(),
                action,
                line.source());
    }
}
