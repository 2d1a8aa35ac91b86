package org.etcdmedic.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.LiveProgress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everybody who watches a diagnosis. One look at the database serves all of them, whichever replica runs what they watch; each is
 * told by a thread of its own, so that one who does not read holds up nobody.
 */
@Component
class ProgressStreams implements SmartLifecycle {
    /** The identifier of the last event of every stream. */
    static final String OVER = ProgressStream.OVER;

    /** As many as a control room may have open; the database is asked once for all. */
    private static final int MOST = 200;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(ProgressStreams.class);

    private final Diagnoses diagnoses;
    private final JsonMapper json;
    private final Duration longest;
    private final Set<ProgressStream> streams = ConcurrentHashMap.newKeySet();
    private @Nullable Thread looking;

    ProgressStreams(
            Diagnoses diagnoses, JsonMapper json, @Value("${medic.progress.longest-stream:10m}") Duration longest) {
        this.diagnoses = diagnoses;
        this.longest = longest;
        this.json = json;
    }

    /**
     * Opens a stream; empty when there are too many, or when the service ends.
     *
     * @param now how far it is
     * @param heard the identifier of the last event that the watcher has got before
     */
    synchronized Optional<SseEmitter> open(DiagnosisId diagnosis, LiveProgress now, Optional<String> heard) {
        if (looking == null || streams.size() >= MOST) {
            return Optional.empty();
        }
        var stream = new ProgressStream(diagnosis, json, heard, longest);
        streams.add(stream);
        stream.tell(now);
        notifyAll();
        return Optional.of(stream.begin(() -> streams.remove(stream)));
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                awaitWatchers();
                // There is no event to await: the worker may be another replica, which only the database hears of.
                Thread.sleep(LOOK_AGAIN);
                tellAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitWatchers() throws InterruptedException {
        while (streams.isEmpty()) {
            wait();
        }
    }

    private void tellAll() {
        try {
            Map<DiagnosisId, LiveProgress> live = diagnoses.live(
                    streams.stream().map(ProgressStream::diagnosis).collect(Collectors.toSet()));
            for (ProgressStream stream : streams) {
                Optional.ofNullable(live.get(stream.diagnosis())).ifPresent(stream::tell);
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("nobody can be told how far a diagnosis is while the database is away", e);
        } catch (RuntimeException e) {
            log.error("nobody could be told how far a diagnosis is", e);
        }
    }

    @Override
    public synchronized void start() {
        looking = Thread.ofVirtual().name("progress").start(this::look);
    }

    /** Ends all streams, or an orderly end of the service would wait for them; their watchers come back to another replica. */
    @Override
    public void stop() {
        Thread thread;
        synchronized (this) {
            thread = looking;
            looking = null;
        }
        if (thread != null) {
            thread.interrupt();
        }
        streams.forEach(ProgressStream::end);
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }
}
