package org.etcdmedic.memory;

import java.time.Instant;
import org.etcdmedic.diagnosis.DiagnosisId;

/**
 * A statement on record. It is never changed: whoever thinks better of it says so anew, and the newest counts.
 *
 * @param diagnosis what it is about
 * @param by name of who said it
 * @param at when they did
 * @param statement what they said
 */
public record Feedback(DiagnosisId diagnosis, String by, Instant at, Statement statement) {}
