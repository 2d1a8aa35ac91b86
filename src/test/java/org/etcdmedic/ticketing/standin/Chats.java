package org.etcdmedic.ticketing.standin;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** Stand-ins for robots of chats. */
public final class Chats {
    private static final int MOST_IN_A_MINUTE = 20;

    private Chats() {}

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** DingTalk: open.dingtalk.com, custom robot. */
    public static final class DingTalk extends StandIn {
        private final String secret;
        private final Instant now;
        private int messages;

        public DingTalk(String secret, Instant now) throws IOException {
            this.secret = secret;
            this.now = now;
        }

        @Override
        protected Reply answer(Call call) {
            if (!call.path().equals("/robot/send") || !call.query().containsKey("access_token")) {
                return new Reply(200, "{\"errcode\":300001,\"errmsg\":\"token is not exist\"}");
            }
            String time = call.query().getOrDefault("timestamp", "0");
            String sign = Base64.getEncoder().encodeToString(hmac(utf8(secret), utf8(time + "\n" + secret)));
            boolean recent = Math.abs(Long.parseLong(time) - now.toEpochMilli()) < 3_600_000;
            if (!recent || !sign.equals(call.query().get("sign"))) {
                return new Reply(200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
            }
            if (++messages > MOST_IN_A_MINUTE) {
                return new Reply(200, "{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}");
            }
            demand(text(call.json(), "/msgtype", 20).equals("markdown"), "a type of message");
            text(call.json(), "/markdown/title", 500);
            String text = text(call.json(), "/markdown/text", 20_000);
            demand(!text.contains("@"), "it calls nobody");
            demand(!call.json().at("/at/isAtAll").asBoolean(true), "it calls nobody at all");
            return text.contains("etcd")
                    ? new Reply(200, "{\"errcode\":0,\"errmsg\":\"ok\"}")
                    : new Reply(200, "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}");
        }
    }

    /** Feishu: open.feishu.cn, custom bot usage guide. */
    public static final class Feishu extends StandIn {
        private final String secret;
        private final Instant now;

        public Feishu(String secret, Instant now) throws IOException {
            this.secret = secret;
            this.now = now;
        }

        @Override
        protected Reply answer(Call call) {
            String time = text(call.json(), "/timestamp", 10);
            String sign = Base64.getEncoder().encodeToString(hmac(utf8(time + "\n" + secret), new byte[0]));
            boolean recent = Math.abs(Long.parseLong(time) - now.getEpochSecond()) < 3600;
            if (!recent || !sign.equals(call.json().at("/sign").asString(""))) {
                return new Reply(200, "{\"code\":19021,\"msg\":\"sign match fail\"}");
            }
            demand(call.json().toString().getBytes(StandardCharsets.UTF_8).length <= 20_480, "at most 20 KB");
            demand(text(call.json(), "/msg_type", 20).equals("interactive"), "a card");
            plain(call.json().at("/card/header/title"));
            call.json().at("/card/elements").forEach(element -> {
                switch (text(element, "/tag", 20)) {
                    case "div" -> plain(element.at("/text"));
                    case "action" -> {
                        plain(element.at("/actions/0/text"));
                        demand(
                                text(element, "/actions/0/url", 2000).startsWith("https://"),
                                "a button leads somewhere");
                    }
                    default -> demand(false, "an element that is known");
                }
            });
            return new Reply(200, "{\"code\":0,\"msg\":\"success\",\"data\":{}}");
        }

        private void plain(JsonNode text) {
            demand(text(text, "/tag", 20).equals("plain_text"), "text without markup");
            text(text, "/content", 20_000);
        }
    }

    /** WeCom: developer.work.weixin.qq.com, document 91770. */
    public static final class WeCom extends StandIn {
        private int messages;

        public WeCom() throws IOException {}

        @Override
        protected Reply answer(Call call) {
            if (!call.query().getOrDefault("key", "").startsWith("693a91f6")) {
                return new Reply(200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}");
            }
            if (++messages > MOST_IN_A_MINUTE) {
                return new Reply(200, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
            }
            demand(text(call.json(), "/msgtype", 20).equals("markdown"), "a type of message");
            String content = text(call.json(), "/markdown/content", 4096);
            demand(!content.contains("<"), "it calls nobody");
            return utf8(content).length <= 4096
                    ? new Reply(200, "{\"errcode\":0,\"errmsg\":\"ok\"}")
                    : new Reply(200, "{\"errcode\":40058,\"errmsg\":\"markdown.content exceed max length 4096\"}");
        }
    }

    /** Slack: docs.slack.dev, incoming webhooks, Block Kit reference. */
    public static final class Slack extends StandIn {
        private static final Set<String> BLOCKS = Set.of("header", "section", "actions");

        public Slack() throws IOException {}

        @Override
        protected Reply answer(Call call) {
            if (!URLDecoder.decode(call.path(), StandardCharsets.UTF_8).startsWith("/services/T00000000/")) {
                return new Reply(404, "no_service");
            }
            text(call.json(), "/text", 40_000);
            JsonNode blocks = call.json().at("/blocks");
            demand(blocks.isArray() && blocks.size() <= 50, "at most 50 blocks");
            blocks.forEach(block -> {
                String type = text(block, "/type", 20);
                demand(BLOCKS.contains(type), "a block that is known");
                if (type.equals("actions")) {
                    text(block, "/elements/0/text/text", 75);
                    text(block, "/elements/0/url", 3000);
                } else {
                    demand(block.at("/text/type").asString("").equals("plain_text"), "text without markup");
                    text(block, "/text/text", type.equals("header") ? 150 : 3000);
                }
            });
            demand(!call.json().at("/text").asString().contains("<"), "it calls nobody");
            return new Reply(200, "ok");
        }
    }
}
