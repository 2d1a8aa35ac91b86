package org.etcdmedic.knowledge;

import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.ProbeCatalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the knowledge once, at the start, and stops the start when it is not sound. */
@Configuration(proxyBeanMethods = false)
class KnowledgeConfiguration {
    @Bean
    Knowledge knowledge(ProbeCatalogue probes) {
        return YamlKnowledge.shipped(probes);
    }

    @Bean
    SignatureEngine signatureEngine(Knowledge knowledge) {
        return new SignatureEngine(knowledge.signatures());
    }
}
