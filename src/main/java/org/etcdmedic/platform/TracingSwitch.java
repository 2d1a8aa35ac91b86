package org.etcdmedic.platform;

import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Without a place that traces are sent to, nothing is traced: no span is made that nobody reads. */
final class TracingSwitch implements EnvironmentPostProcessor, Ordered {
    /** Each names the place. Boot makes the first of the others, but whether before us or after us is not said. */
    private static final List<String> PLACES = List.of(
            "management.opentelemetry.tracing.export.otlp.endpoint",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_ENDPOINT");

    /** After everybody who reads files. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (PLACES.stream().allMatch(place -> environment.getProperty(place, "").isBlank())) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "without traces",
                            Map.of(
                                    "management.opentelemetry.enabled",
                                    "false",
                                    "spring.autoconfigure.exclude",
                                    OpenTelemetryTracingAutoConfiguration.class.getName() + ","
                                            + MicrometerTracingAutoConfiguration.class.getName() + ","
                                            + environment.getProperty("spring.autoconfigure.exclude", ""))));
        }
    }
}
