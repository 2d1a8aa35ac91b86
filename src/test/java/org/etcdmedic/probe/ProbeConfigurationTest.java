package org.etcdmedic.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.etcdmedic.probe.observed.ObservedProber;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ProbeConfigurationTest {

    @Test
    void offersTheShippedCatalogueAndAProberToTheOtherRooms() {
        new ApplicationContextRunner()
                .withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Clock.class, Clock::systemUTC)
                .withUserConfiguration(ProbeConfiguration.class)
                .run(context -> {
                    assertThat(context.getBean(ProbeCatalogue.class).all()).isNotEmpty();
                    assertThat(context.getBean(Prober.class)).isInstanceOf(ObservedProber.class);
                });
    }
}
