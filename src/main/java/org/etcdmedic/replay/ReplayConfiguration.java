package org.etcdmedic.replay;

import java.time.Clock;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.bundle.BundleReader;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.StoredCases;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.verdict.Reasoner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {
    @Bean
    ReadCandidate readCandidate(ProbeCatalogue probes, BundleReader bundles) {
        return new ReadCandidate(probes, bundles.limits());
    }

    @Bean
    StartReplay startReplay(Replays replays, Diagnoses diagnoses, AuditTrail audit, Clock clock) {
        return new StartReplay(replays, diagnoses, audit, clock);
    }

    @Bean
    EndReplay endReplay(Replays replays, AuditTrail audit, Clock clock) {
        return new EndReplay(replays, audit, clock);
    }

    @Bean
    RunReplay runReplay(
            Replays replays,
            StoredCases cases,
            Knowledge knowledge,
            Reasoner inUse,
            ProbeCatalogue probes,
            Clock clock) {
        return new RunReplay(replays, cases, new Reasoners(knowledge, inUse, probes), clock);
    }
}
