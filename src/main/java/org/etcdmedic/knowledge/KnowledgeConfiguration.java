package org.etcdmedic.knowledge;

import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the knowledge once, at the start, and stops the start when it is not sound. */
@Configuration(proxyBeanMethods = false)
class KnowledgeConfiguration {
    @Bean
    Knowledge knowledge() {
        return YamlKnowledge.shipped();
    }

    @Bean
    SignatureEngine signatureEngine(Knowledge knowledge) {
        return new SignatureEngine(knowledge.signatures());
    }
}
