package org.etcdmedic.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.probe.Capture;

/** Knows the lines that findings stand on. */
@FunctionalInterface
interface Quotations {
    /** Without any. */
    Quotations NONE = evidence -> Optional.empty();

    /** A piece of evidence; empty where it cannot be had. */
    Optional<Piece> piece(String evidence);

    /**
     * A piece of evidence.
     *
     * @param node node that it is from
     * @param where file or probe
     * @param cut whether it is a part of that file, so that numbers of its lines are none of the file's
     * @param text what it says
     */
    record Piece(String node, String where, boolean cut, String text) {
        static Piece of(String node, String probe, Map<String, String> arguments, String command, String text) {
            String file = arguments.get("file");
            return new Piece(node, file == null ? probe : file, file != null && !command.isEmpty(), text);
        }
    }

    /** Those of collected files. */
    static Quotations of(Bundle bundle) {
        Map<String, Piece> pieces = new HashMap<>();
        for (Capture capture : bundle.captures()) {
            if (capture instanceof Capture.Answer answer) {
                pieces.put(
                        capture.id().toString(),
                        Piece.of(
                                answer.node().value(),
                                answer.question().probe().id().value(),
                                answer.question().arguments(),
                                answer.command(),
                                answer.text()));
            }
        }
        return evidence -> Optional.ofNullable(pieces.get(evidence));
    }
}
