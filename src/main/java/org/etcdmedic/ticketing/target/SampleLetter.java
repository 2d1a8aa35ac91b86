package org.etcdmedic.ticketing.target;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.knowledge.Remediation;

/** A letter to try templates with: with everything that a letter can hold, hostile characters included, or with as little as it can. */
public final class SampleLetter {
    /** When it says that it was written. */
    public static final Instant AT = Instant.parse("2026-11-22T10:42:00Z");

    private static final String HOSTILE = "\"quoted\" \\ {{title}} </b> <!channel> @all 磁盘已满 😀";

    private SampleLetter() {}

    /** A full or a bare one. */
    public static Letter of(boolean full) {
        String text = full ? HOSTILE : "x";
        var id = UUID.fromString("019b0000-0000-7000-8000-000000000001");
        return new Letter(
                full ? Letter.Event.COMPLETED : Letter.Event.FAILED,
                id,
                full ? 2 : 1,
                Locale.SIMPLIFIED_CHINESE,
                new Letter.Matter(
                        id,
                        "orders-1",
                        "node-1",
                        full ? Optional.of("node-2") : Optional.empty(),
                        full ? Severity.CRITICAL : Severity.UNKNOWN,
                        full ? Ending.CONFIRMED : Ending.FAILED,
                        full ? Optional.of("PROCESS") : Optional.empty(),
                        full ? Optional.of("ETCD_PROCESS_DOWN") : Optional.empty(),
                        Remediation.Actor.DBA,
                        AT,
                        AT),
                words(text, full),
                full
                        ? new Letter.Links(
                                Optional.of("https://medic.example/page/1"),
                                Optional.of("https://medic.example/report/1"))
                        : new Letter.Links(Optional.empty(), Optional.empty()));
    }

    private static Letter.Words words(String text, boolean full) {
        return new Letter.Words(
                text,
                text,
                text,
                text,
                full ? List.of(text, text) : List.of(),
                full
                        ? List.of(
                                new Letter.StepWords(text, text, text, Optional.of(text), text),
                                new Letter.StepWords(text, text, text, Optional.empty(), text))
                        : List.of(),
                full ? List.of(text, text) : List.of(),
                full ? Optional.of(text) : Optional.empty(),
                text + "\n" + text,
                "# " + text + "\n\n" + text);
    }
}
