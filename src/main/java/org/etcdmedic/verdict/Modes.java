package org.etcdmedic.verdict;

/** How permission bits stand in statements: octal, as {@code chmod} takes them. */
final class Modes {
    private Modes() {}

    static String text(int mode) {
        return Integer.toOctalString(mode);
    }
}
