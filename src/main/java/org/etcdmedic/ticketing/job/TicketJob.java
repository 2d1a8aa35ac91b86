package org.etcdmedic.ticketing.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.ticketing.DeliverTicket;
import org.etcdmedic.ticketing.TicketId;
import org.etcdmedic.ticketing.Tickets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger log = LoggerFactory.getLogger(TicketJob.class);
    private static final long LONGEST_WAIT_SECONDS = 60;

    @Bean
    CustomTask<Void> ticketTask(
            ObjectProvider<DeliverTicket> deliver,
            ObjectProvider<Tickets> tickets,
            ObjectProvider<PlatformTransactionManager> transactions,
            Clock clock) {
        return Tasks.custom(TicketJobs.TICKET.getTaskName(), Void.class)
                .onFailure(retryLater(clock))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    var id = new TicketId(UUID.fromString(instance.getId()));
                    Optional<Instant> pause = deliver.getObject().attempt(id);
                    return goOn(id, pause, tickets.getObject(), transactions.getObject());
                });
    }

    /** Decided under the lock of the ticket's row: whoever adds to the ticket has its job still, or queues it anew. */
    private static CompletionHandler<Void> goOn(
            TicketId id, Optional<Instant> pause, Tickets tickets, PlatformTransactionManager transactions) {
        return (ExecutionComplete complete, ExecutionOperations<Void> operations) -> new TransactionTemplate(
                        transactions)
                .executeWithoutResult(status -> tickets.due(id)
                        .map(due -> pause.filter(due::isBefore).orElse(due))
                        .ifPresentOrElse(next -> operations.reschedule(complete, next), operations::remove));
    }

    /** What fails here is the database or the process. */
    private static FailureHandler<Void> retryLater(Clock clock) {
        return (ExecutionComplete complete, ExecutionOperations<Void> operations) -> {
            int failures = complete.getExecution().consecutiveFailures + 1;
            Duration wait = Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures, 16)));
            log.warn(
                    "ticket {} could not be seen to ({}); it is tried again in {} s",
                    complete.getExecution().taskInstance.getId(),
                    complete.getCause()
                            .map(cause -> cause.getClass().getSimpleName())
                            .orElse("unknown"),
                    wait.toSeconds());
            operations.reschedule(complete, clock.instant().plus(wait));
        };
    }
}
