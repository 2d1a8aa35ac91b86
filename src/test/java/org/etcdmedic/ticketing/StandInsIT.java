package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.etcdmedic.ticketing.standin.Chats;
import org.etcdmedic.ticketing.standin.StandIn;
import org.etcdmedic.ticketing.standin.Trackers;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Found;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** The life of a ticket at each target, over HTTP, with a stand-in that checks what the target's specification demands. */
class StandInsIT {
    private static final String SECRET = "R0UTINGKEY0123456789abcdefGHIJKL";
    private static final Courier COURIER =
            new Courier(Duration.ofSeconds(20), Optional.empty(), InstantSource.system());

    static List<String> trackers() {
        return named(Manner.TICKET);
    }

    static List<String> chats() {
        return named(Manner.MESSAGE);
    }

    private static List<String> named(Manner manner) {
        return AllTargets.names().stream()
                .filter(name -> AllTargets.of(name).manner() == manner)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("trackers")
    void aTicketIsOpenedFoundUpdatedAndEnded(String name) throws Exception {
        Target target = name.equals("jira")
                ? AllTargets.of(name, Map.of("project", "DBA", "transition", "31"))
                : AllTargets.of(name);
        try (Trackers.Tracker there = tracker(name, SECRET)) {
            Access access = AllTargets.access(name, there.address());
            if (!name.equals("pagerduty")) {
                assertThat(found(target, access)).isInstanceOf(Found.Nowhere.class);
            }
            Reference reference = accepted(tell(target, access, Action.OPEN, Optional.empty()))
                    .orElseThrow();
            if (!name.equals("pagerduty")) {
                assertThat(found(target, access))
                        .isInstanceOfSatisfying(
                                Found.There.class,
                                it -> assertThat(it.reference().id()).isEqualTo(reference.id()));
            }
            assertThat(accepted(tell(target, access, Action.UPDATE, Optional.of(reference))))
                    .map(Reference::id)
                    .contains(reference.id());
            assertThat(there.isOver()).isFalse();
            accepted(tell(target, access, Action.RESOLVE, Optional.of(reference)));
            assertThat(there.isOver()).isTrue();
            assertThat(there.notes()).isNotEmpty();
            for (String hostile : Letters.HOSTILE) {
                assertThat(send(target, access, errand(Letters.saying(hostile), Action.OPEN, Optional.empty())))
                        .isInstanceOf(Receipt.Accepted.class);
            }
            assertThat(there.complaints()).isEmpty();
        }
    }

    /** These answer with the whole ticket. */
    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab"})
    void aTicketOfTheLongestTextIsFoundAgain(String name) throws Exception {
        Target target = AllTargets.of(name);
        Letter longest = Letters.ofFacts(Locale.SIMPLIFIED_CHINESE, 6000, "磁盘已满，请立即处理 😀 \"");
        try (Trackers.Tracker there = tracker(name, SECRET)) {
            Access access = AllTargets.access(name, there.address());
            Optional<Reference> opened = accepted(send(target, access, errand(longest, Action.OPEN, Optional.empty())));

            assertThat(opened).isPresent();
            assertThat(found(target, access)).isEqualTo(new Found.There(opened.get()));
            assertThat(there.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("trackers")
    void aWrongSecretIsARefusal(String name) throws Exception {
        try (StandIn there = tracker(name, "another")) {
            assertThat(tell(
                            AllTargets.of(name),
                            AllTargets.access(name, there.address()),
                            Action.OPEN,
                            Optional.empty()))
                    .isInstanceOf(Receipt.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("chats")
    void everyTellingIsAMessage(String name) throws Exception {
        Target target = AllTargets.of(name);
        try (StandIn there = chat(name, SECRET)) {
            Access access = AllTargets.access(name, there.address());
            for (Action action : Action.values()) {
                assertThat(tell(target, access, action, Optional.empty())).isInstanceOf(Receipt.Accepted.class);
            }
            for (String hostile : Letters.HOSTILE) {
                assertThat(send(target, access, errand(Letters.saying(hostile), Action.OPEN, Optional.empty())))
                        .isInstanceOf(Receipt.Accepted.class);
            }
            Letter longest = Letters.ofFacts(Locale.SIMPLIFIED_CHINESE, 3000, "磁盘已满 😀 \"");
            assertThat(send(target, access, errand(longest, Action.OPEN, Optional.empty())))
                    .isInstanceOf(Receipt.Accepted.class);
            assertThat(there.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dingtalk", "feishu"})
    void aWrongSignatureIsARefusal(String name) throws Exception {
        try (StandIn there = chat(name, "another")) {
            assertThat(tell(
                            AllTargets.of(name),
                            AllTargets.access(name, there.address()),
                            Action.OPEN,
                            Optional.empty()))
                    .isInstanceOf(Receipt.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dingtalk", "wecom"})
    void theTwentyFirstMessageWaits(String name) throws Exception {
        Target target = AllTargets.of(name);
        try (StandIn there = chat(name, SECRET)) {
            Access access = AllTargets.access(name, there.address());
            for (int i = 0; i < 20; i++) {
                tell(target, access, Action.OPEN, Optional.empty());
            }
            assertThat(tell(target, access, Action.OPEN, Optional.empty())).isInstanceOf(Receipt.RetryLater.class);
        }
    }

    @Test
    void aRobotThatIsGoneSwitchesItsTargetOff() throws Exception {
        try (StandIn there = new Chats.WeCom()) {
            var access = new Access(URI.create(there.address() + "/cgi-bin/webhook/send?key=removed"), List.of());
            assertThat(tell(AllTargets.of("wecom"), access, Action.OPEN, Optional.empty()))
                    .isInstanceOf(Receipt.Gone.class);
        }
    }

    private static Trackers.Tracker tracker(String name, String secret) throws Exception {
        return switch (name) {
            case "jira" -> new Trackers.Jira(secret);
            case "servicenow" -> new Trackers.ServiceNow(secret);
            case "pagerduty" -> new Trackers.PagerDuty(secret);
            case "github" -> new Trackers.GitHub(secret);
            case "gitlab" -> new Trackers.GitLab(secret);
            default -> throw new AssertionError("there is no stand-in for " + name);
        };
    }

    private static StandIn chat(String name, String secret) throws Exception {
        return switch (name) {
            case "dingtalk" -> new Chats.DingTalk(secret, Letters.AT);
            case "feishu" -> new Chats.Feishu(secret, Letters.AT);
            case "wecom" -> new Chats.WeCom();
            case "slack" -> new Chats.Slack();
            default -> throw new AssertionError("there is no stand-in for " + name);
        };
    }

    private static Receipt tell(Target target, Access access, Action action, Optional<Reference> reference)
            throws Unwritable {
        Letter.Event event = action == Action.RESOLVE ? Letter.Event.CLEARED : Letter.Event.COMPLETED;
        return send(
                target,
                access,
                errand(Letters.usual(Locale.ENGLISH, event, action == Action.OPEN ? 1 : 2), action, reference));
    }

    private static Receipt send(Target target, Access access, Errand errand) throws Unwritable {
        return target.read(errand, access, answer(target.write(errand, access).orElseThrow()));
    }

    private static Found found(Target target, Access access) throws Unwritable {
        Errand errand = errand(Letters.usual(Locale.ENGLISH, Letter.Event.COMPLETED, 1), Action.OPEN, Optional.empty());
        return target.found(errand, access, answer(target.find(errand, access).orElseThrow()));
    }

    private static Errand errand(Letter letter, Action action, Optional<Reference> reference) {
        return new Errand(letter, action, reference, "msg_1", Letters.AT);
    }

    private static Answer answer(Request request) {
        var exchange = COURIER.send(
                HttpMethod.valueOf(request.method().name()),
                request.address(),
                request.body(),
                Post.ANSWER_BYTES,
                headers -> request.headers().forEach(headers::set));
        if (exchange.reply() instanceof Reply.Came came) {
            return new Answer(came.status(), came.body(), Optional.empty(), came.header("Location"));
        }
        throw new AssertionError(exchange.reply());
    }

    private static Optional<Reference> accepted(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).reference();
    }
}
