package org.etcdmedic.evidence.firewall;

/** What a rule does with a packet that it matches. */
public sealed interface Action {
    /** This chain's hook lets it pass. */
    record Accept() implements Action {}

    /** It is lost. */
    record Drop() implements Action {}

    /** It is refused with an answer. */
    record Reject() implements Action {}

    /** Back to the chain that called. */
    record Return() implements Action {}

    /** The next rule: a log, a counter, a mark. */
    record Continue() implements Action {}

    /** Into another chain, and back here when that one ends. */
    record Jump(String chain) implements Action {}

    /** Into another chain, and behind the caller's jump when that one ends. */
    record Goto(String chain) implements Action {}

    /** Something else decides: another program, a translation of the address, an action that is not known. */
    record Elsewhere(String target) implements Action {}
}
