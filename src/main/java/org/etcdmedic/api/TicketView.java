package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Reference;
import org.jspecify.annotations.Nullable;

/** A ticket on the wire; its schema is {@code Ticket} in the contract. Attempts stand only where one ticket is asked for. */
record TicketView(
        UUID id,
        String target,
        UUID diagnosisId,
        Remediation.Actor owner,
        String language,
        Ticket.State state,
        Action action,
        int revision,
        int delivered,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String link,
        Instant createdAt,
        Instant updatedAt,
        @Nullable List<DeliveryView> deliveries) {

    /** An attempt; its schema is {@code Delivery} in the contract. */
    record DeliveryView(
            int attempt,
            int revision,
            Action action,
            Instant startedAt,
            @Nullable Long durationMillis,
            @Nullable Integer status,
            Ticket.@Nullable Result result,
            @Nullable String reason) {
        static DeliveryView of(Ticket.Delivery delivery) {
            return new DeliveryView(
                    delivery.number(),
                    delivery.revision(),
                    delivery.action(),
                    delivery.startedAt(),
                    delivery.took().orElse(null),
                    delivery.status().orElse(null),
                    delivery.result().orElse(null),
                    delivery.reason().orElse(null));
        }
    }

    static TicketView of(Ticket ticket) {
        return of(ticket, null);
    }

    static TicketView of(Ticket.File file) {
        return of(
                file.ticket(), file.deliveries().stream().map(DeliveryView::of).toList());
    }

    private static TicketView of(Ticket ticket, @Nullable List<DeliveryView> deliveries) {
        return new TicketView(
                ticket.id().value(),
                ticket.target(),
                ticket.diagnosis().value(),
                ticket.owner(),
                ticket.language(),
                ticket.progress().state(),
                ticket.newest().action(),
                ticket.newest().revision(),
                ticket.progress().delivered(),
                ticket.progress().attempts(),
                ticket.progress().nextAt().orElse(null),
                ticket.progress().reason().orElse(null),
                ticket.reference().map(Reference::id).orElse(null),
                ticket.reference().flatMap(Reference::link).orElse(null),
                ticket.createdAt(),
                ticket.updatedAt(),
                deliveries);
    }

    /** A ticket as its diagnosis names it; its schema is {@code TicketOfDiagnosis} in the contract. */
    record OfDiagnosis(
            UUID id,
            String target,
            Ticket.State state,
            @Nullable String reference,
            @Nullable String link) {
        static OfDiagnosis of(Ticket ticket) {
            return new OfDiagnosis(
                    ticket.id().value(),
                    ticket.target(),
                    ticket.progress().state(),
                    ticket.reference().map(Reference::id).orElse(null),
                    ticket.reference().flatMap(Reference::link).orElse(null));
        }
    }
}
