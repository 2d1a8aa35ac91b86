package org.etcdmedic.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.Source;
import org.junit.jupiter.api.Test;

class SignatureEngineTest {
    private static Signature.Pattern message(String expression) {
        return new Signature.Pattern(Pattern.compile(expression), Optional.empty(), Optional.empty());
    }

    private static Signature.Pattern field(String expression, String field, String value) {
        return new Signature.Pattern(
                Pattern.compile(expression), Optional.of(field), Optional.of(Pattern.compile(value)));
    }

    private static Signature signature(String id, Set<String> narrows, Signature.Pattern... patterns) {
        return new Signature(
                id,
                Set.of(Log.Program.ETCD),
                "P7",
                Signature.Kind.SYMPTOM,
                Signature.About.SELF,
                "all",
                narrows,
                List.of(patterns),
                new Text(id, id),
                Map.of(),
                Set.of(),
                "test",
                List.of(),
                List.of());
    }

    private static LogLine line(String message) {
        return line(message, Map.of());
    }

    private static LogLine line(String message, Map<String, String> fields) {
        return new LogLine(
                Optional.empty(),
                false,
                "",
                LogLine.Dialect.RAW,
                "",
                message,
                fields,
                message,
                Source.line(new UUID(0, 0), 1));
    }

    private static List<String> ids(SignatureEngine engine, LogLine line) {
        return engine.match(Log.Program.ETCD, line).stream()
                .map(match -> match.signature().id())
                .toList();
    }

    @Test
    void leavesOutTheGeneralOneOverAnyNumberOfSteps() {
        var engine = new SignatureEngine(List.of(
                signature("a-any-write", Set.of(), message("cannot write")),
                signature("b-write-failed", Set.of("a-any-write"), message("cannot write .*: never seen")),
                signature("c-no-space", Set.of("b-write-failed"), message("cannot write .*: no space left"))));
        assertThat(ids(engine, line("cannot write x: no space left on device"))).containsExactly("c-no-space");
        assertThat(ids(engine, line("cannot write x: something else"))).containsExactly("a-any-write");
    }

    @Test
    void putsTheLineBeforeTheErrorItQuotes() {
        var engine = new SignatureEngine(List.of(
                signature("a-error", Set.of(), message("request timed out"), field("", "error", "request timed out")),
                signature(
                        "b-line", Set.of(), message("^publish error: "), field("^failed to publish$", "error", ".+"))));
        assertThat(ids(engine, line("publish error: request timed out"))).containsExactly("b-line", "a-error");
        assertThat(ids(engine, line("failed to publish", Map.of("error", "request timed out"))))
                .containsExactly("b-line", "a-error");
        assertThat(ids(engine, line("failed to publish"))).isEmpty();
    }

    @Test
    void catchesTheVariablesOfMessageAndField() {
        var engine = new SignatureEngine(List.of(signature(
                "s", Set.of(), field("^peer (?<peer>\\w+) is gone(?<again> again)?", "error", "(?<err>.+)"))));
        assertThat(engine.match(Log.Program.ETCD, line("peer a1 is gone", Map.of("error", "EOF"))))
                .singleElement()
                .extracting(SignatureMatch::variables)
                .isEqualTo(Map.of("peer", "a1", "err", "EOF"));
    }

    @Test
    void ignoresLogsOfOtherPrograms() {
        var engine = new SignatureEngine(List.of(signature("s", Set.of(), message("lost leader"))));
        assertThat(engine.match(Log.Program.CM_AGENT, line("lost leader"))).isEmpty();
        assertThat(engine.match(Log.Program.ETCD, line("lost leader"))).hasSize(1);
    }

    @Test
    void seesHeadAndTailOfAnEndlessLine() {
        var engine = new SignatureEngine(List.of(
                signature("head", Set.of(), message("^beginning here")),
                signature("middle", Set.of(), message("somewhere else")),
                signature("tail", Set.of(), message("ending there$"))));
        String filler = "x".repeat(1_000_000);
        assertThat(ids(engine, line("beginning here" + filler + "somewhere else" + filler + "ending there")))
                .containsExactly("head", "tail");
    }

    @Test
    void spendsLittleOnALineMadeToBeRetried() {
        var engine = new SignatureEngine(List.of(signature(
                "s", Set.of(), message("request \".*\" with result \".*\" took too long \\((?<t>[^)]+)\\)"))));
        LogLine line = line("request \" with result \" took too long ".repeat(50_000));
        long start = System.nanoTime();
        assertThat(engine.match(Log.Program.ETCD, line)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void refusesASignatureWithoutAFixedWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignatureEngine(List.of(signature("s", Set.of(), message("\\d+ \\w+")))))
                .withMessageContaining("signature s");
    }
}
