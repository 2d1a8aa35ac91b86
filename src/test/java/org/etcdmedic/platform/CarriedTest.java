package org.etcdmedic.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CarriedTest {
    private final ObservationRegistry observations = ObservationRegistry.create();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void takesTheCaseToAnotherThreadAndLeavesNothingThere() throws Exception {
        observations.observationConfig().observationHandler(context -> true);
        Observation observation = Observation.start("case", observations);
        MDC.put("diagnosis", "d1");
        try (var one = Executors.newSingleThreadExecutor();
                var scope = observation.openScope()) {
            Callable<String> look = () -> MDC.get("diagnosis") + " "
                    + Objects.equals(observations.getCurrentObservation(), scope.getCurrentObservation());
            assertThat(one.submit(Carried.over(look)).get()).isEqualTo("d1 true");
            assertThat(one.submit(look).get()).as("the same thread afterwards").isEqualTo("null false");
        }
    }

    @Test
    void takesWhatIsKnownWhenItIsCalledAndNotLater() throws Exception {
        MDC.put("diagnosis", "d1");
        Callable<String> carried = Carried.over((Callable<String>) () -> MDC.get("diagnosis"));
        MDC.put("diagnosis", "d2");
        try (var one = Executors.newSingleThreadExecutor()) {
            assertThat(one.submit(carried).get()).isEqualTo("d1");
        }
    }
}
