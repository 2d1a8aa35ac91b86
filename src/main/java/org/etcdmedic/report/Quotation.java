package org.etcdmedic.report;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.evidence.Source;

/**
 * Lines of a piece of evidence, as they may be shown anywhere.
 *
 * @param piece number of the piece in the report
 * @param where file or probe that they come from
 * @param firstLine number of the first line
 * @param lines the lines, shortened, without anything that could steer what shows them
 */
public record Quotation(int piece, String where, int firstLine, List<String> lines) {
    /** Quotations of one fact. */
    static final int MOST = 3;

    private static final int LINES = 6;
    private static final int WIDTH = 500;

    /** Copies the lines. */
    public Quotation {
        lines = List.copyOf(lines);
    }

    /** What stands there; empty where the text has no such lines, as that of a command without output. */
    static Optional<Quotation> of(DiagnosisReport.Piece piece, Source source) {
        List<String> lines = piece.capture()
                .text()
                .lines()
                .skip(source.firstLine() - 1L)
                .limit(Math.min(LINES, source.lastLine() - source.firstLine() + 1L))
                .map(Quotation::shown)
                .toList();
        String where =
                piece.capture().arguments().getOrDefault("file", piece.capture().probe());
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quotation(piece.number(), EntryName.line(where), source.firstLine(), lines));
    }

    private static String shown(String line) {
        String text = EntryName.line(line);
        return text.length() > WIDTH ? text.substring(0, WIDTH) + "…" : text;
    }
}
