package org.etcdmedic.probe;

import java.util.List;
import java.util.Map;

/**
 * A probe with the values of its arguments: what one node is asked.
 *
 * @param probe from the catalogue
 * @param arguments a value for each of the probe's arguments, possibly empty, each a single line
 */
public record Question(Probe probe, Map<String, String> arguments) {
    /** Refuses a missing, an unknown and a many-line argument. */
    public Question {
        arguments = Map.copyOf(arguments);
        if (!arguments.keySet().equals(java.util.Set.copyOf(probe.arguments()))) {
            throw new IllegalArgumentException("probe " + probe.id() + " takes " + probe.arguments());
        }
        for (String value : arguments.values()) {
            if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
                throw new IllegalArgumentException("an argument of probe " + probe.id() + " has more than one line");
            }
        }
    }

    /** The values in the probe's order, as the script reads them. */
    public List<String> values() {
        return probe.arguments().stream().map(arguments::get).toList();
    }
}
