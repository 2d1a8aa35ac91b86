package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dingtalk.api.DefaultDingTalkClient;
import com.dingtalk.api.request.OapiRobotSendRequest;
import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.lark.oapi.card.enums.MessageCardButtonTypeEnum;
import com.lark.oapi.card.model.IMessageCardActionElement;
import com.lark.oapi.card.model.MessageCard;
import com.lark.oapi.card.model.MessageCardAction;
import com.lark.oapi.card.model.MessageCardConfig;
import com.lark.oapi.card.model.MessageCardDiv;
import com.lark.oapi.card.model.MessageCardElement;
import com.lark.oapi.card.model.MessageCardEmbedButton;
import com.lark.oapi.card.model.MessageCardHeader;
import com.lark.oapi.card.model.MessageCardPlainText;
import com.slack.api.util.json.GsonFactory;
import com.slack.api.webhook.Payload;
import java.net.URI;
import java.util.List;
import java.util.Map;
import me.chanjar.weixin.cp.bean.message.WxCpGroupRobotMessage;
import org.etcdmedic.testing.TargetStandIn;
import org.etcdmedic.testing.TargetStandIn.Reply;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages of chats, held against the libraries that the makers of DingTalk, Feishu and Slack give out, and one of WeCom's users. What the
 * chat itself does with a message, this does not show.
 */
class ChatLibrariesIT {
    private static final URI ANYWHERE = URI.create("https://target.example");
    private static final Gson SLACK = slack();

    static List<Letter> letters() {
        return Told.letters().toList();
    }

    /** As the library's own client reads and writes, with its refusal of kinds that it does not know. */
    private static Gson slack() {
        var gson = new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES);
        GsonFactory.registerTypeAdapters(gson, true);
        return gson.create();
    }

    @ParameterizedTest
    @MethodSource("letters")
    void dingtalkIsToldAsByItsOwnLibrary(Letter letter) throws Exception {
        try (var there = new TargetStandIn()) {
            there.answers(request -> new Reply(200, "{\"errcode\": 0, \"errmsg\": \"ok\"}", Map.of()));
            Told told = Told.by("dingtalk", Map.of(), URI.create(there.url()), letter, Action.OPEN);
            var markdown = new OapiRobotSendRequest.Markdown();
            markdown.setTitle(told.text("/markdown/title"));
            markdown.setText(told.text("/markdown/text"));
            var at = new OapiRobotSendRequest.At();
            at.setIsAtAll(false);
            var message = new OapiRobotSendRequest();
            message.setMsgtype("markdown");
            message.setMarkdown(markdown);
            message.setAt(at);

            // The library takes the signature as part of the address, and adds the token.
            new DefaultDingTalkClient(told.request().address().toString().replaceAll("access_token=[0-9a-f]+&", ""))
                    .execute(message, "0123456789abcdef");

            told.isAsTheLibraryTells(there.received().getFirst());
        }
    }

    @ParameterizedTest
    @MethodSource("letters")
    void feishuGetsACardAsItsOwnLibraryWritesIt(Letter letter) throws Exception {
        Told told = Told.by("feishu", Map.of(), ANYWHERE, letter, Action.OPEN);

        MessageCard card = MessageCard.newBuilder()
                .config(MessageCardConfig.newBuilder().wideScreenMode(true).build())
                .header(MessageCardHeader.newBuilder()
                        .template(told.text("/card/header/template"))
                        .title(plain(told, "/card/header/title/content"))
                        .build())
                .elements(new MessageCardElement[] {
                    MessageCardDiv.newBuilder()
                            .text(plain(told, "/card/elements/0/text/content"))
                            .build(),
                    MessageCardAction.newBuilder()
                            .actions(new IMessageCardActionElement[] {
                                MessageCardEmbedButton.newBuilder()
                                        .buttonType(MessageCardButtonTypeEnum.PRIMARY)
                                        .url(told.text("/card/elements/1/actions/0/url"))
                                        .text(plain(told, "/card/elements/1/actions/0/text/content"))
                                        .build()
                            })
                            .build()
                })
                .build();

        assertThat(told.body().path("card")).isEqualTo(Told.withoutEmpty(card.String()));
    }

    private static MessageCardPlainText plain(Told told, String pointer) {
        return MessageCardPlainText.newBuilder().content(told.text(pointer)).build();
    }

    @ParameterizedTest
    @MethodSource("letters")
    void wecomIsToldAsByAJavaLibrary(Letter letter) throws Exception {
        Told told = Told.by("wecom", Map.of(), ANYWHERE, letter, Action.OPEN);

        String theirs = new WxCpGroupRobotMessage()
                .setMsgType("markdown")
                .setContent(told.text("/markdown/content"))
                .toJson();

        assertThat(told.body()).isEqualTo(Told.withoutEmpty(theirs));
    }

    /** What Slack's library does not know, it leaves out when it writes again what it has read; kinds of blocks that it does not know, it refuses. */
    @ParameterizedTest
    @MethodSource("letters")
    void slackGetsNothingThatItsOwnLibraryDoesNotKnow(Letter letter) throws Exception {
        Told told = Told.by("slack", Map.of(), ANYWHERE, letter, Action.OPEN);

        ObjectNode expected = told.body().asObject();
        // Of messages in general, as Slack's documentation of incoming webhooks has it; the library has it for them
        // only.
        assertThat(expected.remove("mrkdwn").asBoolean(true)).isFalse();
        assertThat(throughSlack(told.body().toString())).isEqualTo(expected);
    }

    @Test
    void slacksLibraryWouldHaveNoticedAMistake() throws Exception {
        String right = Told.by("slack", Map.of(), ANYWHERE, letters().getFirst(), Action.OPEN)
                .body()
                .toString();
        String misspelt = right.replace("\"emoji\":", "\"emojis\":");

        assertThat(throughSlack(misspelt).at("/blocks/0/text/emojis").isMissingNode())
                .isTrue();
        assertThatThrownBy(() -> throughSlack(right.replace("\"section\"", "\"sektion\"")))
                .isInstanceOf(JsonParseException.class);
    }

    private static JsonNode throughSlack(String json) {
        return JsonMapper.builder().build().readTree(SLACK.toJson(SLACK.fromJson(json, Payload.class)));
    }
}
