package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** While a node is asked, no transaction is open: a sick node must not hold a lock or a connection of the database. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(NoTransactionIT.Watching.class)
class NoTransactionIT {
    private static final BlockingQueue<Long> OPEN_TRANSACTIONS = new LinkedBlockingQueue<>();

    @TestConfiguration(proxyBeanMethods = false)
    static class Watching {
        @Bean
        JdbcConnectionDetails database() {
            return Database.fresh();
        }

        /** Counts the transactions that the database has open while a node would be asked. */
        @Bean
        @Primary
        Prober watchingProber(HikariDataSource dataSource) {
            var jdbc = JdbcClient.create(dataSource);
            return (Node node, Instant deadline) -> {
                OPEN_TRANSACTIONS.add(jdbc.sql("""
                                select count(*) from pg_stat_activity
                                where datname = current_database() and pid <> pg_backend_pid()
                                  and state like 'idle in transaction%'
                                """).query(Long.class).single());
                return new NotThere();
            };
        }
    }

    private record NotThere() implements Visit {
        @Override
        public Reach reach() {
            return new Reach.NotIn(
                    Instant.EPOCH, Duration.ZERO, Reach.Obstacle.CONNECT_REFUSED, "nobody", Optional.of(true));
        }

        @Override
        public List<Capture> ask(List<Question> questions) {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void holdsNoTransactionWhileANodeIsAsked() throws InterruptedException {
        var api = new Api("http://127.0.0.1:" + port);
        api.put("/instances/i1", "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"127.0.0.1\"}]}");

        String id = api.post(
                        "/alarms",
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"%s\"}".formatted(Instant.now()))
                .json()
                .path("diagnosisId")
                .stringValue();

        assertThat(OPEN_TRANSACTIONS.poll(20, TimeUnit.SECONDS)).isZero();
        api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(20));
    }
}
