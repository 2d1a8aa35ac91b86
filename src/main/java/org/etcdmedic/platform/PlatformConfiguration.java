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
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

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

    /**
     * Whoever catches an exception decides what becomes of the transaction. By default one that leaves a transactional method dooms the
     * transaction around it, also when it is caught there and what the method wrote is rolled back to a savepoint.
     */
    @Bean
    TransactionManagerCustomizer<AbstractPlatformTransactionManager> whoCatchesDecides() {
        return transactions -> transactions.setGlobalRollbackOnParticipationFailure(false);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrations(
            JdbcConnectionDetails database, @Value("${medic.database.wait-at-start:2m}") Duration patience) {
        return new AwaitedDatabase(database, patience);
    }
}
