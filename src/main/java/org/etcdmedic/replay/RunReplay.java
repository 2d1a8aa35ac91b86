package org.etcdmedic.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.diagnosis.StoredCase;
import org.etcdmedic.diagnosis.StoredCases;
import org.etcdmedic.knowledge.InvalidKnowledge;
import org.etcdmedic.replay.Replayed.Result;
import org.etcdmedic.verdict.Reasoner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Brings a replay to its end, a little at a time: after each slice the worker goes back to the queue, where alarms are served as
 * they come, and before each diagnosis it looks whether one waits. One replay runs at a time, over all replicas, on one thread.
 */
public final class RunReplay {
    private static final Logger log = LoggerFactory.getLogger(RunReplay.class);

    /** So long one slice takes, and then the case that is under way. */
    private static final Duration SLICE = Duration.ofSeconds(2);

    /** So long it steps aside for others. */
    private static final Duration ASIDE = Duration.ofSeconds(2);

    /** A case that took the process down with it so often is left aside. */
    private static final int MOST_TRIES = 3;

    private final Replays replays;
    private final StoredCases cases;
    private final Reasoners reasoners;
    private final Clock clock;

    RunReplay(Replays replays, StoredCases cases, Reasoners reasoners, Clock clock) {
        this.replays = replays;
        this.cases = cases;
        this.reasoners = reasoners;
        this.clock = clock;
    }

    /** Works on it for a while. Says after how long to go on; empty when it is over. */
    public Optional<Duration> slice(ReplayId id) {
        Replays.Turn turn = replays.take(id, reasoners.inUseVersion(), clock.instant());
        return switch (turn) {
            case OVER -> {
                reasoners.forget(id);
                yield Optional.empty();
            }
            case WAIT -> Optional.of(ASIDE);
            case GO -> work(id);
        };
    }

    private Optional<Duration> work(ReplayId id) {
        Reasoner candidate;
        try {
            candidate = reasoners.candidate(id, replays::candidate);
        } catch (InvalidKnowledge unfit) {
            // Taken in by another release of this program.
            replays.fail(
                    id,
                    "the knowledge does not fit this release: "
                            + unfit.problems().getFirst(),
                    clock.instant());
            return Optional.empty();
        }
        long end = System.nanoTime() + SLICE.toNanos();
        while (System.nanoTime() < end) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        "interrupted while running replay " + id + "; it goes back to the queue");
            }
            if (replays.alarmsWait(clock.instant())) {
                return Optional.of(ASIDE);
            }
            Optional<Replays.Todo> todo = replays.next(id);
            if (todo.isEmpty()) {
                Instant now = clock.instant();
                replays.complete(id, now);
                log.info("replay {} is over", id);
                reasoners.forget(id);
                return Optional.empty();
            }
            if (!judge(id, todo.get(), candidate)) {
                log.info("replay {} was called off; nothing more is written", id);
                reasoners.forget(id);
                return Optional.empty();
            }
        }
        return Optional.of(Duration.ZERO);
    }

    /** Judges one and keeps what came of it; false when the replay is over meanwhile. */
    private boolean judge(ReplayId id, Replays.Todo todo, Reasoner candidate) {
        try {
            return replays.keep(id, todo.ordinal(), result(todo, candidate));
        } catch (DataAccessException | TransactionException e) {
            excuse(id, todo);
            throw e;
        }
    }

    /** As far as the database can keep at least that; otherwise the try counts. */
    private void excuse(ReplayId id, Replays.Todo todo) {
        try {
            replays.excuse(id, todo.ordinal());
        } catch (DataAccessException | TransactionException e) {
            log.warn(
                    "replay {}: the database keeps neither what came of diagnosis {} nor that this is not its fault",
                    id,
                    todo.diagnosis());
        }
    }

    private Result result(Replays.Todo todo, Reasoner candidate) {
        if (todo.tries() > MOST_TRIES) {
            log.error(
                    "diagnosis {} is not replayed: the process ended {} times meanwhile", todo.diagnosis(), MOST_TRIES);
            return new Result.NotReplayed(Replayed.Reason.GIVEN_UP, "");
        }
        try {
            return switch (cases.find(todo.diagnosis())) {
                case StoredCase.Kept kept -> compare(kept, candidate);
                case StoredCase.NotKept(StoredCase.Reason reason) ->
                    new Result.NotReplayed(
                            switch (reason) {
                                case GONE -> Replayed.Reason.GONE;
                                case NO_VERDICT -> Replayed.Reason.NO_VERDICT;
                                case TOO_OLD -> Replayed.Reason.TOO_OLD;
                            },
                            "");
            };
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException mistake) {
            log.error("diagnosis {} could not be judged again", todo.diagnosis(), mistake);
            return new Result.NotReplayed(
                    Replayed.Reason.FAILED, mistake.getClass().getSimpleName());
        }
    }

    private Result compare(StoredCase.Kept kept, Reasoner candidate) {
        var diagnosis = kept.diagnosis();
        return diagnosis
                .judgement()
                .<Result>map(stored -> new Result.Compared(SideBySide.of(
                        diagnosis.instance(), stored, kept.judge(reasoners.inUse()), kept.judge(candidate))))
                .orElseGet(() -> new Result.NotReplayed(Replayed.Reason.NO_VERDICT, ""));
    }
}
