package org.etcdmedic.knowledge;

import java.util.Optional;
import java.util.Set;

/**
 * What a human may do.
 *
 * @param id lower-case words joined by hyphens
 * @param action what to do, with {@code {{variables}}}
 * @param command a command line to copy, with {@code {{variables}}}; a step whose variables are not all known is told
 *     without its command
 * @param onlyIfSeen findings of which the node has to show one, or the step makes no sense; empty: none is needed
 * @param unlessSeen findings that make the step pointless
 * @param onlyIfKnown values of which all have to be known of the node, or the step speaks of something that is not there
 * @param actor who may do it
 * @param risk what it may do to the service
 * @param verify how to see that it worked
 */
public record Remediation(
        String id,
        Text action,
        Optional<String> command,
        Set<String> onlyIfSeen,
        Set<String> unlessSeen,
        Set<String> onlyIfKnown,
        Actor actor,
        Risk risk,
        Text verify) {
    /** Copies the sets. */
    public Remediation {
        onlyIfSeen = Set.copyOf(onlyIfSeen);
        unlessSeen = Set.copyOf(unlessSeen);
        onlyIfKnown = Set.copyOf(onlyIfKnown);
    }

    /** Whether the step makes sense where these findings were made and these values are known. */
    public boolean fits(Set<String> seen, Set<String> known) {
        return known.containsAll(onlyIfKnown)
                && (onlyIfSeen.isEmpty() || onlyIfSeen.stream().anyMatch(seen::contains))
                && unlessSeen.stream().noneMatch(seen::contains);
    }

    /** Who may do it. */
    public enum Actor {
        /** Database administrator. */
        DBA,
        /** Operator of the platform, with root on the node. */
        OPERATOR,
        /** Support of the infrastructure layer. */
        IAAS_SUPPORT,
        /** GaussDB engineer of the vendor. */
        GAUSSDB_ENGINEER
    }

    /** What it may do to the service. */
    public enum Risk {
        /** Changes nothing. */
        READ_ONLY,
        /** Changes something, and can be undone without interruption. */
        SAFE,
        /** Interrupts something, or cannot be undone. */
        DISRUPTIVE
    }
}
