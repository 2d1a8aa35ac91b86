package org.etcdmedic.verdict;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.Subject;
import org.etcdmedic.knowledge.Text;

/** What a finding means: finding kinds and log signatures under one roof, looked up by id. */
final class Meaning {
    /** What stands behind one id. */
    record Entry(
            String check,
            Set<String> covers,
            Text statement,
            Map<CauseCode, Double> supports,
            Set<CauseCode> refutes,
            Optional<Subject> subject) {}

    private final Map<String, Entry> entries = new HashMap<>();

    Meaning(Knowledge knowledge) {
        for (FindingKind kind : knowledge.findings()) {
            entries.put(
                    kind.id(),
                    new Entry(
                            kind.check(),
                            kind.covers(),
                            kind.statement(),
                            kind.supports(),
                            kind.refutes(),
                            kind.subject()));
        }
        for (Signature signature : knowledge.signatures()) {
            entries.put(
                    signature.id(),
                    new Entry(
                            signature.check(),
                            Set.of(),
                            signature.statement(),
                            signature.supports(),
                            signature.refutes(),
                            Optional.empty()));
        }
    }

    Entry of(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalStateException("the knowledge does not hold the finding " + id);
        }
        return entry;
    }

    double support(Finding finding, CauseCode cause) {
        return of(finding.kind()).supports().getOrDefault(cause, 0.0);
    }

    boolean refutes(Finding finding, CauseCode cause) {
        return of(finding.kind()).refutes().contains(cause);
    }
}
