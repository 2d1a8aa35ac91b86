package org.etcdmedic.knowledge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.Log;

/**
 * A log line that we know. One line may match several signatures: the line as a whole, and the errors it quotes.
 *
 * @param id lower-case words joined by hyphens, as in the catalogue
 * @param programs whose logs it stands in
 * @param check row of the runbook it testifies to
 * @param kind what sort of line it is
 * @param about whom it accuses
 * @param versions etcd releases that print it, as a sentence
 * @param narrows signatures of which this is a special case: where both match a line, only this one is told
 * @param patterns the ways it is written; the expressions' named groups are the statement's variables
 * @param statement what it says, with {@code {{variables}}}
 * @param supports as in {@link FindingKind}
 * @param refutes as in {@link FindingKind}
 * @param source file of the program that prints it
 * @param match whole lines that must match
 * @param noMatch whole lines that must not match
 */
public record Signature(
        String id,
        Set<Log.Program> programs,
        String check,
        Kind kind,
        About about,
        String versions,
        Set<String> narrows,
        List<Pattern> patterns,
        Text statement,
        Map<CauseCode, Double> supports,
        Set<CauseCode> refutes,
        String source,
        List<String> match,
        List<String> noMatch) {
    /** Copies the collections. */
    public Signature {
        programs = Set.copyOf(programs);
        narrows = Set.copyOf(narrows);
        patterns = List.copyOf(patterns);
        supports = Map.copyOf(supports);
        refutes = Set.copyOf(refutes);
        match = List.copyOf(match);
        noMatch = List.copyOf(noMatch);
    }

    /**
     * One way the line is written.
     *
     * @param message found in the message
     * @param field name of a further field that must hold {@code value}; empty when there is none
     * @param value found in that field
     */
    public record Pattern(
            java.util.regex.Pattern message, Optional<String> field, Optional<java.util.regex.Pattern> value) {}

    /** What sort of line it is. */
    public enum Kind {
        /** A new etcd process begins here. */
        START,
        /** etcd works: it serves clients. */
        READY,
        /** etcd was asked to stop. */
        STOP,
        /** etcd ends, or cannot start, because of what the line says. */
        FATAL,
        /** The cluster manager does something to etcd. */
        CM_ACTION,
        /** A sign of trouble that may have several reasons. */
        SYMPTOM,
        /** Belongs to normal life. */
        ROUTINE
    }

    /** Whom the line accuses, which matters more than where it was found. */
    public enum About {
        /** The node whose log it is. */
        SELF,
        /** The named peer, or the path to it. */
        PEER,
        /** The link between the two; the side is not known. */
        PATH,
        /** The whole cluster. */
        CLUSTER,
        /** A client. */
        CLIENT
    }
}
