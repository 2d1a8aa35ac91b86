package org.etcdmedic.knowledge;

import java.util.regex.Pattern;

/** Stable code of a cause, such as {@code ETCD_DISK_FULL}. A code once released keeps its meaning. */
public record CauseCode(String value) implements Comparable<CauseCode> {
    private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{1,60}");

    /** Refuses what is not upper-case words joined by underscores. */
    public CauseCode {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a cause code: " + value);
        }
    }

    @Override
    public int compareTo(CauseCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
