package org.etcdmedic.alarm.source;

import java.net.URI;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import tools.jackson.databind.JsonNode;

/** What was in an envelope. */
public sealed interface Opened {
    /** What holds the elements. */
    record Elements(JsonNode body) implements Opened {}

    /** SMN asks whether it may send here; whoever asks this address says yes. */
    record Subscription(URI confirmation) implements Opened {}

    /** SMN tells that it sends here no more. */
    record Unsubscribed() implements Opened {}

    /** It is not what such an envelope looks like. */
    record Broken(Code code) implements Opened {}

    /** A format of events that is not taken here. */
    record UnknownFormat() implements Opened {}
}
