package org.etcdmedic.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.bundle.EntryName;

/** Diagnoses one below the other, newest first as they come. */
record Listing(Words words, Paint paint, ZoneId here) {
    /** A head and a line for each. */
    List<String> lines(List<Diagnosed> page) {
        var columns = new Columns();
        columns.add(Stream.of("report.at", "report.diagnosis", "report.instance", "report.node", "report.result")
                .map(words::text)
                .toList());
        page.forEach(one -> columns.add(List.of(
                Report.stamp(one.queuedAt(), here),
                EntryName.shown(one.id()),
                EntryName.shown(one.instanceId()),
                EntryName.shown(one.nodeId()),
                result(one))));
        var lines = new ArrayList<>(columns.lines());
        lines.set(0, paint.heading(lines.getFirst()));
        return lines;
    }

    private String result(Diagnosed one) {
        Diagnosed.Verdict verdict = one.verdict();
        if (verdict == null) {
            return paint.outcome(one.status(), words.word("cli.status.", one.status()));
        }
        String outcome = words.word("cli.outcome.", verdict.outcome());
        return paint.outcome(
                verdict.outcome(), verdict.names() ? outcome + " " + EntryName.shown(verdict.cause()) : outcome);
    }
}
