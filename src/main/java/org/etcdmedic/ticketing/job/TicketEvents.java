package org.etcdmedic.ticketing.job;

import io.micrometer.core.instrument.MeterRegistry;
import org.etcdmedic.diagnosis.DiagnosisCleared;
import org.etcdmedic.diagnosis.DiagnosisConcluded;
import org.etcdmedic.diagnosis.DiagnosisFailed;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.ticketing.WriteTickets;
import org.etcdmedic.ticketing.jdbc.SavedPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears what happens to diagnoses, inside the transaction in which it happens: the ticket is born with the verdict or not at all. A
 * mistake of ours here costs the ticket, which is told loudly, but never the verdict.
 */
@Component
class TicketEvents {
    private static final Logger log = LoggerFactory.getLogger(TicketEvents.class);

    private final WriteTickets write;
    private final SavedPoint saved;
    private final MeterRegistry meters;

    TicketEvents(WriteTickets write, SavedPoint saved, MeterRegistry meters) {
        this.write = write;
        this.saved = saved;
        this.meters = meters;
    }

    @EventListener
    void on(DiagnosisConcluded event) {
        within(event.id(), () -> write.ended(event.id()));
    }

    @EventListener
    void on(DiagnosisFailed event) {
        within(event.id(), () -> write.ended(event.id()));
    }

    @EventListener
    void on(DiagnosisCleared event) {
        within(event.id(), () -> write.cleared(event.id()));
    }

    private void within(DiagnosisId id, Runnable work) {
        try {
            saved.run(work);
        } catch (SavedPoint.Undone undone) {
            meters.counter("medic.tickets.unborn").increment();
            log.error("diagnosis {} has its verdict, but NO TICKET could be made of it", id, undone);
        }
    }
}
