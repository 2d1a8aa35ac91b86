package org.etcdmedic.platform.retention;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.etcdmedic.platform.Sweep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the sweeps again and again, on one replica at a time. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionJob {
    @Bean
    Retention retention(List<Sweep> sweeps, RetentionSettings settings, MeterRegistry meters, Clock clock) {
        return new Retention(sweeps, settings, meters, clock);
    }

    /** The scheduler is made before the rooms are; they are looked up when it is time. */
    @Bean
    RecurringTask<Void> retentionTask(ObjectProvider<Retention> retention, RetentionSettings settings) {
        return Tasks.recurring("retention", FixedDelay.of(settings.every()))
                .execute((instance, context) -> retention
                        .getObject()
                        .run(() -> context.getSchedulerState().isShuttingDown()));
    }
}
