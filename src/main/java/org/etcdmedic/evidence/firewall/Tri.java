package org.etcdmedic.evidence.firewall;

/** Whether something holds, where not knowing is an answer of its own. */
enum Tri {
    /** It holds. */
    YES,
    /** It does not. */
    NO,
    /** It cannot be told. */
    MAYBE;

    static Tri of(boolean holds) {
        return holds ? YES : NO;
    }

    Tri negate(boolean negated) {
        return switch (this) {
            case YES -> negated ? NO : YES;
            case NO -> negated ? YES : NO;
            case MAYBE -> MAYBE;
        };
    }

    /** Both hold. */
    Tri and(Tri other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : MAYBE;
    }

    /** Either holds. */
    Tri or(Tri other) {
        if (this == YES || other == YES) {
            return YES;
        }
        return this == NO && other == NO ? NO : MAYBE;
    }
}
