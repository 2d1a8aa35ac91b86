package org.etcdmedic.page.picture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.verdict.Moment;

/**
 * What happened on all nodes, on one axis: a band for each node, in it a lane for each part of the machine that has something
 * to tell. Lengths are units of the picture, which is {@value #WIDTH} wide.
 *
 * @param height of the picture
 * @param bottom where the axis lies
 * @param bands a band for each node
 * @param ticks marks of the axis
 * @param alarms where the alarms stand
 * @param kinds the kinds of events in it, for the legend
 * @param rows everything in it, oldest first, for who reads a table
 */
public record StoryPicture(
        int height,
        int bottom,
        List<Band> bands,
        List<Axis.Tick> ticks,
        List<Alarm> alarms,
        List<Mark> kinds,
        List<Told> rows) {
    /** Width of the picture. */
    public static final int WIDTH = 1000;

    private static final int LEFT = 150;
    private static final int RIGHT = 985;
    private static final int TOP = 30;
    private static final int NAME = 24;
    private static final int LANE = 24;
    private static final int GAP = 8;
    private static final int AXIS = 26;
    private static final int TICKS = 8;

    /** A node's band. */
    public record Band(String node, int top, int height, List<Lane> lanes) {}

    /** A lane of a band; its name is a key of the texts. */
    public record Lane(String name, int y, List<Event> events) {}

    /** An event, and how long it lasted; {@code width} is zero for a moment. */
    public record Event(double x, double width, Mark mark, Told told) {}

    /** An alarm. */
    public record Alarm(double x, Instant at, boolean joined) {}

    /** How a kind of event is drawn, around the origin. */
    public record Mark(String kind, String path) {
        static Mark of(Moment.Kind kind) {
            return new Mark(
                    kind.name(),
                    switch (kind) {
                        case START -> "M-6 5 L0 -6 L6 5 Z";
                        case STOP -> "M-5 -5 H5 V5 H-5 Z";
                        case FATAL ->
                            "M-6 -3.5 L-3.5 -6 L0 -2.5 L3.5 -6 L6 -3.5 L2.5 0 L6 3.5 L3.5 6 L0 2.5 L-3.5 6 L-6 3.5 L-2.5 0 Z";
                        case ACTION -> "M0 -7 L7 0 L0 7 L-7 0 Z";
                        case SYMPTOM -> "M-5 0 A5 5 0 1 0 5 0 A5 5 0 1 0 -5 0 Z";
                        case ROUTINE -> "M-3 0 A3 3 0 1 0 3 0 A3 3 0 1 0 -3 0 Z";
                        case EVENT -> "M-7 -5 H7 L0 7 Z";
                    });
        }
    }

    /** An event as a line of text, and the line that tells it. */
    public record Told(
            Instant at, String node, String lane, String kind, String text, int count, Optional<Source> source) {}

    /** When an alarm was sent, and whether it joined a diagnosis that was open. */
    public record Sent(Instant at, boolean joined) {}

    /** The picture; empty when nothing is told. */
    public static Optional<StoryPicture> of(List<Moment> moments, List<Sent> sent, Locale locale) {
        if (moments.isEmpty()) {
            return Optional.empty();
        }
        Axis axis = Axis.over(
                Stream.concat(
                        moments.stream().flatMap(moment -> Stream.of(moment.at(), moment.until())),
                        sent.stream().map(Sent::at)),
                LEFT,
                RIGHT);
        List<Told> rows = moments.stream()
                .sorted(Comparator.comparing(Moment::at))
                .map(moment -> told(moment, locale))
                .toList();
        var bands = new ArrayList<Band>();
        int y = TOP;
        for (String node : moments.stream()
                .map(moment -> moment.node().value())
                .distinct()
                .sorted()
                .toList()) {
            Band band = band(node, y, moments, axis, locale);
            bands.add(band);
            y += band.height() + GAP;
        }
        return Optional.of(new StoryPicture(
                y + AXIS,
                y,
                bands,
                axis.ticks(TICKS),
                sent.stream()
                        .map(one -> new Alarm(axis.x(one.at()), one.at(), one.joined()))
                        .toList(),
                moments.stream()
                        .map(Moment::kind)
                        .distinct()
                        .sorted()
                        .map(Mark::of)
                        .toList(),
                rows));
    }

    private static Band band(String node, int top, List<Moment> moments, Axis axis, Locale locale) {
        List<Moment> own = moments.stream()
                .filter(moment -> moment.node().value().equals(node))
                .sorted(Comparator.comparingInt(StoryPicture::weight))
                .toList();
        List<Moment.Lane> told =
                own.stream().map(Moment::lane).distinct().sorted().toList();
        var lanes = new ArrayList<Lane>();
        for (Moment.Lane lane : told) {
            lanes.add(new Lane(
                    lane.name(),
                    top + NAME + LANE * lanes.size() + LANE / 2,
                    own.stream()
                            .filter(moment -> moment.lane() == lane)
                            .map(moment -> event(moment, axis, locale))
                            .toList()));
        }
        return new Band(node, top, NAME + LANE * lanes.size(), lanes);
    }

    /** What matters most is drawn last, so that nothing hides it. */
    private static int weight(Moment moment) {
        return switch (moment.kind()) {
            case ROUTINE -> 0;
            case SYMPTOM -> 1;
            case START -> 2;
            case ACTION, STOP -> 3;
            case EVENT, FATAL -> 4;
        };
    }

    private static Event event(Moment moment, Axis axis, Locale locale) {
        double x = axis.x(moment.at());
        return new Event(x, Axis.rounded(axis.x(moment.until()) - x), Mark.of(moment.kind()), told(moment, locale));
    }

    private static Told told(Moment moment, Locale locale) {
        return new Told(
                moment.at(),
                moment.node().value(),
                moment.lane().name(),
                moment.kind().name(),
                EntryName.line(moment.text().in(locale)),
                moment.count(),
                moment.evidence().stream().findFirst());
    }
}
