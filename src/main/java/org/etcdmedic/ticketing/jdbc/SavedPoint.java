package org.etcdmedic.ticketing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Work inside another's transaction that may fail without it. */
@Component
public class SavedPoint {
    private final DataSource database;

    SavedPoint(DataSource database) {
        this.database = database;
    }

    /**
     * Does it. What cannot ever succeed is undone and thrown as {@link Undone}; what may succeed the next time (a lost connection, a
     * lock) is thrown as it is and takes the transaction with it, which will be tried again as a whole.
     */
    public void run(Runnable work) throws Undone {
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            Savepoint point = connection.setSavepoint();
            try {
                work.run();
                connection.releaseSavepoint(point);
            } catch (RuntimeException failed) {
                if (failed instanceof DataAccessException && !(failed instanceof NonTransientDataAccessException)) {
                    throw failed;
                }
                connection.rollback(point);
                throw new Undone(failed);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("the transaction cannot be saved", broken);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** The work failed and left nothing. */
    public static final class Undone extends Exception {
        private static final long serialVersionUID = 1L;

        Undone(RuntimeException cause) {
            super(cause);
        }
    }
}
