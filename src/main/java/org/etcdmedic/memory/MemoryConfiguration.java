package org.etcdmedic.memory;

import java.time.Clock;
import org.etcdmedic.audit.Actors;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.knowledge.Knowledge;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MemorySettings.class)
class MemoryConfiguration {
    @Bean
    Recall recall(Sightings sightings, Feedbacks feedbacks, MemorySettings settings) {
        return new Recall(sightings, feedbacks, settings);
    }

    @Bean
    GiveFeedback giveFeedback(
            Diagnoses diagnoses,
            Feedbacks feedbacks,
            Knowledge knowledge,
            Actors actors,
            AuditTrail audit,
            Clock clock) {
        return new GiveFeedback(diagnoses, feedbacks, knowledge, new GiveFeedback.Clerk(actors, audit, clock));
    }

    @Bean
    FieldAccuracy fieldAccuracy(Sightings sightings, Feedbacks feedbacks) {
        return new FieldAccuracy(sightings, feedbacks);
    }
}
