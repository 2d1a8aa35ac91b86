package org.etcdmedic.probe;

import java.util.regex.Pattern;

/** Name of a probe in the catalogue, in lower-case words joined by hyphens. */
public record ProbeId(String value) implements Comparable<ProbeId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{1,40}");

    /** Refuses what is not lower-case words joined by hyphens. */
    public ProbeId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a probe id: " + value);
        }
    }

    @Override
    public int compareTo(ProbeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
