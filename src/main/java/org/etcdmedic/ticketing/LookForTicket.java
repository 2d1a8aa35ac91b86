package org.etcdmedic.ticketing;

import java.time.Clock;
import java.util.Optional;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Found;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;

/** Asks a target whether it has a ticket of ours already, before a second one is opened after an attempt of unknown outcome. */
final class LookForTicket {
    private final Clock clock;

    LookForTicket(Clock clock) {
        this.clock = clock;
    }

    /**
     * Looks for it. Empty when the target has none, so that it can be opened; otherwise this is what came of the attempt, and nothing
     * more is sent in it.
     *
     * @param search how the target is asked
     * @param doubtful revision of the telling of which nobody knows whether it arrived
     */
    Optional<Outcome> look(
            ConfiguredTarget target, Access access, Errand errand, Request search, Optional<Integer> doubtful)
            throws Unwritable {
        Hidden hidden = Hidden.of(target, access, search.hidden());
        return switch (Post.send(target, access, search, clock.instant())) {
            case Post.Sent.Silent silent ->
                Optional.of(Outcome.later(Optional.empty(), "the search for it: " + silent.reason()));
            case Post.Sent.Answered answered -> {
                Optional<Integer> status = Optional.of(answered.answer().status());
                yield switch (target.target().found(errand, access, answered.answer())) {
                    case Found.There there ->
                        Optional.of(new Outcome(
                                status,
                                hidden.cut(new Receipt.Accepted(Optional.of(there.reference()))),
                                doubtful.orElse(errand.letter().revision() - 1),
                                false));
                    case Found.Nowhere nowhere ->
                        errand.action() == Action.OPEN
                                ? Optional.empty()
                                : Optional.of(Outcome.refused("the target has no such ticket any more"));
                    case Found.Unclear unclear -> Optional.of(Outcome.later(status, hidden.cut(unclear.reason())));
                };
            }
        };
    }
}
