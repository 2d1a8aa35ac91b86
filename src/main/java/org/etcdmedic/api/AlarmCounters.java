package org.etcdmedic.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.etcdmedic.alarm.source.Source;
import org.etcdmedic.alarm.source.Sources;
import org.springframework.stereotype.Component;

/** Counts what became of the alarms that were sent to this process since it started. */
@Component
class AlarmCounters {
    /** What comes in our own words. */
    private static final String DIRECT = "direct";

    private final MeterRegistry registry;

    AlarmCounters(MeterRegistry registry, Sources sources) {
        this.registry = registry;
        // A counter that appears with its first event has not risen for whoever watches it.
        Stream.concat(Stream.of(DIRECT), sources.all().stream().map(Source::name))
                .forEach(source -> Arrays.stream(Result.values()).forEach(result -> counter(source, result)));
    }

    /** What became of one. */
    enum Result {
        /** It opened a diagnosis. */
        OPENED,
        /** It joined one. */
        JOINED,
        /** It had been accepted before. */
        REPEATED,
        /** It is no alarm, or about something that nobody knows. */
        REFUSED,
        /** It took alarms back. */
        CLEARED,
        /** It is nothing that we look after. */
        IGNORED,
        /** It could not be kept, and its sender was told so. */
        UNAVAILABLE
    }

    void count(Result result) {
        count(DIRECT, result);
    }

    /** Of one of the sources that are configured, never of any name that somebody sends to. */
    void count(String source, Result result) {
        counter(source, result).increment();
    }

    /** Elements that a sender left out of its bodies, as it says. */
    void leftOut(String source, int count) {
        registry.counter("medic.alarms.left.out", "source", source).increment(count);
    }

    private Counter counter(String source, Result result) {
        return Counter.builder("medic.alarms")
                .description("alarms that were sent to this process")
                .tag("source", source)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
