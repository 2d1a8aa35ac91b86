package org.etcdmedic.ticketing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.etcdmedic.ticketing.Tickets.Attempt;
import org.etcdmedic.ticketing.Tickets.Beginning;
import org.etcdmedic.ticketing.Tickets.Note;
import org.etcdmedic.ticketing.letter.WriteLetter;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Found;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to deliver a ticket. Nothing is held in the database while the target is spoken to. */
public final class DeliverTicket {
    private static final Logger log = LoggerFactory.getLogger(DeliverTicket.class);

    /** Deliveries at once on this replica: a target that is slow keeps no more workers from the diagnoses. */
    private static final int AT_ONCE = 3;

    private static final Limits NONE = new Limits(0, List.of());

    private final Tickets tickets;
    private final Targets targets;
    private final WriteLetter letters;
    private final Schedule schedule;
    private final DeliveryCounters counters;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** With all that it needs. */
    public DeliverTicket(
            Tickets tickets,
            Targets targets,
            WriteLetter letters,
            Schedule schedule,
            DeliveryCounters counters,
            Clock clock) {
        this.tickets = tickets;
        this.targets = targets;
        this.letters = letters;
        this.schedule = schedule;
        this.counters = counters;
        this.clock = clock;
    }

    /** Makes the next attempt, if one is owed. When nothing may be sent yet: until when. */
    public Optional<Instant> attempt(TicketId id) {
        if (!places.tryAcquire()) {
            return Optional.of(
                    clock.instant().plusMillis(ThreadLocalRandom.current().nextLong(500, 3000)));
        }
        try {
            Limits limits = tickets.find(id)
                    .flatMap(file -> targets.find(file.ticket().target()))
                    .map(target -> target.target().limits())
                    .orElse(NONE);
            return switch (tickets.begin(id, limits, clock.instant())) {
                case Beginning.Nothing ignored -> Optional.empty();
                case Beginning.Wait wait -> Optional.of(wait.until());
                case Beginning.Begun begun -> {
                    deliver(begun.attempt());
                    yield Optional.empty();
                }
            };
        } finally {
            places.release();
        }
    }

    private void deliver(Attempt attempt) {
        Instant startedAt = clock.instant();
        Came came;
        try {
            came = send(attempt);
        } catch (Unwritable wrong) {
            came = refused(String.valueOf(wrong.getMessage()));
        } catch (RuntimeException broken) {
            // A mistake of ours in writing one text must not stop the queue; the class tells where to look.
            log.error("ticket {} cannot be written", attempt.ticket().id(), broken);
            came = new Came(
                    Optional.empty(),
                    new Receipt.RetryLater(
                            Optional.empty(),
                            "the service failed: " + broken.getClass().getSimpleName()),
                    attempt.ticket().newest().revision(),
                    false);
        }
        Instant now = clock.instant();
        Ticket after = tickets.note(attempt, note(attempt, came, Duration.between(startedAt, now)), now);
        tell(after, came);
    }

    /**
     * What came of it.
     *
     * @param status of HTTP
     * @param revision what the target has when it accepted
     * @param silent whether no answer came
     */
    private record Came(Optional<Integer> status, Receipt receipt, int revision, boolean silent) {}

    private static Came refused(String reason) {
        return new Came(Optional.empty(), new Receipt.Refused(reason), 0, false);
    }

    private Came send(Attempt attempt) throws Unwritable {
        Ticket ticket = attempt.ticket();
        int revision = ticket.newest().revision();
        Optional<ConfiguredTarget> configured = targets.find(ticket.target());
        if (configured.isEmpty()) {
            return refused("the configuration has no such target any more");
        }
        ConfiguredTarget target = configured.get();
        Optional<Letter> letter = letters.of(ticket);
        if (letter.isEmpty()) {
            return refused("its diagnosis is gone");
        }
        Access access = target.access();
        Action action = action(ticket);
        var errand = new Errand(letter.get(), action, ticket.reference(), key(ticket, revision), clock.instant());
        boolean doubtful = action == Action.OPEN && attempt.doubtful().isPresent();
        boolean unnamed = action != Action.OPEN
                && ticket.reference().isEmpty()
                && target.target().manner() == Manner.TICKET;
        Optional<Request> search = doubtful || unnamed ? target.target().find(errand, access) : Optional.empty();
        if (search.isPresent()) {
            Optional<Came> known = lookFor(target, access, errand, search.get(), attempt.doubtful());
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (ticket.newest().action() == Action.RESOLVE && ticket.progress().delivered() == 0) {
            if (!doubtful || search.isPresent()) {
                // Nobody was ever told of it, so nobody has to be told that it is over.
                return new Came(Optional.empty(), new Receipt.Accepted(Optional.empty()), revision, false);
            }
            errand = new Errand(errand.letter(), Action.RESOLVE, errand.reference(), errand.id(), errand.now());
        }
        return send(target, access, errand);
    }

    private Came send(ConfiguredTarget target, Access access, Errand errand) throws Unwritable {
        int revision = errand.letter().revision();
        Optional<Request> request = target.target().write(errand, access);
        if (request.isEmpty()) {
            return new Came(Optional.empty(), new Receipt.Accepted(errand.reference()), revision, false);
        }
        Hidden hidden = Hidden.of(target, access, request.get().hidden());
        return switch (Post.send(target, access, request.get(), clock.instant())) {
            case Post.Sent.Silent silent ->
                new Came(Optional.empty(), new Receipt.RetryLater(Optional.empty(), silent.reason()), 0, true);
            case Post.Sent.Answered answered ->
                new Came(
                        Optional.of(answered.answer().status()),
                        cut(target.target().read(errand, access, answered.answer()), hidden),
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
    static String key(Ticket ticket, int revision) {
        return "msg_" + ticket.id().toString().replace("-", "") + "_" + revision;
    }

    /** Looks whether an attempt of unknown outcome has opened it; empty when it has not. */
    private Optional<Came> lookFor(
            ConfiguredTarget target, Access access, Errand errand, Request search, Optional<Integer> doubtful)
            throws Unwritable {
        Hidden hidden = Hidden.of(target, access, search.hidden());
        return switch (Post.send(target, access, search, clock.instant())) {
            case Post.Sent.Silent silent ->
                Optional.of(later(Optional.empty(), "the search for it: " + silent.reason()));
            case Post.Sent.Answered answered -> {
                Optional<Integer> status = Optional.of(answered.answer().status());
                yield switch (target.target().found(errand, access, answered.answer())) {
                    case Found.There there ->
                        Optional.of(new Came(
                                status,
                                cut(new Receipt.Accepted(Optional.of(there.reference())), hidden),
                                doubtful.orElse(errand.letter().revision() - 1),
                                false));
                    case Found.Nowhere nowhere ->
                        errand.action() == Action.OPEN
                                ? Optional.empty()
                                : Optional.of(refused("the target has no such ticket any more"));
                    case Found.Unclear unclear -> Optional.of(later(status, hidden.cut(unclear.reason())));
                };
            }
        };
    }

    private static Came later(Optional<Integer> status, String reason) {
        return new Came(status, new Receipt.RetryLater(Optional.empty(), reason), 0, false);
    }

    private static Receipt cut(Receipt receipt, Hidden hidden) {
        return switch (receipt) {
            case Receipt.Accepted(Optional<Reference> reference) ->
                new Receipt.Accepted(reference
                        .filter(known -> hidden.clean(known.id()))
                        .map(known -> new Reference(known.id(), known.link().filter(hidden::clean))));
            case Receipt.RetryLater(Optional<Duration> after, String reason) ->
                new Receipt.RetryLater(after, hidden.cut(reason));
            case Receipt.Refused(String reason) -> new Receipt.Refused(hidden.cut(reason));
            case Receipt.Gone(String reason) -> new Receipt.Gone(hidden.cut(reason));
        };
    }

    private Note note(Attempt attempt, Came came, Duration took) {
        return switch (came.receipt()) {
            case Receipt.Accepted(Optional<Reference> reference) ->
                new Note(
                        Ticket.Result.ACCEPTED,
                        came.status(),
                        Optional.empty(),
                        took,
                        reference,
                        Optional.of(came.revision()),
                        Optional.empty());
            case Receipt.RetryLater(Optional<Duration> after, String reason) ->
                failed(
                        came.silent() ? Ticket.Result.SILENT : Ticket.Result.LATER,
                        came.status(),
                        reason,
                        took,
                        schedule.after(attempt.ticket().progress().attempts() + 1, after));
            case Receipt.Refused(String reason) ->
                failed(Ticket.Result.REFUSED, came.status(), reason, took, Optional.empty());
            case Receipt.Gone(String reason) ->
                failed(Ticket.Result.GONE, came.status(), reason, took, Optional.of(Duration.ZERO));
        };
    }

    private static Note failed(
            Ticket.Result result, Optional<Integer> status, String reason, Duration took, Optional<Duration> pause) {
        return new Note(result, status, Optional.of(reason), took, Optional.empty(), Optional.empty(), pause);
    }

    private void tell(Ticket after, Came came) {
        String result = switch (came.receipt()) {
            case Receipt.Accepted accepted -> "accepted";
            case Receipt.RetryLater later -> "later";
            case Receipt.Refused refused -> "refused";
            case Receipt.Gone gone -> "gone";
        };
        counters.count(after.target(), result);
        String reason = after.progress().reason().orElse("");
        if (came.receipt() instanceof Receipt.Gone) {
            log.error(
                    "target {} is switched off, it says that it is gone for ever ({}); its tickets wait until it is resumed",
                    after.target(),
                    reason);
        } else if (after.progress().state() == Ticket.State.GIVEN_UP) {
            log.error(
                    "ticket {} of diagnosis {} is given up: target {} does not take it ({}); nobody was told of it there",
                    after.id(),
                    after.diagnosis(),
                    after.target(),
                    reason);
        } else if (!(came.receipt() instanceof Receipt.Accepted)) {
            log.warn(
                    "ticket {} is not delivered to {} yet ({}); it is tried again after {}",
                    after.id(),
                    after.target(),
                    reason,
                    after.progress().nextAt().map(Instant::toString).orElse("-"));
        }
    }
}
