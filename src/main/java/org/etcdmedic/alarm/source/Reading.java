package org.etcdmedic.alarm.source;

import java.util.List;
import java.util.Map;

/**
 * One element of a body, read: what it is, and where each field was found.
 *
 * @param pointer where the element stands in the body
 * @param fields what was found
 * @param missing fields that have rules and were not found
 * @param mapped what it is
 */
public record Reading(String pointer, Map<Field, Found> fields, List<Field> missing, Mapped mapped) {
    /** Copies the collections. */
    public Reading {
        fields = Map.copyOf(fields);
        missing = List.copyOf(missing);
    }

    /**
     * A field's value.
     *
     * @param from the pointer that led to it, as the mapping writes it; {@code constant} for a constant
     */
    public record Found(String value, String from) {}
}
