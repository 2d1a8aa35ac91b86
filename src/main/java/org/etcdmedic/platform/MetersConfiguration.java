package org.etcdmedic.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is measured of the process itself, and what the numbers of all rooms have in common. */
@Configuration(proxyBeanMethods = false)
class MetersConfiguration {
    private static final String REQUESTS = "http.server.requests";
    private static final String INTAKE = "/alarms";

    /** Upper bounds in milliseconds: what is promised to senders (100 ms) and how long they are made to wait at most (5 s) among them. */
    private static final double[] INTAKE_BOUNDS = {10, 25, 50, 100, 250, 500, 1000, 3000, 5000, 10000};

    /** What runs now is told by the queue over all replicas; the tags of a thing that is not over yet would say nothing. */
    @Bean
    MeterFilter nothingUnfinished() {
        return MeterFilter.deny(
                id -> id.getName().startsWith("medic.") && id.getName().endsWith(".active"));
    }

    /** How long senders of alarms wait is told so that it can be added up over replicas; of other requests nobody needs that. */
    @Bean
    MeterFilter intakeInBuckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                if (id.getName().equals(REQUESTS) && INTAKE.equals(id.getTag("uri"))) {
                    return DistributionStatisticConfig.builder()
                            .serviceLevelObjectives(DoubleStream.of(INTAKE_BOUNDS)
                                    .map(millis -> millis * 1e6)
                                    .toArray())
                            .build()
                            .merge(config);
                }
                return config;
            }
        };
    }

    @Bean
    MeterBinder build() {
        String version = Optional.ofNullable(
                        MetersConfiguration.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        return registry -> Gauge.builder("medic.build", () -> 1)
                .description("always 1; its tags say which release runs on which Java")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    @Bean
    MeterBinder clockOffset(Clock shared) {
        Clock own = Clock.systemUTC();
        return registry -> Gauge.builder(
                        "medic.clock.offset.seconds",
                        () -> Duration.between(own.instant(), shared.instant()).toMillis() / 1000.0)
                .description("the database's clock, by which everything goes, minus that of this machine")
                .register(registry);
    }
}
