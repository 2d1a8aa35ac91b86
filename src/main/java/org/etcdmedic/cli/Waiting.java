package org.etcdmedic.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Asks the service until it has answered, or until the time is up; a service that is away for a while is asked again. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

    private final Remote remote;
    private final Refusals refusals;
    private final Words words;
    private final ProgressLine progress;
    private final Duration patience;
    private final long begin = System.nanoTime();
    private @Nullable String trouble;

    Waiting(Remote remote, Refusals refusals, Words words, ProgressLine progress, Duration patience) {
        this.remote = remote;
        this.refusals = refusals;
        this.words = words;
        this.progress = progress;
        this.patience = patience;
    }

    /** How a question may be asked again. */
    enum Again {
        /** The service was never heard: when it cannot be reached, it is not there. */
        WHEN_IT_IS_BUSY,
        /** It was there, so it will come back. */
        WHEN_IT_IS_AWAY
    }

    /** The diagnosis, once it is over. */
    record Over(Diagnosed diagnosed, String json) {}

    /** The answer to a question. The question is told how long it may take. */
    Answer.Good ask(Function<Duration, Answer> question, Again again) {
        while (true) {
            Duration left = left();
            Answer answer = question.apply(left.compareTo(LONGEST_REQUEST) < 0 ? left : LONGEST_REQUEST);
            if (answer instanceof Answer.Good good) {
                if (trouble != null) {
                    progress.note(words.text("cli.back"));
                    trouble = null;
                }
                return good;
            }
            Duration pause = pause(answer, again).orElseThrow(() -> end(answer));
            if (pause.compareTo(left()) >= 0) {
                throw end(answer);
            }
            tell(answer);
            rest(pause);
        }
    }

    /** How long to wait before the next try; empty when there is none. */
    private static Optional<Duration> pause(Answer answer, Again again) {
        return switch (answer) {
            case Answer.Refused refused
            when refused.passes() -> Optional.of(refused.retryAfter().orElse(PAUSE));
            case Answer.Foreign foreign when foreign.passes() && again == Again.WHEN_IT_IS_AWAY -> Optional.of(PAUSE);
            case Answer.Lost _ when again == Again.WHEN_IT_IS_AWAY -> Optional.of(PAUSE);
            default -> Optional.empty();
        };
    }

    private CommandEnd end(Answer answer) {
        progress.clear();
        return refusals.end(answer);
    }

    /** Each trouble once. */
    private void tell(Answer answer) {
        String sentence = refusals.sentences(answer).getFirst();
        if (!sentence.equals(trouble)) {
            progress.note(sentence + words.text("cli.again"));
            trouble = sentence;
        }
    }

    /** Follows a diagnosis to its end. */
    Over over(String id) {
        while (true) {
            Answer.Good good = ask(limit -> remote.get("/diagnoses/" + id, limit), Again.WHEN_IT_IS_AWAY);
            Diagnosed diagnosed = read(good);
            if (diagnosed.over()) {
                progress.clear();
                return new Over(diagnosed, good.body());
            }
            progress.state(state(diagnosed), elapsed());
            Duration pause = good.retryAfter().orElse(PAUSE);
            if (pause.compareTo(left()) >= 0) {
                progress.clear();
                throw new CommandEnd(
                        Exit.NOT_OVER, List.of(words.text("cli.not-over", Long.toString(patience.toSeconds()), id)));
            }
            rest(pause);
        }
    }

    private Diagnosed read(Answer.Good good) {
        try {
            return Diagnosed.read(good.body());
        } catch (JacksonException noDiagnosis) {
            progress.clear();
            throw refusals.foreign();
        }
    }

    /** How far it is, in words. */
    private String state(Diagnosed diagnosed) {
        String state = words.word("cli.status.", diagnosed.status());
        Diagnosed.Progress known = diagnosed.progress();
        if (known == null) {
            return state;
        }
        if (known.attempt() != null && known.attempt() > 1) {
            state += words.text("cli.attempt", Integer.toString(known.attempt()));
        }
        if (known.nodes().isEmpty()) {
            return state;
        }
        return words.text(
                "cli.verdict", state, known.nodes().stream().map(this::state).collect(Collectors.joining(", ")));
    }

    /** A number that grows with each look is for a line that is written anew. */
    private String state(Diagnosed.Progress.Asked node) {
        boolean counted = node.answers() != null
                && node.answers() > 0
                && (progress.moves() || node.state().equals("DONE"));
        return words.text(
                counted ? "cli.node.answers" : "cli.node",
                node.nodeId(),
                words.word("cli.node.", node.state()),
                String.valueOf(node.answers()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Duration left() {
        Duration left = patience.minus(elapsed());
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static void rest(Duration pause) {
        try {
            // The pause that the service asked for; asking it goes on over a restart, which a stream would not survive.
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandEnd(Exit.BROKEN, List.of());
        }
    }
}
