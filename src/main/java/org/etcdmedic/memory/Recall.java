package org.etcdmedic.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Hallmark;
import org.etcdmedic.verdict.Judgement;

/** Remembers what was found before. It looks back from the diagnosis, so that an old one tells what was known then. */
public final class Recall {
    /** More than anybody reads; what comes hourly for weeks is one story all the same. */
    private static final int MOST = 500;

    private static final int SAID = 200;

    private final Sightings sightings;
    private final Feedbacks feedbacks;
    private final MemorySettings settings;

    Recall(Sightings sightings, Feedbacks feedbacks, MemorySettings settings) {
        this.sightings = sightings;
        this.feedbacks = feedbacks;
        this.settings = settings;
    }

    /**
     * The history; empty where no cause is named, where the judgement is from before this was remembered, and for a bundle, which
     * may be handed in at any time and as often as one likes.
     */
    public Optional<History> of(Diagnosis diagnosis) {
        return diagnosis.mode() == Mode.SSH && diagnosis.progress() instanceof Diagnosis.Progress.Completed over
                ? diagnosis.fingerprint().map(fingerprint -> history(diagnosis, over, fingerprint))
                : Optional.empty();
    }

    private History history(Diagnosis diagnosis, Diagnosis.Progress.Completed over, Fingerprint fingerprint) {
        Judgement judgement = over.judgement();
        Instant until = over.completedAt();
        Instant since = until.minus(settings.window());
        List<Sighting> found = sightings.before(diagnosis, fingerprint, since, MOST + 1);
        List<Sighting> before = found.subList(0, Math.min(MOST, found.size()));
        var recollection = new Recollection(
                new Sighting(
                        diagnosis.id(),
                        diagnosis.alarmedAt(),
                        until,
                        judgement.verdict().outcome(),
                        diagnosis.rerun().isPresent()),
                before,
                sightings.gone(
                        diagnosis.instance(),
                        judgement.verdict().cause(),
                        before.stream().map(Sighting::id).collect(Collectors.toSet()),
                        since),
                feedbacks.here(fingerprint, since, until, MOST),
                feedbacks.elsewhere(fingerprint, since, until, SAID));
        return history(
                recollection, fingerprint, judgement.hallmark().orElseThrow(), settings.window(), found.size() > MOST);
    }

    static History history(
            Recollection recollection, Fingerprint fingerprint, Hallmark found, Duration window, boolean more) {
        List<History.Previous> previous = recollection.previous();
        List<History.Previous> counted =
                previous.stream().filter(one -> !one.wrong()).toList();
        Instant alarmedAt = recollection.now().alarmedAt();
        return new History(
                fingerprint,
                found,
                window,
                alarmedAt,
                counted.isEmpty() ? alarmedAt : counted.getLast().sighting().alarmedAt(),
                1 + (int) counted.stream().filter(one -> one.held().isPresent()).count(),
                1 + counted.size(),
                previous,
                more,
                recollection.helped());
    }
}
