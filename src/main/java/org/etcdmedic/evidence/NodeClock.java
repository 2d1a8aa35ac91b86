package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How times that a node wrote become instants of the service's clock.
 *
 * @param zone the node's zone; empty when it is not known, so that local times tell nothing
 * @param ahead the node's clock minus the service's clock
 */
record NodeClock(Optional<ZoneId> zone, Duration ahead) {
    /** Around a change of the clocks lines may be out of order by so much. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    /** The clock of a node whose identity is known, else one that is taken to be right and has no zone. */
    static NodeClock of(Optional<NodeIdentity> identity) {
        return new NodeClock(
                identity.map(NodeIdentity::zone),
                identity.map(NodeIdentity::ahead).orElse(Duration.ZERO));
    }

    /** Local times that are passed twice, from the first to the second end of them, by the node's clock. */
    record Repeated(Instant from, Instant change, Instant to) {
        private boolean contains(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    /** An instant of the node's clock as the service's clock showed it. */
    Instant corrected(Instant byNode) {
        return byNode.minus(ahead);
    }

    /** An instant of the service's clock as the node's clock showed it. */
    Instant byNode(Instant byService) {
        return byService.plus(ahead);
    }

    /** A time without a zone, corrected; one that was passed twice is the first of both. */
    Optional<Instant> corrected(LocalDateTime local) {
        return zone.map(there ->
                corrected(local.atZone(there).withEarlierOffsetAtOverlap().toInstant()));
    }

    /** The span around this instant of the node's clock whose local times were passed twice; usually there is none. */
    Optional<Repeated> repeatedHour(Instant byNode) {
        return zone.filter(there -> !there.getRules().isFixedOffset())
                .flatMap(there -> Stream.of(
                                there.getRules().previousTransition(byNode.plusSeconds(1)),
                                there.getRules().nextTransition(byNode))
                        .filter(change -> change != null && change.isOverlap())
                        .map(NodeClock::repeated)
                        .filter(span -> span.contains(byNode))
                        .findFirst());
    }

    private static Repeated repeated(ZoneOffsetTransition change) {
        Duration back = change.getDuration().abs();
        return new Repeated(
                change.getInstant().minus(back),
                change.getInstant(),
                change.getInstant().plus(back));
    }

    /**
     * What a line's local time means behind a line of that instant: in the hour that is written twice it is the second
     * one when it would else be well before the line before. Both corrected.
     */
    Instant following(Instant before, Instant at) {
        if (!at.isBefore(before.minus(DISORDER))) {
            return at;
        }
        return repeatedHour(byNode(at))
                .filter(span -> byNode(at).isBefore(span.change()))
                .map(span -> at.plus(Duration.between(span.change(), span.to())))
                .filter(again -> !again.isBefore(before.minus(DISORDER)))
                .orElse(at);
    }
}
