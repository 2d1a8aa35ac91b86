package org.etcdmedic.ticketing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Trust;
import org.etcdmedic.report.FindReport;
import org.etcdmedic.ticketing.letter.WriteLetter;
import org.etcdmedic.ticketing.target.TargetKind;
import org.etcdmedic.ticketing.template.Presets;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TicketSettings.class)
class TicketingConfiguration {
    @Bean
    Targets targets(
            TicketSettings settings,
            List<TargetKind> coded,
            SslBundles bundles,
            ObservationRegistry observations,
            Clock clock) {
        var kinds = new ArrayList<>(Presets.shipped());
        kinds.addAll(coded);
        return Targets.of(
                settings,
                kinds,
                bundle -> new Courier(settings.limit(), Trust.of(bundles, bundle), clock, observations));
    }

    @Bean
    WriteTickets writeTickets(Tellings tellings, Diagnoses diagnoses, Alarms alarms, Targets targets, Clock clock) {
        return new WriteTickets(tellings, diagnoses, alarms, targets, clock);
    }

    @Bean
    WriteLetter writeLetter(
            Diagnoses diagnoses, Alarms alarms, FindReport reports, Knowledge knowledge, Targets targets) {
        return new WriteLetter(diagnoses, alarms, reports, knowledge, targets.link());
    }

    @Bean
    MakeAttempt makeAttempt(
            Attempts attempts, SendTelling send, MeterRegistry meters, ObservationRegistry observations, Clock clock) {
        return new MakeAttempt(
                send,
                new NoteOutcome(attempts, new Schedule(RandomGenerator.getDefault()), new DeliveryCounters(meters)),
                observations,
                clock);
    }

    @Bean
    SendTelling sendTelling(Targets targets, WriteLetter letters, Clock clock) {
        return new SendTelling(targets, letters, new LookForTicket(clock), clock);
    }

    @Bean
    DeliverTicket deliverTicket(Attempts attempts, Targets targets, MakeAttempt make, Clock clock) {
        return new DeliverTicket(attempts, targets, make, clock);
    }

    @Bean
    OperateTickets operateTickets(
            Tellings tellings, Targets targets, TargetStates states, AuditTrail audit, Clock clock) {
        return new OperateTickets(tellings, targets, states, audit, clock);
    }

    @Bean
    TryTarget tryTarget(
            Targets targets, Diagnoses diagnoses, WriteLetter letters, OperateTickets operate, Clock clock) {
        return new TryTarget(targets, diagnoses, letters, operate, clock);
    }
}
