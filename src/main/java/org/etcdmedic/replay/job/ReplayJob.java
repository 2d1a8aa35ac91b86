package org.etcdmedic.replay.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.util.UUID;
import org.etcdmedic.platform.job.LaterEachTime;
import org.etcdmedic.replay.ReplayId;
import org.etcdmedic.replay.RunReplay;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The durable job that runs a replay, slice by slice. The job of a lost worker is revived by any other one, which goes on
 * with the diagnosis that was under way.
 */
@Configuration(proxyBeanMethods = false)
class ReplayJob {
    @Bean
    CustomTask<Void> replayTask(ObjectProvider<RunReplay> run, Clock clock) {
        return Tasks.custom(ReplayQueue.REPLAY)
                .onFailure(new LaterEachTime<>(clock))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run.getObject()
                        .slice(new ReplayId(UUID.fromString(instance.getId())))
                        .<CompletionHandler<Void>>map(after -> (complete, operations) ->
                                operations.reschedule(complete, clock.instant().plus(after)))
                        .orElseGet(CompletionHandler.OnCompleteRemove::new));
    }
}
