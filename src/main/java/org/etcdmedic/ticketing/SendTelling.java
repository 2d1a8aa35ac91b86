package org.etcdmedic.ticketing;

import java.time.Clock;
import java.util.Optional;
import org.etcdmedic.ticketing.Attempts.Attempt;
import org.etcdmedic.ticketing.letter.WriteLetter;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;

/** Tells a target the newest of a ticket, as what it is to the target by now: opened, updated, resolved, or not told at all. */
final class SendTelling {
    private final Targets targets;
    private final WriteLetter letters;
    private final LookForTicket search;
    private final Clock clock;

    SendTelling(Targets targets, WriteLetter letters, LookForTicket search, Clock clock) {
        this.targets = targets;
        this.letters = letters;
        this.search = search;
        this.clock = clock;
    }

    /** Sends what an attempt is for; throws before anything is sent when it cannot be. */
    Outcome send(Attempt attempt) throws Unwritable {
        Ticket ticket = attempt.ticket();
        int revision = ticket.newest().revision();
        Optional<ConfiguredTarget> configured = targets.find(ticket.target());
        if (configured.isEmpty()) {
            return Outcome.refused("the configuration has no such target any more");
        }
        ConfiguredTarget target = configured.get();
        Optional<Letter> letter = letters.of(ticket);
        if (letter.isEmpty()) {
            return Outcome.refused("its diagnosis is gone");
        }
        Access access = target.access();
        Action action = action(ticket);
        var errand = new Errand(letter.get(), action, ticket.reference(), key(ticket, revision), clock.instant());
        boolean doubtful = action == Action.OPEN && attempt.doubtful().isPresent();
        boolean unnamed = action != Action.OPEN
                && ticket.reference().isEmpty()
                && target.target().manner() == Manner.TICKET;
        Optional<Request> asked = doubtful || unnamed ? target.target().find(errand, access) : Optional.empty();
        if (asked.isPresent()) {
            Optional<Outcome> known = search.look(target, access, errand, asked.get(), attempt.doubtful());
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (ticket.newest().action() == Action.RESOLVE && ticket.progress().delivered() == 0) {
            if (!doubtful || asked.isPresent()) {
                // Nobody was ever told of it, so nobody has to be told that it is over.
                return Outcome.needless(new Receipt.Accepted(Optional.empty()), revision);
            }
            errand = new Errand(errand.letter(), Action.RESOLVE, errand.reference(), errand.id(), errand.now());
        }
        return send(target, access, errand);
    }

    private Outcome send(ConfiguredTarget target, Access access, Errand errand) throws Unwritable {
        int revision = errand.letter().revision();
        Optional<Request> request = target.target().write(errand, access);
        if (request.isEmpty()) {
            return Outcome.needless(new Receipt.Accepted(errand.reference()), revision);
        }
        Hidden hidden = Hidden.of(target, access, request.get().hidden());
        return switch (Post.send(target, access, request.get(), clock.instant())) {
            case Post.Sent.Silent silent -> Outcome.silent(silent.reason());
            case Post.Sent.Answered answered ->
                new Outcome(
                        Optional.of(answered.answer().status()),
                        hidden.cut(target.target().read(errand, access, answered.answer())),
                        revision,
                        false);
        };
    }

    /** As long as the target has nothing, whatever there is to tell opens it. */
    private static Action action(Ticket ticket) {
        return ticket.progress().delivered() == 0
                ? Action.OPEN
                : ticket.newest().action();
    }

    /** The idempotency key: the same for each attempt of one telling. */
    private static String key(Ticket ticket, int revision) {
        return "msg_" + ticket.id().toString().replace("-", "") + "_" + revision;
    }
}
