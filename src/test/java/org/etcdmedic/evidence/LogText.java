package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lines as the programs of a node write them, in its zone and by its clock. */
record LogText(ZoneId zone, Duration ahead) {
    static final int DIALECTS = 9;

    /** A line of the n-th dialect. */
    String line(int dialect, Instant trueTime, String message) {
        ZonedDateTime at = trueTime.plus(ahead).atZone(zone);
        return switch (dialect) {
            case 0 -> text(at, "uuuu-MM-dd HH:mm:ss.SSS") + "000 W | etcdserver: " + message;
            case 1 ->
                "{\"level\":\"warn\",\"ts\":\"" + text(at, "uuuu-MM-dd'T'HH:mm:ss.SSSxx")
                        + "\",\"caller\":\"wal/wal.go:805\",\"msg\":\"" + message + "\"}";
            case 2 ->
                "{\"level\":\"warn\",\"ts\":\""
                        + text(at.withZoneSameInstant(ZoneOffset.UTC), "uuuu-MM-dd'T'HH:mm:ss.SSSX") + "\",\"msg\":\""
                        + message
                        + "\"}";
            case 3 ->
                "{\"level\":\"info\",\"ts\":%d.%03d,\"msg\":\"%s\"}"
                        .formatted(at.toEpochSecond(), at.getNano() / 1_000_000, message);
            case 4 -> text(at, "uuuu-MM-dd HH:mm:ss.SSS") + " tid=15822 ETCD_CHECK LOG: " + message;
            case 5 -> "[" + text(at, "uuuu-MM-dd HH:mm:ss.SSS") + "000][31415][gs_om][LOG]:" + message;
            case 6 -> "raft" + text(at, "uuuu/MM/dd HH:mm:ss") + " INFO: " + message;
            case 7 -> "WARNING: " + text(at, "uuuu/MM/dd HH:mm:ss") + " grpc: " + message;
            default ->
                text(at, "MMM ppd HH:mm:ss") + " node etcd[77]: " + text(at, "uuuu-MM-dd HH:mm:ss.SSS")
                        + "000 I | raft: " + message;
        };
    }

    private static String text(ZonedDateTime at, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at);
    }
}
