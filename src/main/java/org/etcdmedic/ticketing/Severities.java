package org.etcdmedic.ticketing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;

/** How bad a case is in the words of its alarms. A rerun was asked for by hand; the alarms are those of what it repeats. */
public final class Severities {
    /** A rerun of a rerun of ...: no longer than anybody reads. */
    private static final int LONGEST_CHAIN = 50;

    private final Diagnoses diagnoses;
    private final Alarms alarms;

    /** Reads there. */
    public Severities(Diagnoses diagnoses, Alarms alarms) {
        this.diagnoses = diagnoses;
        this.alarms = alarms;
    }

    /** The words for a diagnosis and for all that it is a rerun of. */
    public List<String> of(Diagnosis diagnosis) {
        var seen = new HashSet<DiagnosisId>();
        var words = new ArrayList<String>();
        Optional<DiagnosisId> next = Optional.of(diagnosis.id());
        Optional<Diagnosis> at = Optional.of(diagnosis);
        while (next.isPresent() && seen.size() < LONGEST_CHAIN && seen.add(next.get())) {
            words.addAll(alarms.severities(next.get()));
            next = at.flatMap(Diagnosis::rerun).map(rerun -> rerun.of());
            at = next.flatMap(diagnoses::find);
        }
        return List.copyOf(words);
    }
}
