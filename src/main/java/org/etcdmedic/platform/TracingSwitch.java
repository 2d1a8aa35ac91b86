package org.etcdmedic.platform;

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
    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    /** After everybody who may still name the place, such as OTEL_EXPORTER_OTLP_ENDPOINT. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty(ENDPOINT, "").isBlank()) {
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
