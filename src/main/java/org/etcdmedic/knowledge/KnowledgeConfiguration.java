package org.etcdmedic.knowledge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.platform.WrongSetting;
import org.etcdmedic.probe.ProbeCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the knowledge once, at the start, and stops the start when it is not sound. */
@Configuration(proxyBeanMethods = false)
class KnowledgeConfiguration {
    private static final String SHIPPED = "classpath:";
    private static final String FILE = "file:";
    private static final Logger log = LoggerFactory.getLogger(KnowledgeConfiguration.class);

    /**
     * The knowledge in use.
     *
     * @param location a directory of this machine that holds knowledge as a whole, {@code file:} before it or not; {@code classpath:}
     *     for what comes with the program
     */
    @Bean
    Knowledge knowledge(@Value("${medic.knowledge.location:" + SHIPPED + "}") String location, ProbeCatalogue probes) {
        String stated = location.strip();
        return stated.isEmpty() || stated.equals(SHIPPED)
                ? YamlKnowledge.shipped(probes)
                : own(Path.of(stated.startsWith(FILE) ? stated.substring(FILE.length()) : stated), probes);
    }

    private static Knowledge own(Path directory, ProbeCatalogue probes) {
        if (!Files.isDirectory(directory)) {
            throw new WrongSetting("medic.knowledge.location: there is no directory " + directory);
        }
        Knowledge own = YamlKnowledge.own(KnowledgeFiles.directory(directory), probes);
        log.info("judging by the knowledge in {}, version {}", directory, own.version());
        return own;
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
