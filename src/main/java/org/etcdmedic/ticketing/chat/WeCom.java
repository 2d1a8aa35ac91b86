package org.etcdmedic.ticketing.chat;

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

/** A robot of a WeCom group (developer.work.weixin.qq.com, document 91770). Nothing is signed: whoever has the address may write. */
final class WeCom implements Chat {
    /** Of the content, not of the body. */
    private static final int CONTENT_BYTES = 4096;

    private static final int TITLE_BYTES = 300;

    /** JSON makes the content at most twice as long, and there is no other text. */
    private static final int BODY_BYTES = 2 * CONTENT_BYTES + 100;

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "wecom";
    }

    @Override
    public int bodyBytes() {
        return BODY_BYTES;
    }

    @Override
    public List<Limits.Rate> rates() {
        return List.of(new Limits.Rate(20, A_MINUTE));
    }

    @Override
    public boolean hasKeyword() {
        return false;
    }

    @Override
    public Request write(Errand errand, Access access, String keyword) throws Unwritable {
        String title = "**" + Cut.bytes(Markup.WECOM.of(errand.letter().words().title()), TITLE_BYTES) + "**\n";
        String body = Body.fitting(BODY_BYTES, CONTENT_BYTES, bytes -> {
            ObjectNode message = Body.object();
            message.put("msgtype", "markdown");
            message.putObject("markdown")
                    .put("content", title + Marked.bytes(Markup.WECOM, errand.letter(), bytes - TITLE_BYTES - 5));
            return message;
        });
        return new Request(
                Request.Method.POST,
                access.address(),
                Map.of("Content-Type", "application/json; charset=utf-8"),
                Optional.of(body),
                Set.of());
    }

    @Override
    public Receipt read(Errand errand, Answer answer) {
        Receipt byStatus = Receipt.ofStatus(answer);
        if (!(byStatus instanceof Receipt.Accepted)) {
            return byStatus;
        }
        String code = Body.at(answer.body(), "/errcode");
        return switch (code) {
            case "0" -> byStatus;
            case "45009" ->
                new Receipt.RetryLater(Optional.of(A_MINUTE), "code 45009: more than 20 messages in a minute");
            case "-1" -> new Receipt.RetryLater(Optional.empty(), "code -1: the system is busy");
            case "93000" -> new Receipt.Gone("code 93000: there is no such robot any more");
            default -> new Receipt.Refused("status " + answer.status() + ", code " + Body.shown(code));
        };
    }
}
