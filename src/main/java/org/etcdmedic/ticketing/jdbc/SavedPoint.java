package org.etcdmedic.ticketing.jdbc;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * Work inside another's transaction that may fail without it. The transaction is not doomed by an exception that leaves one of the
 * work's own transactional methods: {@code PlatformConfiguration} sees to that.
 */
@Component
public class SavedPoint {
    private final DataSource database;
    private final EntityManager entities;
    private final SQLStateSQLExceptionTranslator states = new SQLStateSQLExceptionTranslator();

    SavedPoint(DataSource database, EntityManager entities) {
        this.database = database;
        this.entities = entities;
    }

    /**
     * Does it. What cannot ever succeed is undone and thrown as {@link Undone}; what may succeed the next time (a lost connection, a
     * full disk, a lock) is thrown as the database's failure that it is and takes the transaction with it, which will be tried again
     * as a whole.
     */
    public void run(Runnable work) throws Undone {
        // Else the rows that the caller has not written yet would be written behind the point, and be undone with the
        // work.
        entities.flush();
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            Savepoint point = connection.setSavepoint();
            try {
                work.run();
                connection.releaseSavepoint(point);
            } catch (RuntimeException failed) {
                Optional<DataAccessException> passing = passing(failed);
                if (passing.isPresent()) {
                    throw passing.get();
                }
                connection.rollback(point);
                // What the work left in the session would be written by the commit.
                entities.clear();
                throw new Undone(failed);
            }
        } catch (SQLException broken) {
            throw new DataAccessResourceFailureException("the transaction cannot be saved", broken);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** The database's failure behind it that may pass, whoever wrapped it: the queue's library does so in its own way. */
    private Optional<DataAccessException> passing(@Nullable Throwable failed) {
        return switch (failed) {
            case null -> Optional.empty();
            case NonTransientDataAccessResourceException away -> Optional.of(away);
            case NonTransientDataAccessException _ -> Optional.empty();
            case DataAccessException passing -> Optional.of(passing);
            // "The transaction is aborted" has what aborted it as its cause.
            case SQLException sql ->
                Optional.ofNullable(states.translate("work at a saved point", null, sql))
                        .flatMap(this::passing)
                        .or(() -> passing(sql.getCause()));
            default -> passing(failed.getCause());
        };
    }

    /** The work failed and left nothing. */
    public static final class Undone extends Exception {
        private static final long serialVersionUID = 1L;

        Undone(RuntimeException cause) {
            super(cause);
        }
    }
}
