package org.etcdmedic.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.History;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Contribution;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Moment;
import org.etcdmedic.verdict.Timeline;

/**
 * A concluded diagnosis as people read it. It holds no opinion of its own: everything in it stands in the judgement, and
 * every fact comes with the lines that it was read from.
 *
 * @param diagnosis the diagnosis
 * @param judgement its judgement
 * @param history what is remembered of its fault
 * @param decisive the facts that decided, the weightiest first
 * @param further what else was seen
 * @param evidence what was run and asked
 */
public record DiagnosisReport(
        Diagnosis diagnosis,
        Judgement judgement,
        Optional<History> history,
        List<Fact> decisive,
        List<Fact> further,
        List<Piece> evidence) {
    /** More facts decide nothing more, and hide the others. */
    private static final int DECISIVE = 3;

    /** Copies the lists. */
    public DiagnosisReport {
        decisive = List.copyOf(decisive);
        further = List.copyOf(further);
        evidence = List.copyOf(evidence);
    }

    /** A finding and the lines that it was read from. */
    public record Fact(Finding finding, List<Quotation> lines) {
        /** Copies the list. */
        public Fact {
            lines = List.copyOf(lines);
        }
    }

    /** A capture and its number in the report. */
    public record Piece(int number, StoredCapture capture) {}

    /** The report of a diagnosis that has a judgement; empty for one that has none. */
    public static Optional<DiagnosisReport> of(
            Diagnosis diagnosis, Optional<History> history, List<StoredCapture> captures) {
        return diagnosis.judgement().map(judgement -> of(diagnosis, judgement, history, captures));
    }

    private static DiagnosisReport of(
            Diagnosis diagnosis, Judgement judgement, Optional<History> history, List<StoredCapture> captures) {
        var pieces = new ArrayList<Piece>();
        captures.forEach(capture -> pieces.add(new Piece(pieces.size() + 1, capture)));
        var byId = new HashMap<UUID, Piece>();
        pieces.forEach(piece -> byId.put(piece.capture().id(), piece));
        Map<String, Finding> findings = new HashMap<>();
        judgement.findings().forEach(finding -> findings.put(finding.id(), finding));
        List<Finding> decided = decisiveIds(judgement).stream()
                .map(findings::get)
                .filter(finding -> finding != null)
                .limit(DECISIVE)
                .toList();
        List<Finding> seen = judgement.findings().stream()
                .filter(finding -> finding.state() == Finding.State.OBSERVED)
                .filter(finding -> !decided.contains(finding))
                .toList();
        return new DiagnosisReport(
                diagnosis,
                judgement,
                history,
                decided.stream().map(finding -> fact(finding, byId)).toList(),
                seen.stream().map(finding -> fact(finding, byId)).toList(),
                pieces);
    }

    private static Fact fact(Finding finding, Map<UUID, Piece> captures) {
        return new Fact(
                finding,
                finding.evidence().stream()
                        .flatMap(source -> Optional.ofNullable(captures.get(source.capture()))
                                .flatMap(piece -> Quotation.of(piece, source))
                                .stream())
                        .limit(Quotation.MOST)
                        .toList());
    }

    /** What speaks for the verdict's own cause on its own node, the weightiest first, then what it explains. */
    private static Set<String> decisiveIds(Judgement judgement) {
        Stream<Classification> told = judgement.classifications().stream()
                .filter(c -> c.cause().equals(judgement.verdict().cause()))
                .filter(c -> judgement.verdict().node().map(c.node()::equals).orElse(true));
        Stream<Classification> effects = judgement.classifications().stream()
                .filter(c -> judgement.verdict().effects().contains(c.cause()))
                .filter(Classification::holds);
        var ids = new LinkedHashSet<String>();
        Stream.concat(told, effects)
                .forEach(c -> c.reasons().stream()
                        .flatMap(reasons -> reasons.contributions().stream())
                        .filter(one -> one.effect() == Contribution.Effect.FOR)
                        .sorted(Comparator.comparingDouble(Contribution::weight).reversed())
                        .map(Contribution::finding)
                        .forEach(ids::add));
        return ids;
    }

    /** Causes that are true beside the verdict's own: its effects, and those that it does not explain. */
    public List<Classification> alsoTrue() {
        return judgement.classifications().stream()
                .filter(Classification::holds)
                .filter(c -> !c.cause().equals(judgement.verdict().cause()))
                .toList();
    }

    /** What was ruled out, with its reasons. */
    public List<Classification> ruledOut() {
        return in(Classification.State.RULED_OUT);
    }

    /** What something speaks for, though too little. */
    public List<Classification> possible() {
        return in(Classification.State.POSSIBLE);
    }

    /** What could be true as far as anybody knows, because nobody could look. */
    public List<CauseCode> open() {
        return in(Classification.State.NOT_EVALUATED).stream()
                .map(Classification::cause)
                .toList();
    }

    private List<Classification> in(Classification.State state) {
        return judgement.classifications().stream()
                .filter(c -> c.state() == state)
                .toList();
    }

    /** The story, without what belongs to normal life. */
    public List<Moment> story() {
        return judgement.timeline().map(Timeline::moments).orElse(List.of()).stream()
                .filter(moment -> moment.kind() != Moment.Kind.ROUTINE)
                .toList();
    }
}
