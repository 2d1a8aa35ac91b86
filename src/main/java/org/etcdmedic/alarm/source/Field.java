package org.etcdmedic.alarm.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be taken out of an element. */
public enum Field {
    /** What makes a repeat of the alarm known; all rules together. */
    KEY,
    /** What an alarm and its clear have in common, when that is not the key; all rules together. */
    CLEARS,
    /** {@code RAISED}, {@code CLEARED} or {@code IGNORED}; raised when absent. */
    STATE,
    /** The alarm's name. */
    NAME,
    /** The alarm's number. */
    CODE,
    /** Identifier of the instance. */
    INSTANCE,
    /** Identifier of the node. */
    NODE,
    /** An address or a name of the node, with or without port; looked up in the inventory. */
    HOST,
    /** Identifier of the virtual machine; looked up in the inventory. */
    VM,
    /** How bad it is. */
    SEVERITY,
    /** When it happened. */
    AT,
    /** When it was cleared. */
    CLEARED,
    /** What the management plane got when it asked for the cluster's status. */
    STATUS;

    /** As it is written in a mapping. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field that is written so. */
    static Optional<Field> of(String word) {
        return Arrays.stream(values())
                .filter(field -> field.word().equals(word))
                .findFirst();
    }

    /** Whether all its rules make the value together. */
    boolean joined() {
        return this == KEY || this == CLEARS;
    }
}
