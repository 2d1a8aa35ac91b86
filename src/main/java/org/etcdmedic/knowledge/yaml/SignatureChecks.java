package org.etcdmedic.knowledge.yaml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.knowledge.ExpressionShape;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.SignatureMatch;
import org.etcdmedic.knowledge.TextTemplate;

/** What must hold for one signature: tame expressions, and examples that behave as they say. */
final class SignatureChecks {
    private final KnowledgeFile file;
    private final Signature signature;

    SignatureChecks(KnowledgeFile file, Signature signature) {
        this.file = file;
        this.signature = signature;
    }

    void run() {
        if (signature.patterns().isEmpty()) {
            file.problem("patterns", "at least one is missing here");
            return;
        }
        if (signature.match().isEmpty()) {
            file.problem("match", "at least one example line is missing here");
        }
        boolean sound = true;
        for (Signature.Pattern pattern : signature.patterns()) {
            try {
                sound &= sound(pattern);
            } catch (IndexOutOfBoundsException unread) {
                file.problem("patterns", pattern.message().pattern(), "is written in a way that we cannot weigh");
                sound = false;
            }
        }
        if (sound) {
            checkStatement();
            checkExamples();
        }
    }

    private boolean sound(Signature.Pattern pattern) {
        if (!plain(pattern.message())
                || !pattern.value().map(SignatureChecks::plain).orElse(true)) {
            file.problem("patterns", pattern.message().pattern(), "quotes with \\Q: escape each character instead");
            return false;
        }
        boolean tame = ExpressionShape.isTame(pattern.message())
                && pattern.value().map(ExpressionShape::isTame).orElse(true);
        if (!tame) {
            file.problem(
                    "patterns",
                    pattern.message().pattern(),
                    "repeats a repetition, refers back or sets a flag: " + pattern.message());
        }
        boolean searchable = !ExpressionShape.requiredWords(pattern.message()).isEmpty()
                || pattern.value()
                        .map(v -> !ExpressionShape.requiredWords(v).isEmpty())
                        .orElse(false);
        if (!searchable) {
            file.problem(
                    "patterns",
                    pattern.message().pattern(),
                    "has no fixed word of four letters to search for: " + pattern.message());
        }
        return tame && searchable;
    }

    private static boolean plain(Pattern expression) {
        return !expression.pattern().contains("\\Q");
    }

    private void checkStatement() {
        var declared = new TreeSet<String>();
        declared.add("node");
        for (Signature.Pattern pattern : signature.patterns()) {
            declared.addAll(pattern.message().namedGroups().keySet());
            pattern.value().map(Pattern::namedGroups).ifPresent(groups -> declared.addAll(groups.keySet()));
        }
        CrossChecks.variables(file, "statement", signature.statement(), declared);
    }

    private void checkExamples() {
        var engine = new SignatureEngine(List.of(signature));
        for (String text : signature.match()) {
            List<SignatureMatch> matches = matches(engine, text);
            if (matches.isEmpty()) {
                file.problem("match", text, "is not matched: " + text);
            } else {
                checkTold(matches.getFirst(), text);
            }
        }
        for (String text : signature.noMatch()) {
            if (!matches(engine, text).isEmpty()) {
                file.problem("noMatch", text, "is matched: " + text);
            }
        }
    }

    private List<SignatureMatch> matches(SignatureEngine engine, String text) {
        LogLine line = LogLine.of(text);
        return engine.match(signature.programs().iterator().next(), line);
    }

    private void checkTold(SignatureMatch match, String text) {
        Map<String, String> variables = new TreeMap<>(match.variables());
        variables.put("node", "node");
        try {
            var _ = TextTemplate.fill(signature.statement(), variables);
        } catch (IllegalArgumentException e) {
            file.problem("statement", "cannot be told of: " + text);
        }
    }
}
