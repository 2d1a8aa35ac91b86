package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line by which a guest shows that its whole machine stood still or that its clock jumped: the kernel's watchdogs
 * (kernel/watchdog.c, kernel/rcu/tree_stall.h, kernel/time/clocksource.c), its drivers for the host, chronyd, ntpd, systemd.
 * Each of them has other reasons too.
 *
 * @param kind what it shows
 * @param length how long the pause or how far the jump was, where the line tells
 * @param text the line
 * @param at when it was written, by the service's clock
 * @param source the line's place
 */
public record GuestTrace(Kind kind, Optional<Duration> length, String text, Instant at, Source source) {
    /** What a trace shows. */
    public enum Kind {
        /** A processor did nothing for seconds. */
        STALL,
        /** The kernel's own clock and its watchdog disagree, or it chose another one. */
        CLOCK_SOURCE,
        /** The time of day jumped. */
        TIME_JUMP,
        /** A driver or agent tells of something that the host does: a suspend, a device that went and came. */
        HOST
    }

    private static final Map<Kind, List<Pattern>> PATTERNS = new EnumMap<>(Map.of(
            Kind.STALL,
            List.of(
                    Pattern.compile("soft lockup - CPU#\\d{1,5} stuck for (?<seconds>\\d{1,6})s"),
                    Pattern.compile("rcu[^ ]{0,20} self-detected stall on CPU"),
                    Pattern.compile("rcu[^ ]{0,20} detected stalls on CPUs"),
                    Pattern.compile("rcu[^ ]{0,20} kthread starved for \\d{1,12} jiffies")),
            Kind.CLOCK_SOURCE,
            List.of(
                    Pattern.compile("clocksource: Long readout interval, .{1,80}\\bcs_nsec: (?<nanos>\\d{1,15})"),
                    Pattern.compile("Marking clocksource '?[\\w-]{1,32}'? as unstable"),
                    Pattern.compile("Switched to clocksource ")),
            Kind.TIME_JUMP,
            List.of(
                    Pattern.compile(
                            "chronyd\\[\\d{1,9}\\]: System clock was stepped by -?(?<seconds>\\d{1,12}(?:\\.\\d{1,9})?) seconds"),
                    Pattern.compile("chronyd\\[\\d{1,9}\\]: (?:Forward|Backward) time jump detected!"),
                    Pattern.compile(
                            "ntpd\\[\\d{1,9}\\]: .{0,40}(?:time reset|clock_step) [+-](?<seconds>\\d{1,12}(?:\\.\\d{1,9})?) s"),
                    Pattern.compile("systemd\\[1\\]: Time has been changed"),
                    Pattern.compile("systemd-journald\\[\\d{1,9}\\]: Time jumped backwards"),
                    Pattern.compile("systemd-resolved\\[\\d{1,9}\\]: Clock change detected")),
            Kind.HOST,
            List.of(
                    Pattern.compile("suspending xenstore"),
                    Pattern.compile("hv_utils: .{0,80}[Hh]eartbeat"),
                    Pattern.compile("hv_netvsc .{1,80}(?:VF (?:un)?register|VF slot|Data path switched)"),
                    Pattern.compile("virtio_net virtio\\d{1,4} .{1,40}link"))));

    /** Traces among these lines, in their order; a line without a time is none, for it may be old. */
    public static List<GuestTrace> in(List<SystemLog.Line> lines) {
        return lines.stream()
                .filter(line -> line.at().isPresent())
                .flatMap(line -> read(line, line.at().get()).stream())
                .toList();
    }

    private static Optional<GuestTrace> read(SystemLog.Line line, Instant at) {
        for (Map.Entry<Kind, List<Pattern>> entry : PATTERNS.entrySet()) {
            for (Pattern pattern : entry.getValue()) {
                Matcher matcher = pattern.matcher(line.text());
                if (matcher.find()) {
                    return Optional.of(
                            new GuestTrace(entry.getKey(), length(pattern, matcher), line.text(), at, line.source()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> length(Pattern pattern, Matcher matcher) {
        Map<String, Integer> groups = pattern.namedGroups();
        if (groups.containsKey("seconds")) {
            return IdentityParser.instant(matcher.group("seconds"))
                    .map(seconds -> Duration.between(Instant.EPOCH, seconds));
        }
        if (groups.containsKey("nanos")) {
            OptionalLong nanos = Words.number(matcher.group("nanos"));
            return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
        }
        return Optional.empty();
    }
}
