package org.etcdmedic.ticketing.target;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request to a target. The core refuses one whose scheme, host or port is not that of the configured address.
 *
 * @param method of HTTP
 * @param address where to
 * @param headers names and values; {@code Content-Type} is JSON unless it says otherwise
 * @param body text, sent as UTF-8
 * @param hidden what else has to be hidden from people beside the target's own secrets (which the core hides itself, also where they
 *     are encoded for an address, for JSON or for basic authentication): signatures
 */
public record Request(
        Method method, URI address, Map<String, String> headers, Optional<String> body, Set<String> hidden) {
    /** Copies the collections. */
    public Request {
        headers = Map.copyOf(new TreeMap<>(headers));
        hidden = Set.copyOf(hidden);
    }

    /** What HTTP can be asked to do. */
    public enum Method {
        /** Read. */
        GET,
        /** Add. */
        POST,
        /** Replace. */
        PUT,
        /** Change. */
        PATCH
    }

    /** A JSON text by POST, nothing to hide. */
    public static Request post(URI address, Map<String, String> headers, String json) {
        return new Request(Method.POST, address, headers, Optional.of(json), Set.of());
    }

    /** Without address, headers and text: each may hold a secret. */
    @Override
    public String toString() {
        return "Request[" + method + ", " + body.map(String::length).orElse(0) + " characters]";
    }
}
