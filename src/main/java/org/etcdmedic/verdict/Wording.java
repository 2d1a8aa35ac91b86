package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Phrase;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.TextTemplate;

/** Puts observations into words: numbers them, names their row and state, fills in their statement. */
final class Wording {
    /** Phrases that translate what our own code puts into a value. */
    private static final String SAID = "said-";

    private final Meaning meaning;
    private final List<Text> said;
    private final Rows rows;

    Wording(Meaning meaning, List<Phrase> phrases) {
        this.meaning = meaning;
        this.rows = new Rows(phrases);
        this.said = phrases.stream()
                .filter(phrase -> phrase.id().startsWith(SAID))
                .map(Phrase::text)
                .sorted(Comparator.comparingInt((Text text) -> text.en().length())
                        .reversed()
                        .thenComparing(Text::en))
                .toList();
    }

    /** A statement with its values; in Chinese the words and lists that our own code chose for a value are translated. */
    private Text filled(Text statement, Map<String, String> variables) {
        var translated = new HashMap<>(variables);
        for (String name : List.of("detail", "peers", "direction", "event")) {
            translated.computeIfPresent(name, (key, value) -> {
                String words = value;
                for (Text text : said) {
                    words = words.replace(text.en(), text.zhCn());
                }
                return words;
            });
        }
        return new Text(
                TextTemplate.fill(statement.en(), variables),
                TextTemplate.fill(statement.zhCn(), ChineseLists.in(translated)));
    }

    /** What could not be looked at, with its rows by their names. */
    private Text gap(String kind, List<String> checks, Map<String, String> variables) {
        Text names = rows.names(checks);
        Text statement = meaning.of(kind).statement();
        var en = new HashMap<>(variables);
        en.put("check", names.en());
        var zhCn = new HashMap<>(variables);
        zhCn.put("check", names.zhCn());
        return new Text(filled(statement, en).en(), filled(statement, zhCn).zhCn());
    }

    /** Findings of one node, numbered from {@code firstNumber}. */
    List<Finding> findings(NodeCase node, List<Observation> observations, int firstNumber) {
        var findings = new ArrayList<Finding>();
        for (Observation observation : observations) {
            String id = "f" + (firstNumber + findings.size());
            findings.add(
                    switch (observation) {
                        case Observation.Seen seen -> seen(node, seen, id);
                        case Observation.NotLooked not -> notLooked(node, not, id);
                    });
        }
        return findings;
    }

    private Finding seen(NodeCase node, Observation.Seen seen, String id) {
        Meaning.Entry entry = meaning.of(seen.kind());
        var variables = new HashMap<String, String>();
        seen.variables().forEach((name, value) -> variables.put(name, Quote.of(value)));
        variables.put("node", name(node));
        boolean speaksAgainst = entry.supports().isEmpty() && !entry.refutes().isEmpty();
        return new Finding(
                id,
                seen.kind(),
                entry.check(),
                speaksAgainst ? Finding.State.RULED_OUT : Finding.State.OBSERVED,
                node.node().id(),
                filled(entry.statement(), variables),
                variables,
                seen.evidence(),
                seen.at());
    }

    private Finding notLooked(NodeCase node, Observation.NotLooked not, String id) {
        Map<String, String> variables = withDetail(Map.of("node", name(node), "check", not.check()), not.detail());
        String kind = gapKind(not.gap());
        return new Finding(
                id,
                kind,
                not.check(),
                Finding.State.NOT_EVALUATED,
                node.node().id(),
                gap(kind, List.of(not.check()), variables),
                variables,
                List.of(),
                Optional.empty());
    }

    /** The rows that could not be looked at, gathered by node, reason and what was said instead. */
    List<Judgement.Gap> gaps(List<Finding> findings) {
        record Why(NodeId node, String kind, String detail) {}
        var rows = new LinkedHashMap<Why, List<String>>();
        for (Finding finding : findings) {
            if (finding.state() == Finding.State.NOT_EVALUATED) {
                var why = new Why(
                        finding.node(), finding.kind(), finding.variables().getOrDefault("detail", ""));
                List<String> checks = rows.computeIfAbsent(why, w -> new ArrayList<>());
                if (!checks.contains(finding.check())) {
                    checks.add(finding.check());
                }
            }
        }
        var gaps = new ArrayList<Judgement.Gap>();
        rows.forEach((why, checks) -> gaps.add(new Judgement.Gap(
                why.node(),
                checks,
                gap(why.kind(), checks, withDetail(Map.of("node", why.node().value()), why.detail())))));
        return gaps;
    }

    /** What was said instead stands in brackets, where anything was said. */
    private static Map<String, String> withDetail(Map<String, String> variables, String detail) {
        var all = new HashMap<>(variables);
        if (!detail.isBlank()) {
            all.put("detail", detail);
        }
        return all;
    }

    private static String gapKind(Reading.Gap gap) {
        return switch (gap) {
            case NODE_NOT_REACHED -> "gap-node-not-reached";
            case NOT_ASKED -> "gap-not-asked";
            case NOT_PERMITTED -> "gap-not-permitted";
            case TIMED_OUT -> "gap-timed-out";
            case CONNECTION_LOST -> "gap-connection-lost";
            case MISSING -> "gap-missing";
            case UNREADABLE -> "gap-unreadable";
            case OUTSIDE -> "gap-outside";
            case PARTLY_READ -> "gap-partly-read";
            case NOT_IN_BUNDLE -> "gap-not-in-bundle";
        };
    }

    /** What a known line says. */
    Text line(NodeCase node, KnownLine line) {
        var variables = new HashMap<String, String>();
        line.captured().forEach((name, value) -> variables.put(name, Quote.of(value)));
        variables.put("node", name(node));
        return filled(line.signature().statement(), variables);
    }

    /** A text of the knowledge about this node. */
    Text about(NodeCase node, Text text) {
        return TextTemplate.fill(text, Map.of("node", name(node)));
    }

    /** How strongly the finding supports the cause. */
    double support(Finding finding, org.etcdmedic.knowledge.CauseCode cause) {
        return meaning.support(finding, cause);
    }

    /** How a node is named to people. */
    static String name(NodeCase node) {
        return node.node().id().value();
    }
}
