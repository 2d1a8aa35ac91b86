package org.etcdmedic.handover.jdbc;

import javax.sql.DataSource;
import org.etcdmedic.handover.Secrets;
import org.etcdmedic.veil.Secret;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secret in PostgreSQL, drawn when its table was made. */
public final class SqlSecrets implements Secrets {
    private final JdbcClient database;

    /** The secret in this database. */
    public SqlSecrets(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public Secret own() {
        return new Secret(database.sql("select secret from package_secret")
                .query(byte[].class)
                .single());
    }
}
