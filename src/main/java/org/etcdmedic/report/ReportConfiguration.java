package org.etcdmedic.report;

import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.memory.Recall;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hangs the room into the application. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {
    @Bean
    FindReport findReport(Diagnoses diagnoses, Recall recall) {
        return new FindReport(diagnoses, recall);
    }
}
