package org.etcdmedic.replay.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import javax.sql.DataSource;
import org.etcdmedic.platform.job.WakeAfterCommit;
import org.etcdmedic.replay.ReplayId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queues replays among the diagnoses, inside the caller's transaction. */
@Component
public class ReplayQueue {
    static final TaskDescriptor<Void> REPLAY = TaskDescriptor.of("replay");

    private final ObjectProvider<SchedulerClient> client;
    private final JdbcClient database;

    ReplayQueue(ObjectProvider<SchedulerClient> client, DataSource database) {
        this.client = client;
        this.database = JdbcClient.create(database);
    }

    /** Queues the job of a replay. It exists if and only if the transaction commits. */
    public void queue(ReplayId id, Instant now) {
        SchedulerClient scheduler = client.getObject();
        scheduler.scheduleIfNotExists(REPLAY.instance(id.toString()).scheduledTo(now));
        WakeAfterCommit.of(scheduler);
    }

    /** Takes the job of a replay back, unless a worker has it: that one finds nothing left to do. Inside the caller's transaction. */
    public void takeBack(ReplayId id) {
        database.sql("delete from scheduled_tasks where task_name = :name and task_instance = :id and not picked")
                .param("name", REPLAY.getTaskName())
                .param("id", id.toString())
                .update();
    }
}
