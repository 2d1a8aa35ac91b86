package org.etcdmedic.evidence;

import java.util.Optional;
import org.etcdmedic.probe.ProbeId;

/**
 * One thing we wanted to know from a node: known, or not known and why. Not known is never the same as fine.
 *
 * @param <T> the fact
 */
public sealed interface Reading<T> {
    /**
     * It was read.
     *
     * @param value the fact
     * @param source the lines it was read from
     */
    record Known<T>(T value, Source source) implements Reading<T> {}

    /**
     * It could not be read.
     *
     * @param probe the probe that would have told
     * @param gap why it did not
     * @param detail what was said instead, short and without secrets; possibly empty
     */
    record Unknown<T>(ProbeId probe, Gap gap, String detail) implements Reading<T> {}

    /** Why something is not known. */
    enum Gap {
        /** We could not get into the node. */
        NODE_NOT_REACHED,
        /** The probe was not asked, because what it needs (a path, say) is itself not known. */
        NOT_ASKED,
        /** The account may not look, or sudo does not allow it. */
        NOT_PERMITTED,
        /** It took too long on the node, or the diagnosis' deadline came first. */
        TIMED_OUT,
        /** The connection was lost meanwhile, or no channel could be opened. */
        CONNECTION_LOST,
        /** A program or file that the probe needs is not on the node. */
        MISSING,
        /** What came back is not what this probe prints. */
        UNREADABLE,
        /** A system outside the nodes that would tell could not be asked, or told nothing. */
        OUTSIDE,
        /** A part of the evidence window was read and another was not, for its size or because it changed meanwhile. */
        PARTLY_READ,
        /** The node was not asked: a bundle was read that was collected by hand, and it does not hold the answer. */
        NOT_IN_BUNDLE
    }

    /** The fact, when it is known. */
    default Optional<T> known() {
        return this instanceof Known<T>(T value, Source ignored) ? Optional.of(value) : Optional.empty();
    }
}
