package org.etcdmedic.knowledge.yaml;

import org.etcdmedic.knowledge.InvalidKnowledge;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names every mistake once instead of a stack trace. */
class KnowledgeMistakesAnalyzer extends AbstractFailureAnalyzer<InvalidKnowledge> {
    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidKnowledge cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct the files in the directory that medic.knowledge.location names, or leave medic.knowledge.location out"
                        + " to judge by what this release brings. POST /replays of a running service tells the same mistakes.",
                cause);
    }
}
