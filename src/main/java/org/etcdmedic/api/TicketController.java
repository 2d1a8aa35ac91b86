package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.ticketing.OperateTickets;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.TicketId;
import org.etcdmedic.ticketing.Tickets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What we owe to whom, and what became of it. */
@RestController
@RequestMapping(path = "/tickets", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "tickets")
class TicketController {
    private final Tickets tickets;
    private final OperateTickets operate;
    private final Messages messages;

    TicketController(Tickets tickets, OperateTickets operate, Messages messages) {
        this.tickets = tickets;
        this.operate = operate;
        this.messages = messages;
    }

    /** A page of tickets, newest first. */
    record TicketList(List<TicketView> items, @Nullable String next) {}

    @GetMapping
    @Operation(operationId = "getTickets")
    TicketList list(
            @RequestParam Optional<UUID> diagnosisId,
            @RequestParam Optional<Ticket.State> state,
            @RequestParam Optional<String> target,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Limits.check(limit, messages);
        var filter = new Tickets.Filter(diagnosisId.map(DiagnosisId::new), state, target);
        List<Ticket> found = tickets.newest(filter, cursor.map(this::cursor), limit + 1);
        List<Ticket> page = found.stream().limit(limit).toList();
        return new TicketList(
                page.stream().map(TicketView::of).toList(),
                found.size() > limit
                        ? PageCursor.text(
                                page.getLast().createdAt(), page.getLast().id().value())
                        : null);
    }

    private Tickets.Cursor cursor(String text) {
        return PageCursor.place(text)
                .map(place -> new Tickets.Cursor(place.at(), place.id()))
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("#cursor", messages.text("problem.cursor")))));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getTicket")
    TicketView get(@PathVariable UUID id) {
        return existing(id);
    }

    @PostMapping("/{id}/resend")
    @Operation(operationId = "resendTicket")
    TicketView resend(@PathVariable UUID id) {
        if (operate.resend(new TicketId(id)) == OperateTickets.Done.UNKNOWN) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return existing(id);
    }

    private TicketView existing(UUID id) {
        return tickets.find(new TicketId(id))
                .map(TicketView::of)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
