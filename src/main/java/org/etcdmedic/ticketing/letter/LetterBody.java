package org.etcdmedic.ticketing.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.report.ReportText;
import org.etcdmedic.ticketing.target.Letter;

/** A letter as one text, plain and as Markdown: both say the same in the same order. */
record LetterBody(
        Texts texts,
        String title,
        String summary,
        Letter.Matter matter,
        Letter.Links links,
        Optional<String> changed,
        Optional<ReportText> report) {

    List<String> facts() {
        return report.map(ReportText::decisive).orElse(List.of()).stream()
                .map(fact -> texts.text("ticket.fact", fact.statement(), fact.node()))
                .toList();
    }

    List<Letter.StepWords> steps() {
        return report.map(ReportText::steps).orElse(List.of()).stream()
                .map(step ->
                        new Letter.StepWords(step.action(), step.who(), step.risk(), step.command(), step.verify()))
                .toList();
    }

    List<String> notLooked() {
        return report.map(ReportText::notLooked).orElse(List.of());
    }

    private List<String> about() {
        var lines = new ArrayList<String>();
        lines.add(texts.text("ticket.owner", texts.text("cli.actor." + matter.owner())));
        lines.add(texts.text("ticket.severity", texts.text("ticket.severity." + matter.severity())));
        matter.cause().ifPresent(cause -> lines.add(texts.text("ticket.cause", cause)));
        lines.add(texts.text("ticket.alarmed-at", ReportStamp.of(matter.alarmedAt())));
        lines.add(texts.text("ticket.diagnosis", matter.diagnosis().toString()));
        links.page().ifPresent(page -> lines.add(texts.text("ticket.link", page)));
        return lines;
    }

    private List<String> stepLines() {
        return steps().stream()
                .map(step -> step.command()
                        .map(command -> texts.text(
                                "ticket.step-command", step.action(), step.who(), step.risk(), command, step.verify()))
                        .orElseGet(
                                () -> texts.text("ticket.step", step.action(), step.who(), step.risk(), step.verify())))
                .toList();
    }

    String plain() {
        var text = new StringBuilder();
        changed.ifPresent(news -> text.append(news).append("\n\n"));
        text.append(summary).append("\n\n");
        about().forEach(line -> text.append(line).append('\n'));
        plain(text, "ticket.facts", facts(), false);
        plain(text, "ticket.steps", stepLines(), true);
        plain(text, "ticket.not-looked", notLooked(), false);
        return text.toString();
    }

    private void plain(StringBuilder text, String heading, List<String> lines, boolean numbered) {
        if (!lines.isEmpty()) {
            text.append('\n').append(texts.text(heading)).append('\n');
            for (int i = 0; i < lines.size(); i++) {
                text.append(numbered ? (i + 1) + ". " : "- ")
                        .append(lines.get(i))
                        .append('\n');
            }
        }
    }

    String markdown() {
        var document = new Document();
        changed.ifPresent(news -> document.appendChild(paragraph(news)));
        document.appendChild(paragraph(summary));
        list(document, new BulletList(), about());
        section(document, "ticket.facts", facts(), new BulletList());
        section(document, "ticket.steps", stepLines(), new OrderedList());
        section(document, "ticket.not-looked", notLooked(), new BulletList());
        return MarkdownRenderer.builder().build().render(document);
    }

    private void section(Document document, String key, List<String> lines, ListBlock list) {
        if (!lines.isEmpty()) {
            var heading = new Heading();
            heading.setLevel(3);
            heading.appendChild(new Text(texts.text(key)));
            document.appendChild(heading);
            list(document, list, lines);
        }
    }

    private static void list(Document document, ListBlock list, List<String> lines) {
        switch (list) {
            case OrderedList numbered -> {
                numbered.setMarkerStartNumber(1);
                numbered.setMarkerDelimiter(".");
            }
            case BulletList points -> points.setMarker("-");
            default -> throw new IllegalStateException("no list: " + list);
        }
        list.setTight(true);
        for (String line : lines) {
            var item = new ListItem();
            item.appendChild(paragraph(line));
            list.appendChild(item);
        }
        document.appendChild(list);
    }

    private static Paragraph paragraph(String text) {
        var paragraph = new Paragraph();
        paragraph.appendChild(new Text(text));
        return paragraph;
    }
}
