package org.etcdmedic.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.Statement.Said;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Hallmark;
import org.etcdmedic.verdict.Verdict;

/** A fault that comes back: diagnoses by the day on which they were made, and what was said of them. */
final class MemoryFixtures {
    static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

    private MemoryFixtures() {}

    static Instant day(double days) {
        return START.plusSeconds(Math.round(days * 86400));
    }

    /** Its alarm at that time, found a minute later. */
    static Sighting found(int number, double day) {
        return new Sighting(id(number), day(day), day(day).plusSeconds(60), Verdict.Outcome.CONFIRMED, false);
    }

    static Sighting rerun(int number, double day) {
        return new Sighting(id(number), day(day), day(day).plusSeconds(60), Verdict.Outcome.CONFIRMED, true);
    }

    static DiagnosisId id(int number) {
        return new DiagnosisId(new UUID(0, number));
    }

    static Feedback said(int number, double day, Said verdict, String... helped) {
        return new Feedback(
                id(number),
                "li",
                day(day),
                new Statement(verdict, Optional.empty(), List.of(helped), Optional.empty(), Optional.empty()));
    }

    static Feedback repaired(int number, double saidOn, double repairedOn, String... helped) {
        return new Feedback(
                id(number),
                "li",
                day(saidOn),
                new Statement(
                        Said.RIGHT, Optional.empty(), List.of(helped), Optional.empty(), Optional.of(day(repairedOn))));
    }

    static Feedback wrong(int number, double day, String actual) {
        return new Feedback(
                id(number),
                "li",
                day(day),
                new Statement(
                        Said.WRONG, Optional.of(new CauseCode(actual)), List.of(), Optional.empty(), Optional.empty()));
    }

    /** As the door makes it of these, newest first. */
    static History history(Sighting now, List<Sighting> before, List<Instant> gone, List<Feedback> here) {
        var found = new Hallmark(new CauseCode("ETCD_DISK_FULL"), List.of(new NodeId("n3")), List.of());
        return Recall.history(
                new Recollection(now, before, gone, here, List.of()),
                Fingerprint.of(new InstanceId("orders"), found),
                found,
                Duration.ofDays(30),
                false);
    }
}
