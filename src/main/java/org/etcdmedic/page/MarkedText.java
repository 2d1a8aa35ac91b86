package org.etcdmedic.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.verdict.Finding;

/**
 * The text of a capture, line by line, with what its lines testify to.
 *
 * @param blocks the lines, in blocks that a browser lays out one by one as they come into sight
 * @param marks what was read from it, by line
 * @param lines how many lines there are
 */
record MarkedText(List<Block> blocks, List<Mark> marks, int lines) {
    private static final int BLOCK = 200;

    /** A finding that was read from more lines than this was read from the whole, and no line of it is the one. */
    private static final int LONGEST_MARK = 20;

    /** Some lines. */
    record Block(List<Line> lines) {}

    /** A line: whether anything was read from it, whether that decided, and what is first read from it. */
    record Line(int number, String text, boolean marked, boolean decisive, List<Mark> marks) {}

    /** A statement and the lines that it was read from; {@code whole} when no line of them is the one. */
    record Mark(int first, int last, String finding, String check, String statement, boolean decisive, boolean whole) {}

    static MarkedText of(String text, UUID capture, DiagnosisReport report, Locale locale) {
        Set<String> decided =
                report.decisive().stream().map(fact -> fact.finding().id()).collect(Collectors.toSet());
        List<Mark> marks = report.judgement().findings().stream()
                .filter(finding -> finding.state() != Finding.State.NOT_EVALUATED)
                .flatMap(finding -> finding.evidence().stream()
                        .filter(source -> source.capture().equals(capture))
                        .map(source -> mark(finding, source, decided, locale)))
                .sorted(Comparator.comparing(Mark::decisive)
                        .reversed()
                        .thenComparing(Mark::whole)
                        .thenComparingInt(Mark::first))
                .toList();
        return of(text, marks);
    }

    /** The text alone, of a diagnosis that has judged nothing. */
    static MarkedText of(String text) {
        return of(text, List.of());
    }

    private static MarkedText of(String text, List<Mark> marks) {
        Map<Integer, List<Mark>> beginning = new HashMap<>();
        Map<Integer, Boolean> within = new HashMap<>();
        for (Mark mark : marks) {
            if (!mark.whole()) {
                beginning
                        .computeIfAbsent(mark.first(), line -> new ArrayList<>())
                        .add(mark);
                for (int line = mark.first(); line <= mark.last(); line++) {
                    within.merge(line, mark.decisive(), Boolean::logicalOr);
                }
            }
        }
        List<String> lines = text.lines().toList();
        var blocks = new ArrayList<Block>();
        for (int from = 0; from < lines.size(); from += BLOCK) {
            var block = new ArrayList<Line>();
            for (int i = from; i < Math.min(lines.size(), from + BLOCK); i++) {
                int number = i + 1;
                block.add(new Line(
                        number,
                        EntryName.line(lines.get(i)),
                        within.containsKey(number),
                        within.getOrDefault(number, false),
                        beginning.getOrDefault(number, List.of())));
            }
            blocks.add(new Block(block));
        }
        return new MarkedText(blocks, marks, lines.size());
    }

    private static Mark mark(Finding finding, Source source, Set<String> decided, Locale locale) {
        return new Mark(
                source.firstLine(),
                source.lastLine(),
                finding.id(),
                finding.check(),
                EntryName.line(finding.statement().in(locale)),
                decided.contains(finding.id()),
                source.lastLine() - source.firstLine() >= LONGEST_MARK);
    }
}
