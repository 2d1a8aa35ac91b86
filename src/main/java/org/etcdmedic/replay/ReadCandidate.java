package org.etcdmedic.replay;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.etcdmedic.bundle.BundleLimits;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.WholeFiles;
import org.etcdmedic.bundle.archive.Packed;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.replay.CandidateRefused.Reason;

/**
 * Reads knowledge out of an archive that somebody handed in, and checks it exactly as that of a site's own is checked at the
 * start. The archive may be hostile: it is opened as a bundle is, and nothing is unpacked to a disk.
 */
public final class ReadCandidate {
    private static final String NAME = "knowledge";

    private final ProbeCatalogue probes;
    private final BundleLimits limits;

    ReadCandidate(ProbeCatalogue probes, BundleLimits limits) {
        this.probes = probes;
        this.limits = limits;
    }

    /**
     * Reads it.
     *
     * @throws CandidateRefused when the archive cannot be taken as a whole
     * @throws org.etcdmedic.knowledge.InvalidKnowledge when anything is wrong with what it holds
     */
    public Candidate read(byte[] archive) {
        KnowledgeFiles files = KnowledgeFiles.of(unpacked(archive));
        if (files.texts().isEmpty()) {
            throw new CandidateRefused(Reason.NO_KNOWLEDGE, List.of());
        }
        return new Candidate(files, YamlKnowledge.own(files, probes));
    }

    private Map<String, byte[]> unpacked(byte[] archive) {
        WholeFiles whole;
        try {
            whole = WholeFiles.of(Packed.upload(NAME, archive), limits);
        } catch (BundleRefused refused) {
            throw new CandidateRefused(reason(refused.reason()), refused.skipped());
        }
        if (!whole.skipped().isEmpty()) {
            throw new CandidateRefused(Reason.LEFT_ASIDE, whole.skipped());
        }
        if (whole.files().keySet().equals(Set.of(NAME))) {
            // Opened as it came.
            throw new CandidateRefused(Reason.NO_ARCHIVE, List.of());
        }
        return whole.files();
    }

    private static Reason reason(BundleRefused.Reason reason) {
        return switch (reason) {
            case TOO_LARGE, UNPACKS_TOO_LARGE, TOO_MANY_ENTRIES -> Reason.TOO_LARGE;
            case OVERLAPPING -> Reason.OVERLAPPING;
            case NO_ARCHIVE, NOTHING_READABLE, MANIFEST, UNKNOWN_NODE, NO_TIME -> Reason.NO_ARCHIVE;
        };
    }
}
