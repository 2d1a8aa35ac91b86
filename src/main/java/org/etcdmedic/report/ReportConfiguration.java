package org.etcdmedic.report;

import org.etcdmedic.diagnosis.Diagnoses;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hangs the room into the application. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {
    @Bean
    FindReport findReport(Diagnoses diagnoses) {
        return new FindReport(diagnoses);
    }
}
