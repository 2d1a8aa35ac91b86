package org.etcdmedic.evidence;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The times that zap's encoders write: ISO 8601 with a zone or without one, or the time since 1970 in seconds, milliseconds,
 * microseconds or nanoseconds, which their size tells apart.
 */
final class ZapTime {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    /** Seconds of the year 5138; what is greater counts smaller parts. */
    private static final BigDecimal SECONDS_END = BigDecimal.valueOf(100_000_000_000L);

    private ZapTime() {}

    static Optional<Instant> read(String time, NodeClock clock) {
        Optional<Stamp> stamp = Stamp.at(time, 0, '-', 'T').or(() -> Stamp.at(time, 0, '-', ' '));
        return stamp.isPresent()
                ? stamp.get().zonedIn(time).instant(clock)
                : epoch(time).map(clock::corrected);
    }

    private static Optional<Instant> epoch(String number) {
        if (number.isEmpty() || number.length() > 32 || !Words.digit(number.charAt(0))) {
            return Optional.empty();
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
        if (value.signum() < 0 || value.scale() > 32 || value.precision() - value.scale() > 19) {
            return Optional.empty();
        }
        BigDecimal limit = SECONDS_END;
        BigDecimal unit = NANOS;
        for (int parts = 0; parts < 4; parts++) {
            if (value.compareTo(limit) < 0) {
                BigDecimal[] seconds = value.multiply(unit).divideAndRemainder(NANOS);
                return Optional.of(Instant.ofEpochSecond(seconds[0].longValue(), seconds[1].longValue()));
            }
            limit = limit.movePointRight(3);
            unit = unit.movePointLeft(3);
        }
        return Optional.empty();
    }
}
