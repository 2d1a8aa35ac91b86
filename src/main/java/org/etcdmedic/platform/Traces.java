package org.etcdmedic.platform;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The trace that this thread is in, where traces are kept at all (docs/observability.md). */
@Component
public class Traces {
    /** Header of the W3C recommendation Trace Context. */
    public static final String PARENT = "traceparent";

    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;

    Traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        this.tracer = tracer.getIfAvailable();
        this.propagator = propagator.getIfAvailable();
    }

    /** What continues the trace elsewhere: the value of {@link #PARENT}. */
    public Optional<String> parent() {
        Propagator writes = propagator;
        if (writes == null) {
            return Optional.empty();
        }
        return span().flatMap(span -> {
            Map<String, String> headers = HashMap.newHashMap(2);
            writes.inject(span.context(), headers, (carrier, name, value) -> {
                if (carrier != null) {
                    carrier.put(name, value);
                }
            });
            return Optional.ofNullable(headers.get(PARENT));
        });
    }

    /** How whoever looks after it finds the trace, when it is kept. */
    public Optional<String> id() {
        return span().filter(span -> Boolean.TRUE.equals(span.context().sampled()))
                .map(span -> span.context().traceId());
    }

    /**
     * Notes a span that is over, below the parent that was taken along.
     *
     * @param name what it is called
     * @param took how long it took until now
     */
    public void past(String name, String parent, Duration took) {
        Propagator reads = propagator;
        if (reads != null) {
            long now = System.currentTimeMillis();
            Span.Builder span = reads.extract(Map.of(PARENT, parent), Traces::header);
            span.name(name)
                    .startTimestamp(now - took.toMillis(), TimeUnit.MILLISECONDS)
                    .start()
                    .end(now, TimeUnit.MILLISECONDS);
        }
    }

    /** What a carrier of headers says. */
    public static @Nullable String header(@Nullable Map<String, String> headers, String name) {
        return headers == null ? null : headers.get(name);
    }

    private Optional<Span> span() {
        return Optional.ofNullable(tracer).map(Tracer::currentSpan);
    }
}
