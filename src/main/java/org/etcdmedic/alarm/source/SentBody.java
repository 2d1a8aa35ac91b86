package org.etcdmedic.alarm.source;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was sent: its text, and those headers that are needed to understand it. Never one that lets its sender in.
 *
 * @param headers by lower-case name
 */
public record SentBody(String text, Map<String, String> headers) {
    /** Copies the headers. */
    public SentBody {
        headers = new TreeMap<>(headers);
    }

    /** Whether a header of this lower-case name is needed to understand a body. */
    public static boolean needs(String header) {
        return header.equals("content-type") || header.startsWith("ce-") || header.equals("x-smn-message-type");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
