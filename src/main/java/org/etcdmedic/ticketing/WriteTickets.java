package org.etcdmedic.ticketing;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.Comparison;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.ticketing.TicketSettings.Follow.Then;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Manner;

/**
 * Makes tickets of what happens to diagnoses. It only matches and inserts, inside the transaction in which it happens; texts are written at
 * delivery, so that no mistake in one can cost a verdict.
 */
public class WriteTickets {
    private final Tellings tellings;
    private final Diagnoses diagnoses;
    private final Alarms alarms;
    private final Severities severities;
    private final Targets targets;
    private final Clock clock;

    WriteTickets(Tellings tellings, Diagnoses diagnoses, Alarms alarms, Targets targets, Clock clock) {
        this.tellings = tellings;
        this.diagnoses = diagnoses;
        this.alarms = alarms;
        this.severities = new Severities(diagnoses, alarms);
        this.targets = targets;
        this.clock = clock;
    }

    /** A diagnosis ended, with a verdict or without. */
    public void ended(DiagnosisId id) {
        if (targets.isEmpty()) {
            return;
        }
        Optional<Diagnosis> found = diagnoses.find(id);
        if (found.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Set<String> told = again(found.get(), now);
        open(found.get(), told, now);
    }

    /** Every alarm of a diagnosis was cleared. Its tickets are told when no alarm stands of any diagnosis that they tell of. */
    public void cleared(DiagnosisId id) {
        follow(targets.follow().cleared()).ifPresent(action -> {
            Instant now = clock.instant();
            // Their rows are held by now: of two clears at once the second one sees what the first one did.
            for (Ticket ticket : tellings.openOf(id)) {
                if (!alarms.stands(tellings.diagnosesOf(ticket.id()))) {
                    // The newest verdict stays what it tells of.
                    tellings.add(ticket.id(), ticket.diagnosis(), Letter.Event.CLEARED, action, now);
                }
            }
        });
    }

    /** A rerun is told to whom the diagnosis before was told, whatever the rules say of its own outcome. */
    private Set<String> again(Diagnosis diagnosis, Instant now) {
        var told = new HashSet<String>();
        if (diagnosis.rerun().isEmpty() || diagnosis.judgement().isEmpty()) {
            return told;
        }
        DiagnosisId before = diagnosis.rerun().get().of();
        Comparison comparison = diagnoses
                .find(before)
                .flatMap(Diagnosis::judgement)
                .map(then -> Comparison.of(then, diagnosis.judgement().get()))
                .orElseGet(Comparison::nothing);
        Optional<Action> action = comparison.result() == Comparison.Result.CAUSE_GONE
                ? follow(targets.follow().causeGone())
                : Optional.of(Action.UPDATE);
        for (Ticket ticket : tellings.openOf(before)) {
            action.ifPresent(what -> tellings.add(ticket.id(), diagnosis.id(), Letter.Event.COMPLETED, what, now));
            told.add(ticket.target());
        }
        return told;
    }

    private void open(Diagnosis diagnosis, Set<String> told, Instant now) {
        Facts facts = Facts.of(diagnosis, severities.of(diagnosis));
        var rules = new LinkedHashMap<String, Rule>();
        targets.rules().stream()
                .filter(rule -> rule.fits(facts))
                .forEach(rule -> rule.to().forEach(target -> rules.putIfAbsent(target, rule)));
        Letter.Event event = diagnosis.judgement().isPresent() ? Letter.Event.COMPLETED : Letter.Event.FAILED;
        rules.forEach((target, rule) -> {
            if (!told.contains(target)) {
                boolean alone = targets.manner(target) == Manner.EVENT;
                String key = alone ? "diagnosis/" + diagnosis.id() : facts.caseKey();
                var about = new Tellings.Case(target, key, alone, facts.owner(), rule.language());
                tellings.tell(about, diagnosis.id(), event, targets.follow().within(), now);
            }
        });
    }

    private static Optional<Action> follow(Then then) {
        return switch (then) {
            case RESOLVE -> Optional.of(Action.RESOLVE);
            case UPDATE -> Optional.of(Action.UPDATE);
            case NOTHING -> Optional.empty();
        };
    }
}
