package org.etcdmedic.cli;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A diagnosis as the API answers it, as far as a terminal shows it. Words of the contract stay words: a newer service may
 * know more of them.
 */
record Diagnosed(
        String id,
        String instanceId,
        String nodeId,
        String status,
        Instant alarmedAt,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable String failure,
        @Nullable Verdict verdict,
        List<Classification> classifications,
        List<Finding> findings,
        List<Step> remediation,
        @Nullable Quorum quorum,
        List<Gap> gaps,
        @Nullable Bundle bundle,
        @Nullable Rerun rerun,
        @Nullable Progress progress,
        @Nullable History history) {
    private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING");

    /** Refuses an answer that lacks what every diagnosis has. */
    Diagnosed {
        requireNonNull(id);
        requireNonNull(instanceId);
        requireNonNull(nodeId);
        requireNonNull(status);
        requireNonNull(alarmedAt);
        requireNonNull(queuedAt);
        classifications = all(classifications);
        findings = all(findings);
        remediation = all(remediation);
        gaps = all(gaps);
    }

    /** What is remembered of its fault. */
    record History(@Nullable String summary, @Nullable Correction correction) {}

    /** What somebody said last that it was instead. */
    record Correction(@Nullable String text) {}

    /** Whether a step helped before. */
    record Help(@Nullable String text) {}

    /** The judgement in a nutshell. */
    record Verdict(
            String outcome,
            String cause,
            String summary,
            @Nullable String nodeId,
            List<String> others) {
        Verdict {
            requireNonNull(outcome);
            requireNonNull(cause);
            requireNonNull(summary);
            others = all(others);
        }

        boolean names() {
            return outcome.equals("CONFIRMED") || outcome.equals("LIKELY");
        }
    }

    /** What is said of one cause. */
    record Classification(String cause, String state, List<String> findings) {
        Classification {
            requireNonNull(cause);
            requireNonNull(state);
            findings = all(findings);
        }

        boolean holds() {
            return state.equals("CONFIRMED") || state.equals("LIKELY");
        }
    }

    /** One observation. */
    record Finding(String id, String state, String statement, List<Reference> evidence) {
        Finding {
            requireNonNull(id);
            requireNonNull(state);
            requireNonNull(statement);
            evidence = all(evidence);
        }
    }

    /** Lines of a piece of evidence. */
    record Reference(String id, List<Integer> lines) {
        Reference {
            requireNonNull(id);
            lines = List.copyOf(lines);
        }
    }

    /** One step of the repair. */
    record Step(
            int order,
            String action,
            @Nullable String command,
            String actor,
            String risk,
            @Nullable Help helpedBefore) {
        Step {
            requireNonNull(action);
            requireNonNull(actor);
            requireNonNull(risk);
        }
    }

    /** How many members work. */
    record Quorum(int members, int healthy, boolean held) {}

    /** Rows that could not be looked at. */
    record Gap(String reason) {
        Gap {
            requireNonNull(reason);
        }
    }

    /** What was read of collected files. */
    record Bundle(
            Instant at,
            String timeBy,
            Instant from,
            Instant to,
            List<Node> nodes,
            List<File> files,
            List<Skipped> skipped) {
        Bundle {
            requireNonNull(at);
            requireNonNull(timeBy);
            requireNonNull(from);
            requireNonNull(to);
            nodes = List.copyOf(nodes);
            files = List.copyOf(files);
            skipped = List.copyOf(skipped);
        }

        /** A node of it. */
        record Node(String nodeId, String visited, String zone, String zoneBy) {}

        /** A file that was read. */
        record File(String path, String nodeId, String what) {}

        /** A part that was left aside. */
        record Skipped(String path, String reason) {}
    }

    /** What has become of the cause that was named before. */
    record Rerun(@Nullable String text) {}

    /** How far it is. */
    record Progress(@Nullable Integer attempt, List<Asked> nodes) {
        Progress {
            nodes = all(nodes);
        }

        /** How far one node is. */
        record Asked(String nodeId, String state, @Nullable Integer answers) {
            Asked {
                requireNonNull(nodeId);
                requireNonNull(state);
            }
        }
    }

    /**
     * Reads the answer of the API.
     *
     * @throws tools.jackson.core.JacksonException when it is none
     */
    static Diagnosed read(String json) {
        return Json.read(json, Diagnosed.class);
    }

    /** Whether it will change no more. */
    boolean over() {
        return !OPEN.contains(status);
    }

    /** A list that is left out is empty. */
    private static <T> List<T> all(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
