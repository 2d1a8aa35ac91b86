package org.etcdmedic.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.etcdmedic.probe.ssh.JschProber;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ProbeConfigurationTest {

    @Test
    void offersTheShippedCatalogueAndAProberToTheOtherRooms() {
        new ApplicationContextRunner()
                .withBean(Clock.class, Clock::systemUTC)
                .withUserConfiguration(ProbeConfiguration.class)
                .run(context -> {
                    assertThat(context.getBean(ProbeCatalogue.class).all()).isNotEmpty();
                    assertThat(context.getBean(Prober.class)).isInstanceOf(JschProber.class);
                });
    }
}
