package org.etcdmedic.evidence.firewall;

import java.util.Optional;

/**
 * What becomes of a packet.
 *
 * @param fate accept, drop, reject, or not known
 * @param by the rule that decides; of what is not known the first that may take the packet; empty when nothing did
 */
public record Decision(Fate fate, Optional<Guilty> by) {
    /** The end of a packet. */
    public enum Fate {
        /** It passes. */
        ACCEPT,
        /** It is lost. */
        DROP,
        /** It is refused. */
        REJECT,
        /** It may pass or not. */
        UNKNOWN
    }

    /** A rule and where it stands. */
    public record Guilty(Table table, Chain chain, Rule rule) {}
}
