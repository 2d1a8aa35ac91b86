package org.etcdmedic.alarm.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one element of a body is. */
public sealed interface Mapped {
    /**
     * An alarm.
     *
     * @param told what the sender said of it
     */
    record Raised(Told told) implements Mapped {}

    /**
     * The alarms of this key are taken back.
     *
     * @param key what they have in common
     * @param at when, by the sender's word; empty when it told no time
     */
    record Cleared(String key, Optional<Instant> at) implements Mapped {}

    /** Nothing that we look after. */
    record Ignored(Reason reason) implements Mapped {
        /** Why it is left alone. */
        public enum Reason {
            /** It is an alarm about something else. */
            NOT_MEANT,
            /** It is no alarm: an acknowledgement or another change of one. */
            NO_ALARM,
            /** It takes an alarm back and does not tell which. */
            CLEARS_NOTHING_KNOWN
        }
    }

    /** It may be an alarm, and cannot be understood. */
    record Unreadable(List<Problem> problems) implements Mapped {
        /** Copies the problems. */
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What is wrong in a body.
     *
     * @param pointer where, from the top of the body
     */
    record Problem(String pointer, Code code) {
        /** What it is. */
        public enum Code {
            /** The body is not JSON. */
            NOT_JSON,
            /** The list of elements is not there. */
            NO_LIST,
            /** More elements than are taken at once. */
            TOO_MANY,
            /** Nothing tells which instance or node it is about. */
            NO_INSTANCE,
            /** Nothing tells when it happened. */
            NO_TIME,
            /** It is no time, or a local one whose zone is not configured. */
            NOT_A_TIME,
            /** It is not 1 to 64 of letters, digits and {@code _ . : -}. */
            NOT_AN_IDENTIFIER,
            /** A word that the mapping does not know. */
            UNKNOWN_WORD,
            /** It is in the inventory neither as host nor as etcd's address nor as virtual machine. */
            HOST_UNKNOWN,
            /** More than one node of the inventory fits. */
            HOST_AMBIGUOUS,
            /** The instance is not in the inventory. */
            UNKNOWN_INSTANCE,
            /** The instance has no such node. */
            UNKNOWN_NODE,
            /** It is no CloudEvents 1.0 event. */
            NOT_A_CLOUD_EVENT,
            /** It is no message of SMN. */
            NOT_AN_SMN_MESSAGE,
            /** SMN asks whether it may send to us; somebody has to say yes. */
            UNCONFIRMED_SUBSCRIPTION
        }
    }

    /**
     * What a sender said of an alarm.
     *
     * @param key makes a repeat known
     * @param clearKey what a clear of it will name
     * @param where which node it is about, as it was told
     * @param occurredAt when it happened; empty when this sender tells no times
     */
    record Told(
            String key,
            String clearKey,
            Optional<String> name,
            Where where,
            Optional<String> severity,
            Optional<Instant> occurredAt,
            Optional<String> clusterStatus,
            Map<String, String> labels) {
        /** Copies the labels. */
        public Told {
            labels = Map.copyOf(labels);
        }
    }

    /** Which node, as it was told; at least one of them. */
    record Where(Optional<String> instance, Optional<String> node, Optional<String> host, Optional<String> vm) {}
}
