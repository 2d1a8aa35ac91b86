package org.etcdmedic.handover;

import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.handover.archive.TarArchive;
import org.etcdmedic.handover.jdbc.SqlSecrets;
import org.etcdmedic.handover.json.JsonJudgements;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.report.ReportFormat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class HandoverConfiguration {
    @Bean
    PackDiagnosis packDiagnosis(
            Diagnoses diagnoses,
            Instances instances,
            Knowledge knowledge,
            List<ReportFormat> reports,
            DataSource database) {
        String product =
                Objects.requireNonNullElse(PackDiagnosis.class.getPackage().getImplementationVersion(), "development");
        var writing = new PackDiagnosis.Writing(reports, new JsonJudgements(), new TarArchive(), product);
        return new PackDiagnosis(diagnoses, instances, knowledge, new SqlSecrets(database), writing);
    }
}
