package org.etcdmedic.platform.jdbc;

import java.sql.SQLException;

/** The service cannot start, because its database does not let it in. */
final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAway(String address, SQLException cause) {
        super("The database at " + address + " cannot be used: " + AwaitedDatabase.reason(cause), cause);
    }

    /** Whether it may be there at the next start. */
    boolean passes() {
        return getCause() instanceof SQLException cause && AwaitedDatabase.passes(cause);
    }
}
