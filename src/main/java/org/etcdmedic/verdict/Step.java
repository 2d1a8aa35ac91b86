package org.etcdmedic.verdict;

import java.util.Optional;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Text;

/**
 * One step of the repair, bound to this node.
 *
 * @param id the remediation it comes from
 * @param order 1 is first
 * @param action what to do
 * @param command a line to copy, where all its values are known
 * @param actor who may do it
 * @param risk what it may do to the service
 * @param verify how to see that it worked
 * @param cause what it repairs; empty in a judgement from before this was told
 * @param node where; empty in a judgement from before this was told
 */
public record Step(
        String id,
        int order,
        Text action,
        Optional<String> command,
        Remediation.Actor actor,
        Remediation.Risk risk,
        Text verify,
        Optional<CauseCode> cause,
        Optional<NodeId> node) {}
