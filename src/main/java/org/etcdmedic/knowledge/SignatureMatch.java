package org.etcdmedic.knowledge;

import java.util.Map;
import org.etcdmedic.evidence.LogLine;

/**
 * A log line recognised by a signature.
 *
 * @param signature which
 * @param line the line
 * @param variables what its named groups caught; a group that took no part is absent
 */
public record SignatureMatch(Signature signature, LogLine line, Map<String, String> variables) {
    /** Copies the variables. */
    public SignatureMatch {
        variables = Map.copyOf(variables);
    }
}
