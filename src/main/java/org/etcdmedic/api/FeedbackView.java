package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.Feedback;
import org.etcdmedic.memory.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of a verdict; its schema is {@code Feedback} in the contract.
 *
 * @param counts whether nothing newer was said of the diagnosis
 */
record FeedbackView(
        String by,
        Instant at,
        Statement.Said verdict,
        @Nullable String actualCause,
        List<String> helped,
        @Nullable String note,
        @Nullable Instant repairedAt,
        boolean counts) {

    static FeedbackView of(Feedback feedback, boolean counts) {
        Statement said = feedback.statement();
        return new FeedbackView(
                feedback.by(),
                feedback.at(),
                said.verdict(),
                said.actualCause().map(CauseCode::value).orElse(null),
                said.helped(),
                said.note().orElse(null),
                said.repairedAt().orElse(null),
                counts);
    }

    static List<FeedbackView> newestCounts(List<Feedback> newestFirst) {
        return IntStream.range(0, newestFirst.size())
                .mapToObj(i -> of(newestFirst.get(i), i == 0))
                .toList();
    }
}
