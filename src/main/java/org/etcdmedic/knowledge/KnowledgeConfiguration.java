package org.etcdmedic.knowledge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.ProbeCatalogue;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the knowledge once, at the start, and stops the start when it is not sound. */
@Configuration(proxyBeanMethods = false)
class KnowledgeConfiguration {
    @Bean
    Knowledge knowledge(ProbeCatalogue probes) {
        return YamlKnowledge.shipped(probes);
    }

    /** It is read, or there is no service; which one it is can be asked. */
    @Bean
    HealthIndicator knowledgeHealthIndicator(Knowledge knowledge) {
        return () -> Health.up()
                .withDetail("version", knowledge.version())
                .withDetail("causes", knowledge.causes().size())
                .withDetail("signatures", knowledge.signatures().size())
                .build();
    }

    @Bean
    MeterBinder knowledgeVersion(Knowledge knowledge) {
        return registry -> Gauge.builder("medic.knowledge", () -> 1)
                .description("always 1; its tag says by which knowledge is judged")
                .tag("version", knowledge.version())
                .register(registry);
    }

    @Bean
    SignatureEngine signatureEngine(Knowledge knowledge) {
        return new SignatureEngine(knowledge.signatures());
    }
}
