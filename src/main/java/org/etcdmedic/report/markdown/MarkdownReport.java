package org.etcdmedic.report.markdown;

import java.util.List;
import java.util.Locale;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.Quotation;
import org.etcdmedic.report.ReportFormat;
import org.etcdmedic.report.ReportText;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes the report as Markdown. It is built as a tree and written by the library, so that whatever a node wrote stays text:
 * no word of it becomes a heading, a link or a mark-up of its own.
 */
@Component
class MarkdownReport implements ReportFormat {
    /** Rows of the story; a ticket is read, not scrolled. */
    private static final int MOMENTS = 40;

    private final MarkdownRenderer renderer = MarkdownRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .build();

    @Override
    public String type() {
        return MediaType.TEXT_MARKDOWN_VALUE;
    }

    @Override
    public String write(DiagnosisReport report, Locale locale) {
        return renderer.render(new Page(ReportText.of(report, locale), new Texts(locale), new Document()).write());
    }

    /** One report that is being written. */
    private record Page(ReportText report, Texts texts, Document document) {
        Document write() {
            document.appendChild(Marks.heading(1, report.title()));
            document.appendChild(Marks.paragraph(Marks.strong(report.summary())));
            table(
                    List.of("report.about", "report.value"),
                    report.about().stream()
                            .map(row -> List.of(row.name(), row.value()))
                            .toList());
            list("report.memory", report.memory());
            steps();
            facts("report.decisive", report.decisive());
            list("report.also-true", report.alsoTrue());
            list("report.possible", report.possible());
            story();
            paths();
            list("report.ruled-out", report.ruledOut());
            list("report.not-looked", report.notLooked());
            report.open().ifPresent(open -> document.appendChild(Marks.paragraph(Marks.text(open))));
            facts("report.further", report.further());
            evidence();
            return document;
        }

        private void heading(String key) {
            document.appendChild(Marks.heading(2, texts.text(key)));
        }

        private void table(List<String> head, List<List<String>> rows) {
            document.appendChild(Marks.table(head.stream().map(texts::text).toList(), rows));
        }

        private void steps() {
            if (report.steps().isEmpty()) {
                return;
            }
            heading("report.what-to-do");
            var list = new OrderedList();
            list.setMarkerStartNumber(1);
            list.setMarkerDelimiter(".");
            list.setTight(false);
            for (ReportText.StepText step : report.steps()) {
                ListItem item = item(list);
                item.appendChild(Marks.paragraph(Marks.text(step.action() + " "), Marks.emphasis(step.tag())));
                step.command().ifPresent(command -> item.appendChild(Marks.code("sh", command)));
                item.appendChild(Marks.paragraph(Marks.text(texts.text("report.verify", step.verify()))));
                step.helped().ifPresent(helped -> item.appendChild(Marks.paragraph(Marks.text(helped))));
            }
            document.appendChild(list);
        }

        private void facts(String heading, List<ReportText.FactText> facts) {
            if (facts.isEmpty()) {
                return;
            }
            heading(heading);
            BulletList list = bullets(false);
            for (ReportText.FactText fact : facts) {
                ListItem item = item(list);
                item.appendChild(Marks.paragraph(Marks.text(fact.statement() + " " + fact.tag())));
                fact.lines().forEach(quotation -> item.appendChild(Marks.code("", quoted(quotation))));
            }
            document.appendChild(list);
        }

        private static String quoted(Quotation quotation) {
            var text = new StringBuilder("[" + quotation.piece() + "] " + quotation.where());
            for (int i = 0; i < quotation.lines().size(); i++) {
                text.append('\n')
                        .append(quotation.firstLine() + i)
                        .append(": ")
                        .append(quotation.lines().get(i));
            }
            return text.toString();
        }

        private void list(String heading, List<String> items) {
            if (items.isEmpty()) {
                return;
            }
            heading(heading);
            BulletList list = bullets(true);
            items.forEach(text -> item(list).appendChild(Marks.paragraph(Marks.text(text))));
            document.appendChild(list);
        }

        private static BulletList bullets(boolean tight) {
            var list = new BulletList();
            list.setMarker("-");
            list.setTight(tight);
            return list;
        }

        private static ListItem item(ListBlock list) {
            var item = new ListItem();
            list.appendChild(item);
            return item;
        }

        private void story() {
            if (report.story().isEmpty()) {
                return;
            }
            heading("report.timeline");
            table(
                    List.of("report.at", "report.node", "report.what"),
                    report.story().stream()
                            .limit(MOMENTS)
                            .map(moment -> List.of(moment.stamp(), moment.node(), moment.text()))
                            .toList());
            if (report.story().size() > MOMENTS) {
                document.appendChild(Marks.paragraph(
                        Marks.text(texts.text("cli.and-more", report.story().size() - MOMENTS))));
            }
        }

        private void paths() {
            if (report.paths().isEmpty()) {
                return;
            }
            heading("report.reachability");
            table(
                    List.of(
                            "report.from",
                            "report.to",
                            "report.ping",
                            "report.peer-port",
                            "report.client-port",
                            "report.ssh",
                            "report.etcd"),
                    report.paths().stream()
                            .map(path -> List.of(
                                    path.from(),
                                    path.to(),
                                    path.ping().text(),
                                    path.peerPort().text(),
                                    path.clientPort().text(),
                                    path.ssh().text(),
                                    path.etcd().map(ReportText.Way::text).orElse("")))
                            .toList());
        }

        private void evidence() {
            heading("report.evidence");
            table(
                    List.of("report.number", "report.node", "report.probe", "report.at", "report.result"),
                    report.evidence().stream()
                            .map(piece -> List.of(
                                    Integer.toString(piece.number()),
                                    piece.node(),
                                    piece.what(),
                                    piece.at(),
                                    piece.result()))
                            .toList());
        }
    }
}
