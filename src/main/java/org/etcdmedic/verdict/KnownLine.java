package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.knowledge.Signature;

/**
 * A log line that matches a signature of the catalogue.
 *
 * @param program whose log it stands in
 * @param line the line
 * @param signature what it is
 * @param captured values of the signature's groups
 */
record KnownLine(Log.Program program, LogLine line, Signature signature, Map<String, String> captured) {
    KnownLine {
        captured = Map.copyOf(captured);
    }

    /** The line's instant, by the service's clock. */
    Optional<Instant> at() {
        return line.at();
    }
}
