package org.etcdmedic.diagnosis.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.AskedCase;
import org.etcdmedic.diagnosis.Claim;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisConcluded;
import org.etcdmedic.diagnosis.DiagnosisFailed;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.diagnosis.LiveProgress;
import org.etcdmedic.diagnosis.NodeProgress;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.Rerun;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.diagnosis.Told;
import org.etcdmedic.diagnosis.job.JobQueue;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Judgement;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The diagnoses in PostgreSQL. */
@Repository
@Transactional
class JpaDiagnoses implements Diagnoses {
    private final DiagnosisRows rows;
    private final CaptureRows captures;
    private final Rows shapes;
    private final OpenDiagnoses open;
    private final EntityManager entities;
    private final ProgressRows progress;
    private final JobQueue jobs;
    private final ApplicationEventPublisher events;

    JpaDiagnoses(
            DiagnosisRows rows,
            CaptureRows captures,
            Rows shapes,
            OpenDiagnoses open,
            EntityManager entities,
            ProgressRows progress,
            JobQueue jobs,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.captures = captures;
        this.shapes = shapes;
        this.open = open;
        this.entities = entities;
        this.progress = progress;
        this.jobs = jobs;
        this.events = events;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Opening open(DiagnosisId id, Symptom symptom, Instant now) {
        return open(id, symptom, Optional.empty(), now);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Opening openAgain(Symptom symptom, Rerun rerun, Instant now) {
        return open(DiagnosisId.at(now), symptom, Optional.of(rerun), now);
    }

    private Opening open(DiagnosisId id, Symptom symptom, Optional<Rerun> rerun, Instant now) {
        String instance = symptom.instance().value();
        // Between a refused insert and the look at the open one, that one may end; then the insert succeeds next time.
        while (true) {
            if (open.open(id, symptom, rerun, now)) {
                jobs.queue(id);
                return new Opening.Opened(id);
            }
            // Written, not locked first: two who lock the row to read would wait for each other to write it.
            shapes.told(symptom).ifPresent(told -> rows.tell(instance, told));
            Optional<Opening.Joined> held = open.hold(symptom.instance());
            if (held.isPresent()) {
                return held.get();
            }
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Opening.Joined> hold(Symptom symptom) {
        // Who will write the row takes it for that at once: two who share it first would wait for each other to write
        // it.
        return shapes.told(symptom).isPresent() ? open.holdToTell(symptom.instance()) : open.hold(symptom.instance());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Symptom symptom) {
        shapes.told(symptom).ifPresent(told -> rows.tell(symptom.instance().value(), told));
    }

    @Override
    public Optional<Claim> claim(DiagnosisId id, Instant now) {
        if (rows.claim(id.value(), now) == 0) {
            return Optional.empty();
        }
        return rows.findById(id.value())
                .map(row -> new Claim(
                        id,
                        shapes.symptom(row),
                        row.attempt,
                        Optional.ofNullable(row.startedAt).orElse(now),
                        Optional.ofNullable(row.evidenceSince),
                        row.excused));
    }

    @Override
    @Transactional(readOnly = true)
    public boolean oneIsDue(Instant now) {
        return jobs.oneIsDue(now);
    }

    @Override
    public void excuse(Claim claim) {
        rows.excuse(claim.id().value(), claim.attempt());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Status> cancel(DiagnosisId id, Instant now) {
        Optional<Status> before = rows.seize(id.value()).map(row -> Status.valueOf(row.status));
        if (before.isPresent()) {
            rows.cancel(id.value(), now);
            progress.forget(id);
            jobs.takeBack(id);
        }
        return before;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Status> seize(DiagnosisId id) {
        return open.seize(id);
    }

    @Override
    @Transactional(readOnly = true)
    public boolean holds(Claim claim) {
        return rows.holds(claim.id().value(), claim.attempt());
    }

    @Override
    public boolean note(Claim claim, List<NodeProgress> nodes) {
        return progress.note(claim, nodes);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<DiagnosisId, LiveProgress> live(Collection<DiagnosisId> ids) {
        return progress.live(ids);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Told> told(DiagnosisId id) {
        return rows.findById(id.value()).map(shapes::told).orElse(List.of());
    }

    @Override
    public Conclusion conclude(Claim claim, int told, Judgement judgement, Taken taken, Instant now) {
        var verdict = judgement.verdict();
        Optional<Fingerprint> fingerprint =
                judgement.hallmark().map(found -> Fingerprint.of(claim.symptom().instance(), found));
        int written = rows.conclude(
                claim.id().value(),
                claim.attempt(),
                // The first alarm's words stand in columns of their own.
                told - 1,
                now,
                verdict.outcome().name(),
                verdict.family().name(),
                verdict.cause().value(),
                shapes.json(judgement),
                fingerprint.map(Fingerprint::value).orElse(null),
                fingerprint.map(Fingerprint::kind).orElse(null));
        if (written == 0) {
            boolean ours = rows.findById(claim.id().value())
                    .filter(row -> row.status.equals(Status.RUNNING.name()) && row.attempt == claim.attempt())
                    .isPresent();
            return ours ? Conclusion.MORE_TOLD : Conclusion.LOST;
        }
        List<Capture> captured = taken.captures();
        for (int i = 0; i < captured.size(); i++) {
            captures.save(shapes.row(claim, i, StoredCapture.of(captured.get(i))));
        }
        taken.asked().ifPresent(asked -> entities.persist(shapes.row(claim.id(), asked)));
        progress.forget(claim.id());
        // Whoever listens may undo what it wrote itself, back to here.
        entities.flush();
        events.publishEvent(new DiagnosisConcluded(claim.id()));
        return Conclusion.WRITTEN;
    }

    @Override
    public void fail(Claim claim, String reason, Instant now) {
        if (rows.fail(claim.id().value(), claim.attempt(), now, reason) == 1) {
            progress.forget(claim.id());
            events.publishEvent(new DiagnosisFailed(claim.id()));
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Diagnosis> find(DiagnosisId id) {
        return rows.findById(id.value()).map(shapes::diagnosis);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Listed> newest(Filter filter, Optional<Cursor> after, int limit) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        filter.instance()
                .ifPresent(v -> restrict(conditions, values, "d.instanceId = :instance", "instance", v.value()));
        filter.node().ifPresent(v -> restrict(conditions, values, "d.nodeId = :node", "node", v.value()));
        filter.status().ifPresent(v -> {
            restrict(conditions, values, "d.status = :status", "status", v.name());
            if (v != Status.COMPLETED) {
                conditions.add("d.status <> 'COMPLETED'"); // in words, for the index of the few without a verdict
            }
        });
        filter.family().ifPresent(v -> restrict(conditions, values, "d.family = :family", "family", v));
        filter.cause().ifPresent(v -> restrict(conditions, values, "d.cause = :cause", "cause", v));
        filter.outcome().ifPresent(v -> restrict(conditions, values, "d.outcome = :outcome", "outcome", v.name()));
        filter.since().ifPresent(v -> restrict(conditions, values, "d.queuedAt >= :since", "since", v));
        filter.until().ifPresent(v -> restrict(conditions, values, "d.queuedAt < :until", "until", v));
        after.ifPresent(cursor -> {
            // Compared as one value: with an "or" the database walks from the newest to the cursor each time.
            conditions.add("(d.queuedAt, d.id) < (:at, :id)");
            values.put("at", cursor.queuedAt());
            values.put("id", cursor.id());
        });
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<ListedRow> query = entities.createQuery(
                "select d from ListedRow d" + where + " order by d.queuedAt desc, d.id desc", ListedRow.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList().stream()
                .map(shapes::listed)
                .toList();
    }

    private static void restrict(
            List<String> conditions, Map<String, Object> values, String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    @Override
    @Transactional(readOnly = true)
    public List<StoredCapture> captures(DiagnosisId id) {
        return captures.findAllByDiagnosisIdOrderByAttemptAscOrdinalAsc(id.value()).stream()
                .map(shapes::capture)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<AskedCase> asked(DiagnosisId id) {
        return Optional.ofNullable(entities.find(AskedRow.class, id.value())).map(shapes::asked);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<BundleCase> judged(DiagnosisId id) {
        return Optional.ofNullable(entities.find(BundleRow.class, id.value()))
                .map(shapes::bundleCase)
                .or(() -> rows.findById(id.value())
                        .flatMap(row ->
                                asked(id).map(asked -> asked.about(new InstanceId(row.instanceId), shapes.told(row)))));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<StoredCapture> capture(DiagnosisId id, UUID capture) {
        return captures.findByIdAndDiagnosisId(capture, id.value()).map(shapes::capture);
    }
}
