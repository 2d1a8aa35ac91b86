package org.etcdmedic.platform;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.etcdmedic.platform.jdbc.AwaitedDatabase;
import org.etcdmedic.platform.jdbc.DatabaseClock;
import org.etcdmedic.platform.jdbc.DatabaseHealth;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans that know nothing of the domain. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    /** The time for everything that the service writes down or decides. */
    @Bean
    Clock clock(DataSource database) {
        return new DatabaseClock(database);
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(DataSource database) {
        var client = JdbcClient.create(database);
        return new DatabaseHealth(
                () -> client.sql("select 1").query(Integer.class).single(), System::nanoTime);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrations(
            JdbcConnectionDetails database, @Value("${medic.database.wait-at-start:2m}") Duration patience) {
        return new AwaitedDatabase(database, patience);
    }
}
