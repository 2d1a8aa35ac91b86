package org.etcdmedic.ticketing.target;

/** What a search for a ticket by its marker came to. */
public sealed interface Found {
    /** There it is. */
    record There(Reference reference) implements Found {}

    /** It was never opened. */
    record Nowhere() implements Found {}

    /** Nobody can tell; opening now could make a second one. The reason as in {@link Receipt}. */
    record Unclear(String reason) implements Found {}
}
