package org.etcdmedic.api;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.replay.Change;
import org.etcdmedic.replay.Replay;
import org.etcdmedic.replay.Replayed;
import org.etcdmedic.replay.Replayed.Result;
import org.etcdmedic.replay.SideBySide;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** A replay and what came of it until now; its schema is {@code Replay} in the contract. */
record ReplayView(
        UUID id,
        Status status,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable String failure,
        String candidate,
        @Nullable String inUse,
        WishView filter,
        int of,
        int done,
        CountsView changes,
        CountsView drift,
        int notReplayed,
        @Nullable List<ItemView> items,
        @Nullable String next) {

    /** Over which diagnoses; its schema is {@code ReplayRequest} in the contract. */
    record WishView(
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String instanceId,
            @Nullable String cause,
            Verdict.@Nullable Outcome outcome,
            int limit) {}

    /** So many of each. */
    record CountsView(int same, int details, int outcome, int node, int cause) {
        static CountsView of(Map<Change, Integer> counted) {
            var all = new EnumMap<Change, Integer>(Change.class);
            all.putAll(counted);
            return new CountsView(
                    all.getOrDefault(Change.SAME, 0),
                    all.getOrDefault(Change.DETAILS, 0),
                    all.getOrDefault(Change.OUTCOME, 0),
                    all.getOrDefault(Change.NODE, 0),
                    all.getOrDefault(Change.CAUSE, 0));
        }
    }

    /** One of the verdicts. */
    record SideView(
            Verdict.Outcome outcome,
            String cause,
            @Nullable String nodeId,
            double confidence,
            String knowledgeVersion) {
        static SideView of(SideBySide.Side side) {
            return new SideView(
                    side.outcome(),
                    side.cause().value(),
                    side.node().map(NodeId::value).orElse(null),
                    CaseView.rounded(side.confidence()),
                    side.knowledgeVersion());
        }
    }

    /** A finding that only one side has. */
    record SeenView(String kind, String nodeId, Finding.State state) {
        static SeenView of(SideBySide.Seen seen) {
            return new SeenView(seen.kind(), seen.node().value(), seen.state());
        }
    }

    /** A cause that stands otherwise. */
    record ReclassifiedView(
            String cause,
            Classification.@Nullable State inUse,
            @Nullable String inUseNodeId,
            Classification.@Nullable State candidate,
            @Nullable String candidateNodeId) {
        static ReclassifiedView of(SideBySide.Reclassified one) {
            return new ReclassifiedView(
                    one.cause().value(),
                    one.inUse().map(SideBySide.Stand::state).orElse(null),
                    one.inUse()
                            .flatMap(SideBySide.Stand::node)
                            .map(NodeId::value)
                            .orElse(null),
                    one.candidate().map(SideBySide.Stand::state).orElse(null),
                    one.candidate()
                            .flatMap(SideBySide.Stand::node)
                            .map(NodeId::value)
                            .orElse(null));
        }
    }

    /** One diagnosis, side by side. */
    record ItemView(
            UUID diagnosisId,
            @Nullable String instanceId,
            @Nullable Change change,
            @Nullable Change drift,
            @Nullable SideView before,
            @Nullable SideView inUse,
            @Nullable SideView after,
            @Nullable List<SeenView> appeared,
            @Nullable List<SeenView> vanished,
            @Nullable List<ReclassifiedView> reclassified,
            @Nullable Boolean otherSteps,
            Replayed.@Nullable Reason reason,
            @Nullable String detail) {
        static ItemView of(Replayed one) {
            UUID id = one.diagnosis().value();
            return switch (one.result().orElseThrow()) {
                case Result.Compared(SideBySide sides) ->
                    new ItemView(
                            id,
                            sides.instance().value(),
                            sides.change(),
                            sides.drift(),
                            SideView.of(sides.stored()),
                            SideView.of(sides.inUse()),
                            SideView.of(sides.candidate()),
                            sides.appeared().stream().map(SeenView::of).toList(),
                            sides.vanished().stream().map(SeenView::of).toList(),
                            sides.reclassified().stream()
                                    .map(ReclassifiedView::of)
                                    .toList(),
                            sides.otherSteps(),
                            null,
                            null);
                case Result.NotReplayed(Replayed.Reason reason, String detail) ->
                    new ItemView(
                            id,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            reason,
                            detail.isEmpty() ? null : detail);
            };
        }
    }

    /** Without its items, as it stands in a list. */
    static ReplayView of(Replay replay) {
        return of(replay, null, null);
    }

    static ReplayView of(Replay replay, @Nullable List<Replayed> items, @Nullable String next) {
        return new ReplayView(
                replay.id().value(),
                replay.course().status(),
                replay.requestedAt(),
                replay.course().startedAt().orElse(null),
                replay.course().completedAt().orElse(null),
                replay.course().failure().orElse(null),
                replay.candidate(),
                replay.inUse().orElse(null),
                new WishView(
                        replay.wish().since().orElse(null),
                        replay.wish().until().orElse(null),
                        replay.wish().instance().map(Object::toString).orElse(null),
                        replay.wish().cause().orElse(null),
                        replay.wish().outcome().orElse(null),
                        replay.wish().limit()),
                replay.tally().of(),
                replay.tally().done(),
                CountsView.of(replay.tally().changes()),
                CountsView.of(replay.tally().drifts()),
                replay.tally().notReplayed(),
                items == null ? null : items.stream().map(ItemView::of).toList(),
                next);
    }
}
