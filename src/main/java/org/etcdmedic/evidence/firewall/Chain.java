package org.etcdmedic.evidence.firewall;

import java.util.List;
import java.util.Optional;

/**
 * A list of rules.
 *
 * @param name its name
 * @param hook where packets enter it; empty for a chain that others jump to
 * @param policy what happens to a packet at its end, as a rule of its own; only where it has a hook
 * @param rules in order
 */
public record Chain(String name, Optional<Hook> hook, Optional<Rule> policy, List<Rule> rules) {
    /** Copies the rules. */
    public Chain {
        rules = List.copyOf(rules);
    }

    /**
     * Where packets enter.
     *
     * @param type filter, nat or route
     * @param name prerouting, input, output, ...
     * @param priority lower comes first
     */
    public record Hook(String type, String name, int priority) {
        /** Where the kernel looks up connections: NF_IP_PRI_CONNTRACK, at the first hook on the way in and on the way out. */
        private static final int TRACKING = -200;

        boolean beforeTracking() {
            return name.equals("ingress")
                    || ((name.equals("prerouting") || name.equals("output")) && priority < TRACKING);
        }
    }
}
