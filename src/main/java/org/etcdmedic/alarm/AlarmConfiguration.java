package org.etcdmedic.alarm;

import java.time.Clock;
import org.etcdmedic.diagnosis.CancelDiagnosis;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.inventory.Instances;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {
    @Bean
    AcceptAlarm acceptAlarm(Alarms alarms, Diagnoses diagnoses, Instances instances, Clock clock) {
        return new AcceptAlarm(alarms, diagnoses, instances, clock);
    }

    @Bean
    ClearAlarms clearAlarms(
            Alarms alarms, Diagnoses diagnoses, CancelDiagnosis cancel, ApplicationEventPublisher events, Clock clock) {
        return new ClearAlarms(alarms, diagnoses, cancel, events, clock);
    }
}
