package org.etcdmedic.outside;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.platform.TimeOrderedId;
import org.etcdmedic.platform.http.Exchange;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.RunAs;

/** Puts exchanges with a system outside into the shape of captures. */
public final class OutsideCaptures {
    private static final int LONGEST = 20;

    private OutsideCaptures() {}

    /** A question for which nothing is run on any node: it stands in no catalogue. */
    public static Question question(String id, List<String> checks, int byteLimit, Map<String, String> arguments) {
        return new Question(
                new Probe(
                        new ProbeId(id),
                        checks,
                        RunAs.LOGIN,
                        "http",
                        "GET",
                        arguments.keySet().stream().sorted().toList(),
                        Duration.ofSeconds(LONGEST),
                        byteLimit,
                        Map.of()),
                arguments);
    }

    /** Why this is not what was hoped for; empty when it is. */
    public static Optional<String> trouble(Exchange exchange) {
        return switch (exchange.reply()) {
            case Exchange.Reply.Came came ->
                came.status() / 100 == 2 ? Optional.empty() : Optional.of("it answers HTTP " + came.status());
            case Exchange.Reply.NotCame(boolean _, String detail) -> Optional.of(detail);
        };
    }

    /** A question that was under way when the deadline came, or that nobody got to. */
    public static Capture unasked(Node node, Question question, Instant now, String detail) {
        return new Capture.NoAnswer(
                TimeOrderedId.at(now),
                node.id(),
                question,
                "",
                now,
                Duration.ZERO,
                Capture.Reason.DEADLINE,
                detail,
                "");
    }

    /** What came of an exchange. The exit status is 0, or the HTTP status where that is none of success. */
    public static Capture of(Node node, Question question, Exchange exchange) {
        return switch (exchange.reply()) {
            case Exchange.Reply.Came came
            when came.status() == 401 || came.status() == 403 ->
                none(node, question, exchange, Capture.Reason.NOT_PERMITTED, "HTTP " + came.status());
            case Exchange.Reply.Came came
            when came.status() == 429 || came.status() == 503 ->
                none(node, question, exchange, Capture.Reason.CONNECTION_LOST, "HTTP " + came.status());
            case Exchange.Reply.Came came ->
                new Capture.Answer(
                        TimeOrderedId.at(exchange.startedAt()),
                        node.id(),
                        question,
                        exchange.request(),
                        exchange.startedAt(),
                        exchange.took(),
                        Optional.of(came.status() / 100 == 2 ? 0 : came.status()),
                        came.body(),
                        "HTTP " + came.status()
                                + came.header("Date")
                                        .map(date -> "\nDate: " + date)
                                        .orElse(""),
                        came.bytes(),
                        came.truncated());
            case Exchange.Reply.NotCame(boolean timedOut, String detail) ->
                none(
                        node,
                        question,
                        exchange,
                        timedOut ? Capture.Reason.TIMED_OUT : Capture.Reason.CONNECTION_LOST,
                        detail);
        };
    }

    private static Capture none(Node node, Question question, Exchange exchange, Capture.Reason reason, String detail) {
        return new Capture.NoAnswer(
                TimeOrderedId.at(exchange.startedAt()),
                node.id(),
                question,
                exchange.request(),
                exchange.startedAt(),
                exchange.took(),
                reason,
                detail,
                "");
    }
}
