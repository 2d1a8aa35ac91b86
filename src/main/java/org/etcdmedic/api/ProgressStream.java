package org.etcdmedic.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.LiveProgress;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** One watcher of one diagnosis. Every event is the whole state, so whoever missed some has missed nothing. */
final class ProgressStream {
    /** The identifier of the last event. */
    static final String OVER = "over";

    /** Between two signs of life; proxies cut what is silent for a minute. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);

    private final DiagnosisId diagnosis;
    private final JsonMapper json;
    private final SseEmitter emitter;
    private final BlockingQueue<LiveProgress> news = new LinkedBlockingQueue<>(1);
    private volatile boolean ended;
    private String heard;

    /**
     * A watcher who has heard nothing yet.
     *
     * @param heard the last event that was heard before
     * @param longest then the watcher has to come back, which a browser does by itself: one who is gone without a word is
     *     not told for ever
     */
    ProgressStream(DiagnosisId diagnosis, JsonMapper json, Optional<String> heard, Duration longest) {
        this.emitter = new SseEmitter(longest.toMillis());
        this.diagnosis = diagnosis;
        this.json = json;
        this.heard = heard.orElse("");
    }

    DiagnosisId diagnosis() {
        return diagnosis;
    }

    /** Tells how far it is; what was not yet sent is outdated by that. */
    synchronized void tell(LiveProgress now) {
        news.clear();
        news.add(now);
    }

    /** Starts telling. */
    SseEmitter begin(Runnable afterwards) {
        Thread teller = Thread.ofVirtual().name("progress-" + diagnosis).unstarted(this::run);
        Runnable gone = () -> {
            ended = true;
            afterwards.run();
            teller.interrupt();
        };
        emitter.onCompletion(gone);
        emitter.onTimeout(() -> {
            gone.run();
            // Else the framework would answer that it took too long, in the middle of the stream.
            emitter.complete();
        });
        emitter.onError(e -> gone.run());
        teller.start();
        return emitter;
    }

    /** Ends it, whatever there would be to tell. */
    void end() {
        ended = true;
        emitter.complete();
    }

    private void run() {
        try {
            // At once, or a watcher for whom there is nothing new would wait for the answer's head.
            emitter.send(SseEmitter.event().reconnectTime(COME_BACK_AFTER.toMillis()));
            while (!ended) {
                LiveProgress now = news.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (now == null) {
                    emitter.send(SseEmitter.event().comment("still there"));
                } else if (send(now)) {
                    emitter.complete();
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            // The watcher has gone; the framework has noticed it too, and ends the request.
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what is new; true when there is nothing more to come. */
    private boolean send(LiveProgress now) throws IOException {
        boolean over = !now.status().open();
        String data = json.writeValueAsString(ProgressView.of(now));
        String id = over ? OVER : id(data);
        if (!id.equals(heard)) {
            emitter.send(
                    SseEmitter.event().id(id).name(over ? OVER : "progress").data(data));
            heard = id;
        }
        return over;
    }

    /** The same for the same state, on every replica. */
    private static String id(String data) {
        var sum = new CRC32();
        sum.update(data.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
