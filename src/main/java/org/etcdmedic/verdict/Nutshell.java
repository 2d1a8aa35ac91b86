package org.etcdmedic.verdict;

import java.util.List;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;

/**
 * A judgement as a list of diagnoses shows it.
 *
 * @param verdict the judgement
 * @param repairs what needs repair, in the order of repair
 * @param knowledgeVersion which knowledge judged
 */
public record Nutshell(Verdict verdict, List<Repair> repairs, String knowledgeVersion) {
    /** Copies the list. */
    public Nutshell {
        repairs = List.copyOf(repairs);
    }

    /** A cause that needs repair, and where. */
    public record Repair(CauseCode cause, NodeId node) {}
}
