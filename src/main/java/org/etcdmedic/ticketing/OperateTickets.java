package org.etcdmedic.ticketing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.ticketing.target.Manner;
import org.springframework.transaction.annotation.Transactional;

/** What operators do about tickets that did not arrive. */
public class OperateTickets {
    private final Tellings tellings;
    private final Targets targets;
    private final TargetStates states;
    private final AuditTrail audit;
    private final Clock clock;

    OperateTickets(Tellings tellings, Targets targets, TargetStates states, AuditTrail audit, Clock clock) {
        this.tellings = tellings;
        this.targets = targets;
        this.states = states;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of an order. */
    public enum Done {
        /** It is done. */
        DONE,
        /** There is no such ticket or target. */
        UNKNOWN,
        /** There was nothing to do: the ticket was not given up, the target was not off. */
        NEEDLESS
    }

    /** Sends a ticket again that was given up. */
    @Transactional
    public Done resend(TicketId id) {
        Instant now = clock.instant();
        Optional<Boolean> sent = tellings.resend(id, now);
        if (sent.isEmpty()) {
            return Done.UNKNOWN;
        }
        if (!sent.get()) {
            return Done.NEEDLESS;
        }
        audit.record(Change.of(Change.Action.TICKET_RESENT, id.toString()), now);
        return Done.DONE;
    }

    /** Switches a target on again that said that it is gone. */
    @Transactional
    public Done resume(String target) {
        if (targets.find(target).isEmpty()) {
            return Done.UNKNOWN;
        }
        Instant now = clock.instant();
        if (!states.resume(target, now)) {
            return Done.NEEDLESS;
        }
        audit.record(Change.of(Change.Action.TARGET_RESUMED, target), now);
        return Done.DONE;
    }

    /** Notes that somebody tries a target, before anything is sent; empty when there is no such target. */
    @Transactional
    public Optional<ConfiguredTarget> tried(String target) {
        Optional<ConfiguredTarget> found = targets.find(target);
        found.ifPresent(known -> audit.record(Change.of(Change.Action.TARGET_TESTED, known.name()), clock.instant()));
        return found;
    }

    /** A target and what is known of it; nothing of it is secret. */
    public record Shown(
            String name,
            String preset,
            String url,
            Manner manner,
            List<String> rates,
            TargetStates.TargetState state) {}

    /** All targets, by name. */
    public List<Shown> targets() {
        return targets.names().stream()
                .flatMap(name -> targets.find(name).stream())
                .map(target -> new Shown(
                        target.name(),
                        target.kind().name(),
                        target.shownAddress(),
                        target.target().manner(),
                        target.target().limits().rates().stream()
                                .map(rate -> rate.requests() + "/" + rate.per().toSeconds() + "s")
                                .toList(),
                        states.of(target.name())))
                .toList();
    }
}
