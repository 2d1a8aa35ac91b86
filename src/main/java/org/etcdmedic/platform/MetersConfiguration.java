package org.etcdmedic.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is measured of the process itself, and what the numbers of all rooms have in common. */
@Configuration(proxyBeanMethods = false)
class MetersConfiguration {
    /** What runs now is told by the queue over all replicas; the tags of a thing that is not over yet would say nothing. */
    @Bean
    MeterFilter nothingUnfinished() {
        return MeterFilter.deny(
                id -> id.getName().startsWith("medic.") && id.getName().endsWith(".active"));
    }

    /**
     * An exemplar belongs to a bucket: the Prometheus of Debian 12 (2.42) refuses the whole answer for one at the count of a timer without
     * buckets. So each has one at least.
     */
    @Bean
    MeterFilter bucketsForAll() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                if (config.getServiceLevelObjectiveBoundaries() != null) {
                    return config;
                }
                return switch (id.getType()) {
                    case TIMER ->
                        withBucket(config, (double) Duration.ofSeconds(1).toNanos());
                    case DISTRIBUTION_SUMMARY -> withBucket(config, 1);
                    default -> config;
                };
            }
        };
    }

    private static DistributionStatisticConfig withBucket(DistributionStatisticConfig config, double bound) {
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(bound)
                .build()
                .merge(config);
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
