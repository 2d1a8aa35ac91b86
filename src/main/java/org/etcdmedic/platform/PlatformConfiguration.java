package org.etcdmedic.platform;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.etcdmedic.platform.jdbc.AwaitedDatabase;
import org.etcdmedic.platform.jdbc.DatabaseClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that know nothing of the domain. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    /** The time for everything that the service writes down or decides. */
    @Bean
    Clock clock(DataSource database) {
        return new DatabaseClock(database);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrations(
            JdbcConnectionDetails database, @Value("${medic.database.wait-at-start:2m}") Duration patience) {
        return new AwaitedDatabase(database, patience);
    }
}
