package org.etcdmedic.ticketing.chat;

import java.time.Duration;
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
import org.etcdmedic.ticketing.target.Severity;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A robot of a Feishu or Lark group (open.feishu.cn, custom bot usage guide): a card whose texts are all {@code plain_text}, which
 * knows no mentions and no links. The signature has the time in seconds and the secret as its key, and no message.
 */
final class Feishu implements Chat {
    private static final int BODY_BYTES = 20_000;
    private static final int TEXT_BYTES = 14_000;
    private static final int TITLE = 150;
    private static final Set<String> TOO_FAST = Set.of("11232", "99991400");
    private static final int SPREAD_SECONDS = 60;
    private static final int LEAST_SECONDS = 10;

    @Override
    public String name() {
        return "feishu";
    }

    @Override
    public int bodyBytes() {
        return BODY_BYTES;
    }

    @Override
    public List<Limits.Rate> rates() {
        return List.of(new Limits.Rate(5, Duration.ofSeconds(1)), new Limits.Rate(100, Duration.ofMinutes(1)));
    }

    @Override
    public boolean hasKeyword() {
        return true;
    }

    @Override
    public Request write(Errand errand, Access access, String keyword) throws Unwritable {
        String seconds = String.valueOf(errand.now().getEpochSecond());
        String sign = access.secret().isEmpty() ? "" : Signature.of(seconds + "\n" + access.secret(), "");
        String body = Body.fitting(BODY_BYTES, TEXT_BYTES, bytes -> {
            ObjectNode message = Body.object();
            if (!sign.isEmpty()) {
                message.put("timestamp", seconds).put("sign", sign);
            }
            message.put("msg_type", "interactive");
            message.set("card", card(errand.letter(), keyword, bytes));
            return message;
        });
        return new Request(
                Request.Method.POST,
                access.address(),
                Map.of("Content-Type", "application/json; charset=utf-8"),
                Optional.of(body),
                sign.isEmpty() ? Set.of() : Set.of(sign));
    }

    private static ObjectNode card(Letter letter, String keyword, int bytes) {
        ObjectNode card = Body.object();
        card.putObject("config").put("wide_screen_mode", true);
        ObjectNode header = card.putObject("header");
        header.set("title", plain(Cut.characters(letter.words().title(), TITLE)));
        header.put("template", color(letter));
        ArrayNode elements = card.putArray("elements");
        String text = Marked.bytes(Markup.CARD, letter, bytes);
        elements.addObject().put("tag", "div").set("text", plain(keyword.isEmpty() ? text : keyword + "\n" + text));
        letter.links().page().ifPresent(page -> {
            ObjectNode button = elements.addObject()
                    .put("tag", "action")
                    .putArray("actions")
                    .addObject();
            button.put("tag", "button").put("type", "primary").put("url", page);
            button.set("text", plain(new Texts(letter.language()).text("letter.page")));
        });
        return card;
    }

    private static String color(Letter letter) {
        if (letter.event() == Letter.Event.CLEARED) {
            return "green";
        }
        return letter.matter().severity().compareTo(Severity.MAJOR) <= 0 ? "red" : "orange";
    }

    private static ObjectNode plain(String text) {
        return Body.object().put("tag", "plain_text").put("content", text);
    }

    @Override
    public Receipt read(Errand errand, Answer answer) {
        String code = Body.at(answer.body(), "/code");
        if (TOO_FAST.contains(code)) {
            return new Receipt.RetryLater(
                    answer.retryAfter().or(() -> spread(errand)), "code " + code + ": too many messages");
        }
        return switch (code) {
            case "0" ->
                answer.status() == 200
                        ? new Receipt.Accepted(Optional.empty())
                        : new Receipt.Refused("status " + answer.status() + ", code 0");
            case "19001" -> new Receipt.Gone("code 19001: there is no such robot any more");
            case "19021" ->
                new Receipt.Refused("code 19021: the signature does not match, or a clock is an hour wrong");
            case "19022" -> new Receipt.Refused("code 19022: the robot does not let this service's address in");
            case "19024" ->
                new Receipt.Refused("code 19024: the robot looks for a keyword; say it in settings.keyword");
            default -> byStatus(answer, code);
        };
    }

    private static Receipt byStatus(Answer answer, String code) {
        Receipt receipt = Receipt.ofStatus(answer);
        return receipt instanceof Receipt.RetryLater || receipt instanceof Receipt.Gone
                ? receipt
                : new Receipt.Refused("status " + answer.status() + ", code " + Body.shown(code));
    }

    /** Everybody sends at the full hour; each telling comes back at another second, the same for each of its attempts. */
    private static Optional<Duration> spread(Errand errand) {
        return Optional.of(
                Duration.ofSeconds(LEAST_SECONDS + Math.floorMod(errand.id().hashCode(), SPREAD_SECONDS)));
    }
}
