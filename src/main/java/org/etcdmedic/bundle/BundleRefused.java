package org.etcdmedic.bundle;

import java.util.List;

/** A bundle is not judged at all. */
public final class BundleRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Skipped> skipped;
    private final String detail;

    /** Why a whole bundle is refused. */
    public enum Reason {
        /** It is larger than is taken. */
        TOO_LARGE,
        /** Unpacked it is larger than is taken. */
        UNPACKS_TOO_LARGE,
        /** It has more entries than are taken. */
        TOO_MANY_ENTRIES,
        /** Its entries lie over one another, as no honest program packs them. */
        OVERLAPPING,
        /** It begins like an archive and cannot be opened as one. */
        NO_ARCHIVE,
        /** Nothing in it could be read. */
        NOTHING_READABLE,
        /** It holds our own captures, and what describes them is not well-formed. */
        MANIFEST,
        /** The node that was named is none of those in it. */
        UNKNOWN_NODE,
        /** No line in it has a time, and none was given. */
        NO_TIME
    }

    /** A refusal with what was left aside until then. */
    public BundleRefused(Reason reason, List<Skipped> skipped, String detail) {
        super("the bundle is refused: " + reason, null, false, false);
        this.reason = reason;
        this.skipped = List.copyOf(skipped);
        this.detail = detail;
    }

    /** A refusal that needs no more words. */
    public BundleRefused(Reason reason) {
        this(reason, List.of(), "");
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What was left aside until then. */
    public List<Skipped> skipped() {
        return skipped;
    }

    /** What helps to mend it, possibly empty. */
    public String detail() {
        return detail;
    }
}
