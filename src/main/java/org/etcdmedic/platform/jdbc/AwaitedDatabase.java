package org.etcdmedic.platform.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections for the migrations, which come first at every start. After a power cut the database may come up later than the
 * service, or be crowded by everybody who comes back: it is waited for, for a while. What waiting does not mend (a wrong password,
 * no such database) ends the start at once.
 */
public final class AwaitedDatabase extends DriverManagerDataSource {
    private static final Logger log = LoggerFactory.getLogger(AwaitedDatabase.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Duration patience;

    /**
     * Connections as stated, outside of the pool: what bounds a request in time would cut a long migration off.
     *
     * @param patience so long a database that is away is waited for
     */
    public AwaitedDatabase(JdbcConnectionDetails database, Duration patience) {
        super(
                database.getJdbcUrl(),
                Objects.requireNonNullElse(database.getUsername(), ""),
                Objects.requireNonNullElse(database.getPassword(), ""));
        this.patience = patience;
        var limits = new Properties();
        limits.setProperty("connectTimeout", "3");
        limits.setProperty("loginTimeout", "5");
        setConnectionProperties(limits);
    }

    @Override
    public Connection getConnection() {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return super.getConnection();
            } catch (SQLException e) {
                Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                if (!passes(e)
                        || left.compareTo(PAUSE) < 0
                        || Thread.currentThread().isInterrupted()) {
                    throw new DatabaseAway(address(), e);
                }
                log.warn(
                        "the database at {} cannot be used yet ({}); it is waited for, {} s more at most",
                        address(),
                        reason(e),
                        left.toSeconds());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Not reached (08), no room for us (53), still starting or just going down (57P). */
    static boolean passes(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "08");
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }

    static String reason(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason") + ", SQLState " + e.getSQLState();
    }

    /** Without parameters, among which somebody may have put a password. */
    private String address() {
        return String.valueOf(getUrl()).replaceFirst("\\?.*", "");
    }
}
