package org.etcdmedic.memory;

import org.etcdmedic.diagnosis.Sightings;

/** Counts how right the verdicts were in the field. */
public final class FieldAccuracy {
    private final Sightings sightings;
    private final Feedbacks feedbacks;

    FieldAccuracy(Sightings sightings, Feedbacks feedbacks) {
        this.sightings = sightings;
        this.feedbacks = feedbacks;
    }

    /** Of the diagnoses that were concluded within the span. */
    public Accuracy of(Sightings.Span span) {
        return Accuracy.of(sightings.concluded(span), feedbacks.answers(span));
    }
}
