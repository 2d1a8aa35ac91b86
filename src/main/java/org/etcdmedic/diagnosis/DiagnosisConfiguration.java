package org.etcdmedic.diagnosis;

import java.time.Clock;
import org.etcdmedic.audit.AuditTrail;
import java.util.List;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.verdict.Reasoner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DiagnosisSettings.class)
class DiagnosisConfiguration {
    @Bean
    Reasoner reasoner(Knowledge knowledge) {
        return new Reasoner(knowledge);
    }

    @Bean
    StartDiagnosis startDiagnosis(Diagnoses diagnoses, Instances instances, AuditTrail audit, Clock clock) {
        return new StartDiagnosis(diagnoses, instances, audit, clock);
    }

    @Bean
    RunDiagnosis runDiagnosis(
            Diagnoses diagnoses,
            Instances instances,
            Prober prober,
            ProbeCatalogue catalogue,
            List<Witness> witnesses,
            Reasoner reasoner,
            DiagnosisSettings settings,
            Clock clock) {
        var investigation = new Investigation(prober, new ProbePlanner(catalogue), witnesses, clock);
        return new RunDiagnosis(diagnoses, instances, investigation, reasoner, settings, clock);
    }
}
