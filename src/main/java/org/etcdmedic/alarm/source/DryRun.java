package org.etcdmedic.alarm.source;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.NodeId;

/** Shows what a body would become. Changes nothing, and keeps nothing. */
public class DryRun {
    private final Sources sources;
    private final Instances instances;

    DryRun(Sources sources, Instances instances) {
        this.sources = sources;
        this.instances = instances;
    }

    /** What an element would be. */
    public enum Becomes {
        /** An alarm. */
        ALARM,
        /** A clear of alarms. */
        CLEAR,
        /** Nothing that we look after. */
        IGNORED,
        /** Refused. */
        REJECTED
    }

    /**
     * An element, tried.
     *
     * @param ignored why it would be left alone
     * @param problems what is wrong with it
     */
    public record Tried(
            Reading reading,
            Becomes becomes,
            Optional<Mapped.Ignored.Reason> ignored,
            Optional<InstanceId> instance,
            Optional<NodeId> node,
            List<Problem> problems) {}

    /** What a body would become. */
    public sealed interface Result {
        /** Its elements. */
        record Elements(List<Tried> elements) implements Result {}

        /** Nothing could be taken out of its envelope. */
        record Broken(Code code) implements Result {}

        /** A message of SMN about a subscription, or a format that is not taken: nothing that a mapping is for. */
        record NoAlarms() implements Result {}
    }

    /**
     * Tries it.
     *
     * @param over what to change of the source's mapping for this try; throws {@link IllegalArgumentException} that names
     *     everything that is wrong with it
     */
    public Result of(Source source, Optional<SourceDocument> over, SentBody sent) {
        Source tried = over.map(document -> sources.tried(source, document)).orElse(source);
        return switch (Envelopes.open(tried, sent)) {
            case Opened.Elements(var body) ->
                new Result.Elements(tried.read(body).stream().map(this::tried).toList());
            case Opened.Broken(Code code) -> new Result.Broken(code);
            case Opened.Subscription _, Opened.Unsubscribed _, Opened.UnknownFormat _ -> new Result.NoAlarms();
        };
    }

    private Tried tried(Reading reading) {
        return switch (reading.mapped()) {
            case Mapped.Raised(Mapped.Told told) ->
                switch (new Whereabouts(instances.all()).find(told.where())) {
                    case Whereabouts.Place.At(InstanceId instance, NodeId node, boolean _) ->
                        new Tried(
                                reading,
                                Becomes.ALARM,
                                Optional.empty(),
                                Optional.of(instance),
                                Optional.of(node),
                                List.of());
                    case Whereabouts.Place.Nowhere(Code why) ->
                        nowhere(reading, Becomes.REJECTED, List.of(new Problem(reading.pointer(), why)));
                };
            case Mapped.Cleared _ -> nowhere(reading, Becomes.CLEAR, List.of());
            case Mapped.Unreadable(List<Problem> problems) -> nowhere(reading, Becomes.REJECTED, problems);
            case Mapped.Ignored(Mapped.Ignored.Reason why) ->
                new Tried(reading, Becomes.IGNORED, Optional.of(why), Optional.empty(), Optional.empty(), List.of());
        };
    }

    private static Tried nowhere(Reading reading, Becomes becomes, List<Problem> problems) {
        return new Tried(reading, becomes, Optional.empty(), Optional.empty(), Optional.empty(), problems);
    }
}
