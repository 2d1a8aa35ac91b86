package org.etcdmedic.evidence;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code identity} prints:
 *
 * <pre>
 * user Ruby
 * uid 1001
 * now 1795395256.149404297
 * zone +0800
 * zone-name /usr/share/zoneinfo/Asia/Shanghai
 * uptime 1572.42 3010.22
 * btime 1795393683
 * boot-id ac9d4598-11de-4e9d-a2fe-d2345d6aecbf
 * hostname gaussdb-node-1
 * kernel Linux 4.19.90-2110.8.0.0119.oe1.x86_64
 * ticks 100
 * </pre>
 *
 * Without account, clock, zone and boot time it is unusable; the rest may be missing.
 */
final class IdentityParser {
    /** The kernel's unit towards programs, the same on every platform that etcd runs on. */
    private static final long USUAL_TICKS = 100;

    private IdentityParser() {}

    static Optional<NodeIdentity> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        Optional<Instant> clock = lines.value("now").flatMap(IdentityParser::instant);
        Optional<ZoneOffset> zone = lines.value("zone").flatMap(IdentityParser::offset);
        OptionalInt userId = lines.value("uid").map(Words::accountId).orElse(OptionalInt.empty());
        if (clock.isEmpty() || zone.isEmpty() || userId.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> booted = lines.value("btime")
                .flatMap(IdentityParser::instant)
                .or(() -> lines.value("uptime").flatMap(up -> bootedBy(clock.get(), up)));
        // The answer was given somewhere between asking and reading: its middle is wrong by half of that at most.
        Instant middle = answer.startedAt().plus(answer.took().dividedBy(2));
        return booted.map(bootedAt -> new NodeIdentity(
                lines.value("user").orElse(""),
                userId.getAsInt(),
                clock.get(),
                Duration.between(middle, clock.get()),
                zone(zone.get(), clock.get(), lines.value("zone-name").orElse("")),
                bootedAt,
                lines.value("boot-id").orElse(""),
                lines.value("hostname").orElse(""),
                lines.value("kernel").orElse(""),
                ticks(lines),
                answer.took().dividedBy(2)));
    }

    /** Seconds since 1970 with a fraction of up to nine digits, which some {@code date} programs cannot print. */
    static Optional<Instant> instant(String seconds) {
        int point = seconds.indexOf('.');
        OptionalLong whole = Words.number(point < 0 ? seconds : seconds.substring(0, point));
        if (whole.isEmpty()
                || whole.getAsLong() > Instant.parse("9999-12-31T00:00:00Z").getEpochSecond()) {
            return Optional.empty();
        }
        String fraction = point < 0 ? "" : seconds.substring(point + 1);
        String nanos = Words.digits(fraction) ? (fraction + "00000000").substring(0, 9) : "0";
        return Optional.of(Instant.ofEpochSecond(whole.getAsLong(), Long.parseLong(nanos)));
    }

    private static Optional<Instant> bootedBy(Instant clock, String uptime) {
        List<String> words = Words.of(uptime);
        return words.isEmpty()
                ? Optional.empty()
                : instant(words.getFirst()).map(up -> clock.minusMillis(up.toEpochMilli()));
    }

    /** The zone of that name, when it is one and its clocks show what the node's show; else only the offset is known. */
    private static ZoneId zone(ZoneOffset offset, Instant clock, String name) {
        int place = name.lastIndexOf("zoneinfo/");
        String known = name.substring(place < 0 ? 0 : place + "zoneinfo/".length());
        if (known.isEmpty() || !ZoneId.getAvailableZoneIds().contains(known)) {
            return offset;
        }
        ZoneId zone = ZoneId.of(known);
        return zone.getRules().getOffset(clock).equals(offset) ? zone : offset;
    }

    private static Optional<ZoneOffset> offset(String text) {
        if (text.length() != 5) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneOffset.of(text));
        } catch (DateTimeException noOffset) {
            return Optional.empty();
        }
    }

    private static long ticks(Lines lines) {
        long ticks = lines.value("ticks")
                .map(Words::number)
                .orElse(OptionalLong.empty())
                .orElse(0);
        return ticks > 0 && ticks <= 1_000_000 ? ticks : USUAL_TICKS;
    }
}
