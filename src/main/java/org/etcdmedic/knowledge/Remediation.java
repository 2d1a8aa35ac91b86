package org.etcdmedic.knowledge;

import java.util.Optional;

/**
 * What a human may do.
 *
 * @param id lower-case words joined by hyphens
 * @param action what to do, with {@code {{variables}}}
 * @param command a command line to copy, with {@code {{variables}}}; a step whose variables are not all known is told
 *     without its command
 * @param actor who may do it
 * @param risk what it may do to the service
 * @param verify how to see that it worked
 */
public record Remediation(String id, Text action, Optional<String> command, Actor actor, Risk risk, Text verify) {
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
