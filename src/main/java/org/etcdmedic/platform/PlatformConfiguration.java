package org.etcdmedic.platform;

import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The beans that know nothing of the domain. */
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Migrations have connections of their own: what bounds a request in time would cut a long migration off. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrations(JdbcConnectionDetails database) {
        return new DriverManagerDataSource(
                database.getJdbcUrl(),
                Objects.requireNonNullElse(database.getUsername(), ""),
                Objects.requireNonNullElse(database.getPassword(), ""));
    }
}
