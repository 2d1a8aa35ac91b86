package org.etcdmedic.replay;

import java.util.function.Function;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.verdict.Reasoner;
import org.jspecify.annotations.Nullable;

/** Who judges: by the knowledge in use, and by the candidate that was read last, which is not read anew for each slice. */
final class Reasoners {
    private final Knowledge knowledge;
    private final Reasoner inUse;
    private final ProbeCatalogue probes;
    private @Nullable Tried last;

    private record Tried(ReplayId id, Reasoner reasoner) {}

    Reasoners(Knowledge knowledge, Reasoner inUse, ProbeCatalogue probes) {
        this.knowledge = knowledge;
        this.inUse = inUse;
        this.probes = probes;
    }

    String inUseVersion() {
        return knowledge.version();
    }

    Reasoner inUse() {
        return inUse;
    }

    /** By the candidate of a replay. */
    synchronized Reasoner candidate(ReplayId id, Function<ReplayId, KnowledgeFiles> files) {
        Tried tried = last;
        if (tried == null || !tried.id().equals(id)) {
            tried = new Tried(id, new Reasoner(YamlKnowledge.own(files.apply(id), probes)));
            last = tried;
        }
        return tried.reasoner();
    }

    /** It is over; its candidate needs no memory any more. */
    synchronized void forget(ReplayId id) {
        if (last != null && last.id().equals(id)) {
            last = null;
        }
    }
}
