package org.etcdmedic.diagnosis.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.Bundles;
import org.etcdmedic.diagnosis.Claim;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.diagnosis.job.JobQueue;
import org.etcdmedic.platform.TimeOrderedId;
import org.etcdmedic.probe.Capture;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The bundles in PostgreSQL: their case in a row of its own, what was read of them among the captures. */
@Repository
@Transactional
class JpaBundles implements Bundles {
    /** Captures of a bundle were there before any worker took the diagnosis up. */
    private static final int BEFORE_ANY_ATTEMPT = 0;

    private final EntityManager entities;
    private final DiagnosisRows rows;
    private final CaptureRows captures;
    private final Rows shapes;
    private final JobQueue jobs;

    JpaBundles(EntityManager entities, DiagnosisRows rows, CaptureRows captures, Rows shapes, JobQueue jobs) {
        this.entities = entities;
        this.rows = rows;
        this.captures = captures;
        this.shapes = shapes;
        this.jobs = jobs;
    }

    @Override
    public DiagnosisId open(Bundle bundle, Instant now) {
        UUID id = TimeOrderedId.at(now);
        BundleCase bundleCase = bundle.bundleCase();
        var row = new DiagnosisRow();
        row.id = id;
        row.instanceId = bundleCase.instance().value();
        row.nodeId = bundleCase.named().value();
        row.mode = Mode.OFFLINE.name();
        row.status = Status.QUEUED.name();
        row.alarmedAt = bundleCase.window().alarmedAt();
        row.queuedAt = now;
        entities.persist(row);
        var content = new BundleRow();
        content.diagnosisId = id;
        content.content = shapes.json(bundleCase);
        entities.persist(content);
        // The rows are keyed to the diagnosis without a mapping, so its own row has to be there first.
        entities.flush();
        var symptom = new Symptom(bundleCase.instance(), bundleCase.named(), null, row.alarmedAt);
        var claim = new Claim(new DiagnosisId(id), symptom, BEFORE_ANY_ATTEMPT, now, Optional.empty(), 0);
        List<Capture> taken = bundle.captures();
        for (int i = 0; i < taken.size(); i++) {
            captures.save(shapes.row(claim, i, StoredCapture.of(taken.get(i))));
        }
        jobs.queue(claim.id());
        return claim.id();
    }

    @Override
    public DiagnosisId again(DiagnosisId before, Instant now) {
        UUID id = TimeOrderedId.at(now);
        rows.copy(id, before.value(), now);
        rows.copyBundle(id, before.value());
        rows.copyCaptures(id, before.value());
        var opened = new DiagnosisId(id);
        jobs.queue(opened);
        return opened;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<BundleCase> find(DiagnosisId id) {
        return Optional.ofNullable(entities.find(BundleRow.class, id.value())).map(row -> shapes.bundleCase(row));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Capture> captures(DiagnosisId id) {
        return captures.findAllByDiagnosisIdOrderByAttemptAscOrdinalAsc(id.value()).stream()
                .filter(row -> row.attempt == BEFORE_ANY_ATTEMPT)
                .map(shapes::capture)
                .map(StoredCapture::asTaken)
                .toList();
    }
}
