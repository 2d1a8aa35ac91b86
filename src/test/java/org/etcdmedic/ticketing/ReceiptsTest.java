package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each target's answers come to. */
class ReceiptsTest {
    private static final URI BASE = URI.create("https://target.example");

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jira       | 201 | {"id":"10000","key":"DBA-24","self":"https://x/rest/api/2/issue/10000"}  | Accepted   | DBA-24 https://target.example/browse/DBA-24
            jira       | 200 | <html>Log in</html>                                                     | Refused    | status 200, which is not what its interface promises
            jira       | 201 | {"id":"10000","ke                                                        | Accepted   | -
            jira       | 400 | {"errors":{"project":"project is required"}}                             | Refused    | status 400
            jira       | 401 | <html>Unauthorized                                                       | Refused    | status 401
            jira       | 302 |                                                                          | Refused    | status 302: it answers with a redirect, which is not followed
            jira       | 429 |                                                                          | RetryLater | status 429
            jira       | 503 | <html>                                                                   | RetryLater | status 503
            servicenow | 201 | {"result":{"sys_id":"a9e30c7dc61122760116894de7bcc7bd","number":"INC1"}} | Accepted   | a9e30c7dc61122760116894de7bcc7bd https://target.example/nav_to.do?uri=incident.do%3Fsys_id%3Da9e30c7dc61122760116894de7bcc7bd
            servicenow | 200 | <html>Your instance is hibernating                                       | Refused    | status 200, which is not what its interface promises
            servicenow | 401 | {"error":{"message":"User Not Authenticated"}}                           | Refused    | status 401
            servicenow | 429 | {}                                                                       | RetryLater | status 429
            pagerduty  | 202 | {"status":"success","message":"Event processed","dedup_key":"medic-1"}   | Accepted   | medic-1
            pagerduty  | 400 | {"status":"invalid event","errors":["'routing_key' is missing"]}         | Refused    | status 400
            pagerduty  | 429 | {}                                                                       | RetryLater | status 429
            pagerduty  | 500 |                                                                          | RetryLater | status 500
            github     | 201 | {"number":7,"html_url":"https://github.com/acme/etcd-ops/issues/7"}      | Accepted   | 7 https://github.com/acme/etcd-ops/issues/7
            github     | 201 | {"number":7,"html_url":"javascript:alert(1)"}                            | Accepted   | 7
            github     | 403 | {"message":"API rate limit exceeded for user ID 1."}                     | RetryLater | status 403: too many requests
            github     | 403 | {"message":"You have exceeded a secondary rate limit"}                   | RetryLater | status 403: too many requests
            github     | 403 | {"message":"Resource not accessible by personal access token"}           | Refused    | status 403
            github     | 410 | {"message":"Issues are disabled for this repo"}                          | Gone       | status 410: it is gone
            github     | 422 | {"message":"Validation Failed"}                                          | Refused    | status 422
            gitlab     | 201 | {"id":84,"iid":14,"web_url":"https://gitlab.example/acme/x/-/issues/14"} | Accepted   | 14 https://gitlab.example/acme/x/-/issues/14
            gitlab     | 401 | {"message":"401 Unauthorized"}                                           | Refused    | status 401
            gitlab     | 404 | {"message":"404 Project Not Found"}                                      | Refused    | status 404
            dingtalk   | 200 | {"errcode":0,"errmsg":"ok"}                                              | Accepted   | -
            dingtalk   | 200 | {"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}  | RetryLater | code 130101: more than 20 messages in a minute
            dingtalk   | 200 | {"errcode":410100,"errmsg":"too fast"}                                   | RetryLater | code 410100: more than 20 messages in a minute
            dingtalk   | 200 | {"errcode":310000,"errmsg":"sign not match"}                             | Refused    | code 310000: the robot's security settings do not let it in (signature, clock, keyword or address)
            dingtalk   | 200 | {"errcode":300001,"errmsg":"token is not exist"}                         | Refused    | status 200, code 300001
            dingtalk   | 200 | {"errcode":-1,"errmsg":"busy"}                                           | RetryLater | code -1: the system is busy
            dingtalk   | 200 | <html>proxy</html>                                                       | Refused    | status 200, code missing
            dingtalk   | 200 | {"errcode":"R0UTINGKEY0123456789abcdefGHIJKL"}                           | Refused    | status 200, code that is none
            dingtalk   | 502 | <html>                                                                   | RetryLater | status 502
            feishu     | 200 | {"code":0,"msg":"success","data":{}}                                     | Accepted   | -
            feishu     | 200 | {"code":11232,"msg":"frequency limited"}                                 | RetryLater | code 11232: too many messages
            feishu     | 400 | {"code":99991400,"msg":"request trigger frequency limit"}                | RetryLater | code 99991400: too many messages
            feishu     | 200 | {"code":19021,"msg":"sign match fail"}                                   | Refused    | code 19021: the signature does not match, or a clock is an hour wrong
            feishu     | 200 | {"code":19024,"msg":"Key Words Not Found"}                               | Refused    | code 19024: the robot looks for a keyword; say it in settings.keyword
            feishu     | 200 | {"code":19001,"msg":"param invalid"}                                     | Gone       | code 19001: there is no such robot any more
            feishu     | 400 | {"code":9499,"msg":"Bad Request"}                                        | Refused    | status 400, code 9499
            feishu     | 200 | {"code":                                                                 | Refused    | status 200, code missing
            feishu     | 500 |                                                                          | RetryLater | status 500
            wecom      | 200 | {"errcode":0,"errmsg":"ok"}                                              | Accepted   | -
            wecom      | 200 | {"errcode":45009,"errmsg":"api freq out of limit"}                       | RetryLater | code 45009: more than 20 messages in a minute
            wecom      | 200 | {"errcode":93000,"errmsg":"invalid webhook url"}                         | Gone       | code 93000: there is no such robot any more
            wecom      | 200 | {"errcode":40058,"errmsg":"markdown.content exceed max length 4096"}     | Refused    | status 200, code 40058
            wecom      | 200 | <html>                                                                   | Refused    | status 200, code missing
            slack      | 200 | ok                                                                       | Accepted   | -
            slack      | 200 | <html>proxy</html>                                                       | Refused    | status 200, but not ok
            slack      | 400 | invalid_payload                                                          | Refused    | status 400, invalid_payload
            slack      | 403 | action_prohibited                                                        | Refused    | status 403, action_prohibited
            slack      | 404 | no_service                                                               | Gone       | status 404, no_service
            slack      | 410 | channel_is_archived                                                      | Gone       | status 410, channel_is_archived
            slack      | 429 |                                                                          | RetryLater | status 429
            slack      | 500 | rollup_error                                                             | RetryLater | status 500
            """)
    void readsAnAnswer(String name, int status, String body, String kind, String says) {
        Receipt receipt = read(name, new Answer(status, body == null ? "" : body, Optional.empty(), Optional.empty()));
        assertThat(receipt.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(told(receipt)).isEqualTo(says);
    }

    /** Tells of a target whose answers nobody has looked at. */
    @Test
    void everyTargetsAnswersStandInTheTable() throws NoSuchMethodException {
        Method table = ReceiptsTest.class.getDeclaredMethod(
                "readsAnAnswer", String.class, int.class, String.class, String.class, String.class);
        assertThat(table.getAnnotation(CsvSource.class)
                        .textBlock()
                        .lines()
                        .map(line -> line.split("\\|", 2)[0].strip()))
                .containsAll(AllTargets.names());
    }

    /** 410 to an opening is the end of the target; to what is added to a ticket it is the end of that ticket, where there are such. */
    @ParameterizedTest
    @MethodSource("names")
    void takesTheEndOfATicketForNoEndOfTheTarget(String name) {
        var answer = new Answer(410, "{\"message\":\"This issue was deleted\"}", Optional.empty(), Optional.empty());
        boolean tickets = AllTargets.of(name).manner() == Manner.TICKET;
        assertThat(read(name, Action.OPEN, answer)).isInstanceOf(Receipt.Gone.class);
        for (Action action : java.util.List.of(Action.UPDATE, Action.RESOLVE)) {
            assertThat(read(name, action, answer)).isInstanceOf(tickets ? Receipt.Refused.class : Receipt.Gone.class);
        }
    }

    @Test
    void waitsAsLongAsItIsToldOrSilenced() {
        var answer = new Answer(429, "", Optional.of(Duration.ofSeconds(30)), Optional.empty());
        assertThat(AllTargets.names().stream().filter(name -> !name.equals("dingtalk")))
                .allSatisfy(name -> assertThat(read(name, answer))
                        .isEqualTo(new Receipt.RetryLater(Optional.of(Duration.ofSeconds(30)), "status 429")));
        assertThat(after("dingtalk", "{\"errcode\":130101}")).contains(Duration.ofMinutes(10));
        assertThat(after("wecom", "{\"errcode\":45009}")).contains(Duration.ofMinutes(1));
        assertThat(after("feishu", "{\"code\":11232}"))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(69)));
        var limited = new Answer(403, "{}", Optional.of(Duration.ofSeconds(60)), Optional.empty());
        assertThat(read("github", limited)).isInstanceOf(Receipt.RetryLater.class);
    }

    static java.util.List<String> names() {
        return AllTargets.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void survivesAnAnswerThatMakesNoSense(String name) {
        for (String body :
                java.util.List.of("", "[".repeat(60_000), "{\"a\":".repeat(10_000), "\u0000", "null", "[]", "\"ok")) {
            assertThat(read(name, new Answer(200, body, Optional.empty(), Optional.empty())))
                    .isInstanceOf(Receipt.Refused.class);
        }
    }

    /** Every limit that is told, with the longest letter of characters of two, three and four bytes. */
    @ParameterizedTest
    @MethodSource("names")
    void staysWithinWhatTheTargetTakes(String name) throws Unwritable {
        for (String fact : java.util.List.of("磁盘已满 😀 \"\\", "\"".repeat(60), "é".repeat(200))) {
            for (int facts : new int[] {0, 10, 100, 2000}) {
                Letter letter = Letters.ofFacts(Locale.SIMPLIFIED_CHINESE, facts, fact);
                Target target = AllTargets.of(name);
                String body = target.write(errand(letter), AllTargets.access(name, BASE))
                        .orElseThrow()
                        .body()
                        .orElseThrow();
                assertThat(body.getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(target.limits().bodyBytes());
                JsonNode json = JsonMapper.shared().readTree(body);
                assertThat(json.toString()).doesNotContain("\ufffd");
                limits(name, json);
            }
        }
    }

    private static void limits(String name, JsonNode json) {
        switch (name) {
            case "jira" -> {
                assertThat(json.at("/fields/summary").asString()).hasSizeLessThanOrEqualTo(255);
                assertThat(json.at("/fields/description").asString()).hasSizeLessThanOrEqualTo(32_767);
            }
            case "servicenow" -> {
                assertThat(json.at("/short_description").asString()).hasSizeLessThanOrEqualTo(160);
                assertThat(json.at("/description").asString()).hasSizeLessThanOrEqualTo(4000);
            }
            case "pagerduty" ->
                assertThat(json.at("/payload/summary").asString()).hasSizeLessThanOrEqualTo(1024);
            case "github" -> assertThat(json.at("/body").asString()).hasSizeLessThanOrEqualTo(65_536);
            case "gitlab" -> assertThat(json.at("/title").asString()).hasSizeLessThanOrEqualTo(255);
            case "wecom" ->
                assertThat(json.at("/markdown/content").asString().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(4096);
            case "slack" -> {
                assertThat(json.at("/blocks").size()).isLessThanOrEqualTo(50);
                assertThat(json.at("/blocks/0/text/text").asString()).hasSizeLessThanOrEqualTo(150);
                json.at("/blocks")
                        .forEach(block ->
                                assertThat(block.at("/text/text").asString("")).hasSizeLessThanOrEqualTo(3000));
            }
            default -> assertThat(json.isObject()).isTrue();
        }
    }

    /** The address of a robot is its password. */
    @ParameterizedTest
    @MethodSource("names")
    void tellsNoSecretInWhatIsLogged(String name) throws Unwritable {
        var access = AllTargets.access(name, BASE);
        var request = AllTargets.of(name)
                .write(errand(Letters.usual(Locale.ENGLISH, Letter.Event.COMPLETED, 1)), access)
                .orElseThrow();
        assertThat(request + " " + access).doesNotContain("R0UTINGKEY", "0123456789abcdef", "693a91f6", "hook-key");
        String quoting =
                "{\"errcode\":\"R0UTINGKEY0123456789abcdefGHIJKL\",\"message\":\"R0UTINGKEY0123456789abcdefGHIJKL\"}";
        for (int status : new int[] {200, 400, 403, 500}) {
            assertThat(told(read(name, new Answer(status, quoting, Optional.empty(), Optional.empty()))))
                    .doesNotContain("R0UTINGKEY");
        }
    }

    @Test
    void saysWhichSignaturesAreToBeHidden() throws Unwritable {
        for (String name : java.util.List.of("dingtalk", "feishu")) {
            var request = AllTargets.of(name)
                    .write(
                            errand(Letters.usual(Locale.ENGLISH, Letter.Event.COMPLETED, 1)),
                            AllTargets.access(name, BASE))
                    .orElseThrow();
            assertThat(request.hidden()).isNotEmpty();
            assertThat(request.address() + request.body().orElseThrow())
                    .matches(text -> request.hidden().stream().anyMatch(text::contains));
            var open = new Access(AllTargets.access(name, BASE).address(), Collections.emptyList());
            assertThat(AllTargets.of(name)
                            .write(errand(Letters.usual(Locale.ENGLISH, Letter.Event.COMPLETED, 1)), open)
                            .orElseThrow()
                            .hidden())
                    .isEmpty();
        }
    }

    private static Optional<Duration> after(String name, String body) {
        return ((Receipt.RetryLater) read(name, new Answer(200, body, Optional.empty(), Optional.empty()))).after();
    }

    private static Receipt read(String name, Answer answer) {
        return read(name, Action.OPEN, answer);
    }

    private static Receipt read(String name, Action action, Answer answer) {
        Letter letter = Letters.usual(Locale.ENGLISH, Letter.Event.COMPLETED, 1);
        var errand = new Errand(letter, action, Optional.empty(), "msg_1", Letters.AT);
        return AllTargets.of(name).read(errand, AllTargets.access(name, BASE), answer);
    }

    private static Errand errand(Letter letter) {
        return new Errand(letter, Action.OPEN, Optional.empty(), "msg_1", Letters.AT);
    }

    private static String told(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted accepted ->
                accepted.reference()
                        .map(reference -> reference.id()
                                + reference.link().map(link -> " " + link).orElse(""))
                        .orElse("-");
            case Receipt.RetryLater later -> later.reason();
            case Receipt.Refused refused -> refused.reason();
            case Receipt.Gone gone -> gone.reason();
        };
    }
}
