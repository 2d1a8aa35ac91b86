package org.etcdmedic.page;

/** There is no page of this address. */
final class NotThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotThere() {
        super("there is no such page");
    }
}
