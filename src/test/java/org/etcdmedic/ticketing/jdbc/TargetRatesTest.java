package org.etcdmedic.ticketing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.etcdmedic.ticketing.target.Limits.Rate;
import org.junit.jupiter.api.Test;

class TargetRatesTest {
    @Test
    void noSpanEverSeesMoreThanTheRate() {
        for (int requests = 2; requests <= 200; requests++) {
            var rate = new Rate(requests, Duration.ofMinutes(1));
            int burst = TargetRates.burst(rate);
            long flowing = rate.per().toMillis() / TargetRates.interval(rate).toMillis();
            assertThat(burst + flowing).as(requests + "/1m").isLessThanOrEqualTo(requests);
        }
    }

    @Test
    void oneInATimeIsOneInThatTime() {
        var rate = new Rate(1, Duration.ofSeconds(1));
        assertThat(TargetRates.burst(rate)).isEqualTo(1);
        assertThat(TargetRates.interval(rate)).isEqualTo(Duration.ofSeconds(1));
    }
}
