package org.etcdmedic.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
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
