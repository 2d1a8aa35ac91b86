package org.etcdmedic.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.memory.GiveFeedback;
import org.etcdmedic.memory.GiveFeedback.Given;
import org.etcdmedic.verdict.Judgement;
import org.springframework.stereotype.Component;

/** Takes what people say of a verdict by the contract, and counts it. */
@Component
class FeedbackDesk {
    private final GiveFeedback give;
    private final RequestBodies bodies;
    private final Messages messages;
    private final MeterRegistry meters;

    FeedbackDesk(GiveFeedback give, RequestBodies bodies, Messages messages, MeterRegistry meters) {
        this.give = give;
        this.bodies = bodies;
        this.messages = messages;
        this.meters = meters;
    }

    Given take(DiagnosisId id, HttpServletRequest request) throws IOException {
        String text = bodies.text(request).whole();
        MemoryController.FeedbackBody body = bodies.read(
                bodies.tree(text, messages.text("problem.not-json")),
                "FeedbackRequest",
                MemoryController.FeedbackBody.class);
        if (body.repairedAt() != null) {
            Instants.of("/repairedAt", body.repairedAt(), messages);
        }
        Given given = give.give(id, body.statement());
        if (given instanceof Given.Kept(var feedback, Judgement judged)) {
            meters.counter(
                            "medic.feedback",
                            "verdict",
                            feedback.statement().verdict().name().toLowerCase(Locale.ROOT),
                            "outcome",
                            judged.verdict().outcome().name().toLowerCase(Locale.ROOT),
                            "cause",
                            judged.verdict().cause().value())
                    .increment();
        }
        return given;
    }
}
