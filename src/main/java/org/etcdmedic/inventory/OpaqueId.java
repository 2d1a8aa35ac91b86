package org.etcdmedic.inventory;

import java.util.regex.Pattern;

/** The one shape that every identifier from outside has to fit. */
public final class OpaqueId {
    /** 1 to 64 letters, digits and {@code _ . : -}. */
    public static final String PATTERN = "[A-Za-z0-9_.:-]{1,64}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private OpaqueId() {}

    /** Throws {@link IllegalArgumentException} that names the field, and never repeats the value. */
    static void check(String field, String value) {
        if (!fits(value)) {
            throw new IllegalArgumentException(field + " is not 1 to 64 of [A-Za-z0-9_.:-]");
        }
    }

    /** Whether the text is an opaque identifier. */
    public static boolean fits(String value) {
        return COMPILED.matcher(value).matches();
    }
}
