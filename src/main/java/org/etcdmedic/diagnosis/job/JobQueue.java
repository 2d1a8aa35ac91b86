package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.QueueFull;
import org.etcdmedic.diagnosis.QueueSettings;
import org.etcdmedic.platform.Traces;
import org.etcdmedic.platform.job.WakeAfterCommit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queues jobs inside the caller's transaction and wakes the workers as soon as it is committed. */
@Component
public class JobQueue {
    /** With a job goes the trace in which it was queued, where there is one. */
    static final TaskDescriptor<String> DIAGNOSIS = TaskDescriptor.of("diagnosis", String.class);

    private final ObjectProvider<SchedulerClient> client;

    private final JobClock clock;
    private final JdbcClient database;
    private final QueueSettings settings;
    private final Traces traces;

    JobQueue(
            ObjectProvider<SchedulerClient> client,
            JobClock clock,
            DataSource database,
            QueueSettings settings,
            Traces traces) {
        this.client = client;
        this.clock = clock;
        this.database = JdbcClient.create(database);
        this.settings = settings;
        this.traces = traces;
    }

    /**
     * Queues the job of a diagnosis. It exists if and only if the transaction commits.
     *
     * @throws QueueFull when as many wait as may; the transaction then keeps nothing
     */
    public void queue(DiagnosisId id) {
        int most = settings.mostWaiting();
        if (waiting(most) >= most) {
            throw new QueueFull(most);
        }
        SchedulerClient scheduler = client.getObject();
        var job = DIAGNOSIS.instance(id.toString());
        traces.parent().ifPresent(job::data);
        scheduler.scheduleIfNotExists(job.scheduledTo(clock.now()));
        WakeAfterCommit.of(scheduler);
    }

    /** Takes the job of a diagnosis back, unless a worker has it: that one finds nothing left to do. Inside the caller's transaction. */
    public void takeBack(DiagnosisId id) {
        database.sql("delete from scheduled_tasks where task_name = :name and task_instance = :id and not picked")
                .param("name", DIAGNOSIS.getTaskName())
                .param("id", id.toString())
                .update();
    }

    /** Whether a diagnosis is due and waits for a worker. */
    public boolean oneIsDue(Instant now) {
        return database.sql("""
                        select exists (select from scheduled_tasks
                                       where task_name = :name and not picked and execution_time <= :now)
                        """)
                .param("name", DIAGNOSIS.getTaskName())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** So many diagnoses wait for a worker; counted no further than needed. */
    private int waiting(int most) {
        return database.sql("""
                        select count(*) from (
                            select from scheduled_tasks where task_name = :name and not picked limit :most) waiting
                        """)
                .param("name", DIAGNOSIS.getTaskName())
                .param("most", most)
                .query(Integer.class)
                .single();
    }
}
