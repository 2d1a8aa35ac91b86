package org.etcdmedic.ticketing.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.etcdmedic.platform.Traces;
import org.etcdmedic.platform.job.WakeAfterCommit;
import org.etcdmedic.ticketing.TicketId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queues deliveries inside the caller's transaction, one job for each ticket, and wakes the workers as soon as it is committed. */
@Component
public class TicketJobs {
    /** With a job goes the trace in which it was queued, where there is one. */
    static final TaskDescriptor<String> TICKET = TaskDescriptor.of("ticket", String.class);

    private final ObjectProvider<SchedulerClient> client;
    private final JdbcClient database;
    private final Traces traces;

    TicketJobs(ObjectProvider<SchedulerClient> client, DataSource database, Traces traces) {
        this.client = client;
        this.database = JdbcClient.create(database);
        this.traces = traces;
    }

    /** Queues the job of a ticket, unless it has one. Its row has to be locked by then. */
    public void queue(TicketId id, Instant now) {
        SchedulerClient scheduler = client.getObject();
        var job = TICKET.instance(id.toString());
        traces.parent().ifPresent(job::data);
        scheduler.scheduleIfNotExists(job.scheduledTo(now));
        WakeAfterCommit.of(scheduler);
    }

    /** Lets the jobs of a target go at once that wait for later. */
    public void hurry(String target, Instant now) {
        database.sql(
                        "update ticket set next_at = :now, place_kept = false where target = :target and state = 'PENDING'")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("target", target)
                .update();
        database.sql("""
                        update scheduled_tasks set execution_time = :now, version = version + 1
                        where task_name = :name and not picked and execution_time > :now
                          and task_instance in (select id::text from ticket where target = :target and state = 'PENDING')
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("name", TICKET.getTaskName())
                .param("target", target)
                .update();
        WakeAfterCommit.of(client.getObject());
    }
}
