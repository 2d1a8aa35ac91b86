package org.etcdmedic.ticketing.chat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.ticketing.markup.Marked;
import org.etcdmedic.ticketing.markup.Markup;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Cut;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A robot of a DingTalk group (open.dingtalk.com, custom robot). The signature is made over the time in milliseconds and stands in the address;
 * more than 20 messages in a minute silence it for ten minutes.
 */
final class DingTalk implements Chat {
    private static final int BODY_BYTES = 20_000;
    private static final int TEXT_BYTES = 15_000;
    private static final int TITLE = 100;
    private static final Duration SILENCED = Duration.ofMinutes(10);
    private static final Set<String> TOO_FAST = Set.of("130101", "410100", "660026");
    private static final String BUSY = "-1";
    private static final String NOT_LET_IN = "310000";

    @Override
    public String name() {
        return "dingtalk";
    }

    @Override
    public int bodyBytes() {
        return BODY_BYTES;
    }

    @Override
    public List<Limits.Rate> rates() {
        return List.of(new Limits.Rate(20, Duration.ofMinutes(1)));
    }

    @Override
    public boolean hasKeyword() {
        return true;
    }

    @Override
    public Request write(Errand errand, Access access, String keyword) throws Unwritable {
        String title = Markup.DINGTALK.of(errand.letter().words().title());
        String body = Body.fitting(BODY_BYTES, TEXT_BYTES, bytes -> {
            ObjectNode message = Body.object();
            message.put("msgtype", "markdown");
            message.putObject("markdown")
                    .put("title", Cut.characters(title, TITLE))
                    .put(
                            "text",
                            "### " + Cut.characters(title, TITLE) + "  \n\n"
                                    + (keyword.isEmpty() ? "" : keyword + "  \n\n")
                                    + Marked.bytes(Markup.DINGTALK, errand.letter(), bytes));
            message.putObject("at").put("isAtAll", false);
            return message;
        });
        Map<String, String> headers = Map.of("Content-Type", "application/json; charset=utf-8");
        if (access.secret().isEmpty()) {
            return new Request(Request.Method.POST, access.address(), headers, Optional.of(body), Set.of());
        }
        String millis = String.valueOf(errand.now().toEpochMilli());
        String sign = Signature.of(access.secret(), millis + "\n" + access.secret());
        String encoded = URLEncoder.encode(sign, StandardCharsets.UTF_8);
        String address = access.address() + (access.address().getRawQuery() == null ? "?" : "&") + "timestamp=" + millis
                + "&sign=" + encoded;
        return new Request(Request.Method.POST, URI.create(address), headers, Optional.of(body), Set.of(sign, encoded));
    }

    @Override
    public Receipt read(Errand errand, Answer answer) {
        String code = Body.at(answer.body(), "/errcode");
        if (TOO_FAST.contains(code)) {
            return new Receipt.RetryLater(
                    Optional.of(SILENCED), "code " + code + ": more than 20 messages in a minute");
        }
        if (answer.status() != 200) {
            return Receipt.ofStatus(answer) instanceof Receipt.Accepted
                    ? new Receipt.Refused("status " + answer.status())
                    : Receipt.ofStatus(answer);
        }
        return switch (code) {
            case "0" -> new Receipt.Accepted(Optional.empty());
            case BUSY -> new Receipt.RetryLater(Optional.empty(), "code -1: the system is busy");
            case NOT_LET_IN ->
                new Receipt.Refused(
                        "code 310000: the robot's security settings do not let it in (signature, clock, keyword or address)");
            default -> new Receipt.Refused("status 200, code " + Body.shown(code));
        };
    }
}
