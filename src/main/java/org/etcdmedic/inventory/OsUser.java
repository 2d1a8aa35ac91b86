package org.etcdmedic.inventory;

import java.util.regex.Pattern;

/**
 * The name of an operating-system account on a node. It is the one word of the inventory that stands in a command
 * ({@code sudo -u}), so nothing but a plain account name is let in.
 *
 * @param name as in {@code /etc/passwd}
 */
public record OsUser(String name) {
    /** Letters, digits, {@code _} and {@code -}; starts with a letter or {@code _}; at most 32. */
    public static final String PATTERN = "[A-Za-z_][A-Za-z0-9_-]{0,31}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    /** Refuses what is not a plain account name. */
    public OsUser {
        if (!COMPILED.matcher(name).matches()) {
            throw new IllegalArgumentException("not an account name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
