package org.etcdmedic.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.verdict.Moment;
import org.etcdmedic.verdict.Timeline;
import org.jspecify.annotations.Nullable;

/** The story of all nodes on one axis; its schema is {@code Timeline} in the contract. */
record TimelineView(Status status, Instant alarmedAt, List<MomentView> items, int leftOut) {

    /** Whose story a moment belongs to. */
    enum Lane {
        ALARM,
        MACHINE,
        NETWORK,
        LOAD,
        ETCD,
        CLUSTER_MANAGER,
        MANAGEMENT;

        static Lane of(Moment.Lane lane) {
            return switch (lane) {
                case MACHINE -> MACHINE;
                case NETWORK -> NETWORK;
                case LOAD -> LOAD;
                case ETCD -> ETCD;
                case CLUSTER_MANAGER -> CLUSTER_MANAGER;
                case MANAGEMENT -> MANAGEMENT;
            };
        }
    }

    /** What sort of event a moment is. */
    enum Kind {
        ALARM,
        EVENT,
        START,
        STOP,
        FATAL,
        ACTION,
        SYMPTOM,
        ROUTINE;

        static Kind of(Moment.Kind kind) {
            return switch (kind) {
                case EVENT -> EVENT;
                case START -> START;
                case STOP -> STOP;
                case FATAL -> FATAL;
                case ACTION -> ACTION;
                case SYMPTOM -> SYMPTOM;
                case ROUTINE -> ROUTINE;
            };
        }
    }

    /** Something that happened. */
    record MomentView(
            Instant at,
            @Nullable Instant until,
            int count,
            String nodeId,
            Lane lane,
            Kind kind,
            String what,
            String text,
            List<JudgementView.ReferenceView> evidence,
            @Nullable String finding) {
        static MomentView of(Moment m, Locale locale) {
            return new MomentView(
                    m.at(),
                    m.until().equals(m.at()) ? null : m.until(),
                    m.count(),
                    m.node().value(),
                    Lane.of(m.lane()),
                    Kind.of(m.kind()),
                    m.what(),
                    m.text().in(locale),
                    m.evidence().stream().map(JudgementView.ReferenceView::of).toList(),
                    m.finding().orElse(null));
        }

        private static MomentView of(Instant at, String node, String text) {
            return new MomentView(at, null, 1, node, Lane.ALARM, Kind.ALARM, "alarm", text, List.of(), null);
        }

        private static MomentView cleared(Instant at, String node, String text) {
            return new MomentView(at, null, 1, node, Lane.ALARM, Kind.EVENT, "alarm-cleared", text, List.of(), null);
        }
    }

    /** What happened on the nodes, and the alarms that were sent about it. */
    static TimelineView of(Diagnosis diagnosis, List<Alarms.Kept> alarms, Messages messages, Locale locale) {
        Optional<Timeline> told = diagnosis.judgement().flatMap(judgement -> judgement.timeline());
        var items = new ArrayList<MomentView>();
        told.map(Timeline::moments).orElse(List.of()).forEach(moment -> items.add(MomentView.of(moment, locale)));
        for (Alarms.Kept alarm : alarms) {
            alarm.occurredAt()
                    .ifPresent(at -> items.add(MomentView.of(
                            at,
                            alarm.nodeId().orElse(diagnosis.node().value()),
                            messages.text(
                                    alarm.state() == Alarms.State.JOINED
                                            ? "timeline.alarm-joined"
                                            : "timeline.alarm"))));
            alarm.sent()
                    .clearedAt()
                    .ifPresent(at -> items.add(MomentView.cleared(
                            at,
                            alarm.nodeId().orElse(diagnosis.node().value()),
                            messages.text("timeline.alarm-cleared"))));
        }
        if (alarms.isEmpty()) {
            items.add(MomentView.of(
                    diagnosis.alarmedAt(), diagnosis.node().value(), messages.text("timeline.asked-by-hand")));
        }
        items.sort(Comparator.comparing(MomentView::at));
        return new TimelineView(
                diagnosis.progress().status(),
                diagnosis.alarmedAt(),
                items,
                told.map(Timeline::leftOut).orElse(0));
    }
}
