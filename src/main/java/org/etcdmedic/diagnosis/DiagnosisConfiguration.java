package org.etcdmedic.diagnosis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.List;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.bundle.BundleReader;
import org.etcdmedic.bundle.json.JsonOwnCaptures;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.outside.ObservedWitness;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.verdict.Reasoner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DiagnosisSettings.class, BundleSettings.class, QueueSettings.class})
class DiagnosisConfiguration {
    @Bean
    Reasoner reasoner(Knowledge knowledge) {
        return new Reasoner(knowledge);
    }

    @Bean
    StartDiagnosis startDiagnosis(
            Diagnoses diagnoses, Instances instances, RequestKeys keys, AuditTrail audit, Clock clock) {
        return new StartDiagnosis(diagnoses, instances, keys, audit, clock);
    }

    @Bean
    CancelDiagnosis cancelDiagnosis(Diagnoses diagnoses, AuditTrail audit, EndingCounters endings, Clock clock) {
        return new CancelDiagnosis(diagnoses, audit, endings, clock);
    }

    @Bean
    EndingCounters endingCounters(MeterRegistry registry) {
        return new EndingCounters(registry);
    }

    @Bean
    RerunDiagnosis rerunDiagnosis(
            Diagnoses diagnoses,
            Bundles bundles,
            Instances instances,
            RequestKeys keys,
            AuditTrail audit,
            Clock clock) {
        return new RerunDiagnosis(diagnoses, bundles, instances, keys, audit, clock);
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
            Bundles bundles,
            ObservationRegistry observations,
            Clock clock) {
        var steps = new ObservedSteps(observations);
        List<Witness> observed = witnesses.stream()
                .<Witness>map(witness -> new ObservedWitness(witness, observations))
                .toList();
        var investigation = new Investigation(prober, new ProbePlanner(catalogue), observed, steps, clock);
        var nodes = new JudgeNodes(diagnoses, instances, investigation, reasoner, steps, settings, clock);
        return new RunDiagnosis(
                diagnoses, nodes, new JudgeBundle(diagnoses, bundles, reasoner, steps, clock), settings, clock);
    }

    @Bean
    StoredCases storedCases(Diagnoses diagnoses, Bundles bundles) {
        return new StoredCases(diagnoses, bundles);
    }

    @Bean
    BundleReader bundleReader(Knowledge knowledge, BundleSettings limits, Clock clock) {
        return new BundleReader(knowledge, limits.limits(), new JsonOwnCaptures(), clock);
    }

    @Bean
    KeepBundle keepBundle(Bundles bundles, RequestKeys keys, AuditTrail audit, Clock clock) {
        return new KeepBundle(bundles, keys, audit, clock);
    }

    @Bean
    AcceptBundle acceptBundle(
            BundleReader reader, KeepBundle bundles, DiagnosisSettings settings, BundleSettings limits) {
        return new AcceptBundle(reader, bundles, settings, limits);
    }
}
