package org.etcdmedic.ticketing.markup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.ticketing.target.Letter;

/**
 * A whole letter in a markup. What is too long loses its last lines as whole lines, and says so: half a line can end inside a
 * link or a code block, which then takes the rest of the page.
 */
public final class Marked {
    private final Markup markup;
    private final Letter letter;
    private final Texts texts;
    private final List<String> blocks = new ArrayList<>();

    private Marked(Markup markup, Letter letter) {
        this.markup = markup;
        this.letter = letter;
        this.texts = new Texts(letter.language());
    }

    /** At most so many UTF-16 units. */
    public static String characters(Markup markup, Letter letter, int most) {
        return whole(markup, letter, most, String::length);
    }

    /** At most so many bytes of UTF-8. */
    public static String bytes(Markup markup, Letter letter, int most) {
        return whole(markup, letter, most, text -> text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static String whole(Markup markup, Letter letter, int most, ToIntFunction<String> measure) {
        return new Marked(markup, letter).written(most, measure);
    }

    private String written(int most, ToIntFunction<String> measure) {
        compose();
        String gap = markup.newline();
        String all = String.join(gap, blocks);
        if (measure.applyAsInt(all) <= most) {
            return all;
        }
        String rest = markup.line(texts.text("letter.rest"));
        int left = most - measure.applyAsInt(rest);
        int width = measure.applyAsInt(gap);
        var kept = new StringBuilder();
        for (String block : blocks) {
            left -= measure.applyAsInt(block) + width;
            if (left < 0) {
                break;
            }
            kept.append(block).append(gap);
        }
        return kept + rest;
    }

    /** What matters most stands first: it is the last to go. */
    private void compose() {
        Letter.Words words = letter.words();
        words.changed().ifPresent(news -> paragraph(markup.line(news)));
        paragraph(markup.line(words.summary()));
        letter.links()
                .page()
                .map(page -> markup.link(texts.text("letter.page"), page))
                .filter(link -> !link.isEmpty())
                .ifPresent(this::paragraph);
        about();
        steps(words.steps());
        points("report.decisive", words.facts());
        points("report.not-looked", words.notLooked());
    }

    private void about() {
        Letter.Matter matter = letter.matter();
        about("report.instance", matter.instance());
        matter.node().ifPresent(node -> about("report.node-at-fault", node));
        matter.cause().ifPresent(cause -> about("letter.cause", cause));
        about("letter.owner", letter.words().owner());
        about("letter.severity", letter.words().severity());
        about("report.alarmed-at", matter.alarmedAt().toString());
        about("report.diagnosis", matter.diagnosis().toString());
    }

    private void about(String label, String value) {
        blocks.add(markup.point(markup.line(texts.text("report.is", texts.text(label), value))));
    }

    private void paragraph(String text) {
        blocks.add(text + "\n");
    }

    private void points(String heading, List<String> lines) {
        heading(heading, lines);
        lines.forEach(line -> blocks.add(markup.point(markup.line(line))));
    }

    private void steps(List<Letter.StepWords> steps) {
        heading("report.what-to-do", steps);
        for (int i = 0; i < steps.size(); i++) {
            Letter.StepWords step = steps.get(i);
            String told = markup.line(step.action() + " " + texts.text("report.step-tag", step.who(), step.risk()));
            String command = step.command().map(markup::command).orElse("");
            String verify = markup.line(texts.text("report.verify", step.verify()));
            blocks.add(markup.numbered(i + 1, told) + command);
            blocks.add(markup.verification(verify));
        }
    }

    private void heading(String key, List<?> lines) {
        if (!lines.isEmpty()) {
            blocks.add("\n" + markup.heading(texts.text(key)));
        }
    }
}
