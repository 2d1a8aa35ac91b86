package org.etcdmedic.bundle;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The offset from UTC that etcd's JSON lines, and system logs with RFC 3339 times, write behind the time of day. */
final class StatedZone {
    private static final Pattern OFFSET = Pattern.compile(
            "^(?:.{0,200}\"ts\":\")?\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?<offset>Z|[+-]\\d\\d:?\\d\\d)\\b");

    private StatedZone() {}

    static Optional<ZoneOffset> in(String line) {
        Matcher offset = OFFSET.matcher(line.length() > 400 ? line.substring(0, 400) : line);
        if (!offset.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneOffset.of(offset.group("offset")));
        } catch (DateTimeException noOffset) {
            return Optional.empty();
        }
    }
}
