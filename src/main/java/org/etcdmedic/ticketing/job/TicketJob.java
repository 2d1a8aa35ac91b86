package org.etcdmedic.ticketing.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.platform.job.LaterEachTime;
import org.etcdmedic.ticketing.Attempts;
import org.etcdmedic.ticketing.DeliverTicket;
import org.etcdmedic.ticketing.TicketId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The durable job of a ticket: it lives as long as something is owed, each run is one attempt. There is one for each ticket, so its
 * tellings go out one after the other. The job of a lost worker is revived by any other one.
 */
@Configuration(proxyBeanMethods = false)
class TicketJob {
    @Bean
    CustomTask<String> ticketTask(
            ObjectProvider<DeliverTicket> deliver,
            ObjectProvider<Attempts> attempts,
            ObjectProvider<PlatformTransactionManager> transactions,
            Clock clock) {
        return Tasks.custom(TicketJobs.TICKET.getTaskName(), String.class)
                .onFailure(new LaterEachTime<>(clock))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    var id = new TicketId(UUID.fromString(instance.getId()));
                    Optional<Instant> pause = deliver.getObject().attempt(id, Optional.ofNullable(instance.getData()));
                    return goOn(id, pause, attempts.getObject(), transactions.getObject());
                });
    }

    /** Decided under the lock of the ticket's row: whoever adds to the ticket has its job still, or queues it anew. */
    private static CompletionHandler<String> goOn(
            TicketId id, Optional<Instant> pause, Attempts attempts, PlatformTransactionManager transactions) {
        return (ExecutionComplete complete, ExecutionOperations<String> operations) -> new TransactionTemplate(
                        transactions)
                .executeWithoutResult(status -> attempts.due(id)
                        .map(due -> pause.filter(due::isBefore).orElse(due))
                        .ifPresentOrElse(next -> operations.reschedule(complete, next), operations::remove));
    }
}
