package org.etcdmedic.ticketing.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.ticketing.markup.Marked;
import org.etcdmedic.ticketing.markup.Markup;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Cut;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An incoming webhook of Slack (docs.slack.dev, incoming webhooks, Block Kit). All blocks are {@code plain_text}: no mention, no link and no
 * format comes of it. Nothing is signed: whoever has the address may write.
 */
final class Slack implements Chat {
    private static final int BODY_BYTES = 100_000;
    private static final int TEXT_BYTES = 9_000;
    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int NOTICE = 1000;
    private static final int ADDRESS = 3000;
    private static final Set<String> NO_MORE =
            Set.of("no_service", "no_team", "team_disabled", "channel_is_archived", "invalid_token", "no_active_hooks");

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public int bodyBytes() {
        return BODY_BYTES;
    }

    @Override
    public List<Limits.Rate> rates() {
        return List.of(new Limits.Rate(1, Duration.ofSeconds(1)));
    }

    @Override
    public boolean hasKeyword() {
        return false;
    }

    @Override
    public Request write(Errand errand, Access access, String keyword) throws Unwritable {
        Letter letter = errand.letter();
        String body = Body.fitting(BODY_BYTES, TEXT_BYTES, bytes -> message(letter, bytes));
        return Request.post(access.address(), Map.of("Content-Type", "application/json; charset=utf-8"), body);
    }

    private static ObjectNode message(Letter letter, int bytes) {
        String title = Markup.SLACK.of(letter.words().title());
        ObjectNode message = Body.object();
        // What a phone shows before the message is opened. It is read as markup whatever the blocks are.
        message.put("text", Cut.characters(title, NOTICE));
        message.put("mrkdwn", false).put("unfurl_links", false).put("unfurl_media", false);
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject().put("type", "header").set("text", plain(Cut.characters(title, HEADER)));
        for (String section : sections(Marked.bytes(Markup.SLACK, letter, bytes))) {
            blocks.addObject().put("type", "section").set("text", plain(section));
        }
        letter.links().page().filter(page -> page.length() <= ADDRESS).ifPresent(page -> {
            ObjectNode button = blocks.addObject()
                    .put("type", "actions")
                    .putArray("elements")
                    .addObject();
            button.put("type", "button").put("url", page);
            button.set("text", plain(new Texts(letter.language()).text("letter.page")));
        });
        return message;
    }

    /** As few as possible, each of whole lines. */
    static List<String> sections(String text) {
        var sections = new ArrayList<String>();
        var section = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String whole = Cut.characters(line, SECTION - 1);
            if (section.length() + 1 + whole.length() > SECTION) {
                add(section, sections);
            }
            section.append(section.isEmpty() ? "" : "\n").append(whole);
        }
        add(section, sections);
        return sections;
    }

    /** A section of blanks is refused. */
    private static void add(StringBuilder section, List<String> sections) {
        if (!section.toString().isBlank()) {
            sections.add(section.toString());
        }
        section.setLength(0);
    }

    private static ObjectNode plain(String text) {
        return Body.object().put("type", "plain_text").put("text", text).put("emoji", false);
    }

    @Override
    public Receipt read(Errand errand, Answer answer) {
        String said = answer.body().strip();
        Receipt byStatus = Receipt.ofStatus(answer);
        if (byStatus instanceof Receipt.Accepted) {
            return said.equals("ok")
                    ? new Receipt.Accepted(Optional.empty())
                    : new Receipt.Refused("status " + answer.status() + ", but not ok");
        }
        if (NO_MORE.contains(said)) {
            return new Receipt.Gone("status " + answer.status() + ", " + said);
        }
        return byStatus instanceof Receipt.Refused && said.matches("[a-z_]{3,40}")
                ? new Receipt.Refused("status " + answer.status() + ", " + said)
                : byStatus;
    }
}
