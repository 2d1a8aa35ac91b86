package org.etcdmedic.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

class DatabaseIT {
    @Test
    void givesEveryCallerADatabaseOfItsOwn() throws SQLException {
        try (Connection one = connect(Database.fresh());
                Connection other = connect(Database.fresh())) {
            one.createStatement().execute("CREATE TABLE mine (x int)");
            other.createStatement().execute("CREATE TABLE mine (x int)");
            assertThat(one.getCatalog()).isNotEqualTo(other.getCatalog());
        }
    }

    @Test
    void worksInAZoneThatIsNotUtc() throws SQLException {
        try (Connection connection = connect(Database.fresh());
                var zone = connection.createStatement().executeQuery("SHOW timezone")) {
            zone.next();
            assertThat(zone.getString(1)).isEqualTo("Asia/Kathmandu");
        }
    }

    private static Connection connect(JdbcConnectionDetails database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}
