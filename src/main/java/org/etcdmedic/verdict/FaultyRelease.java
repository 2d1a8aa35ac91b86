package org.etcdmedic.verdict;

import java.util.Set;

/**
 * Releases of etcd that complain of data which is well. 3.3.21 and 3.4.8 check the write-ahead log at the start and take a
 * log whose oldest files were purged for a damaged one (etcd pull requests 11888 and 11924, mended in 3.3.22 and 3.4.9).
 */
final class FaultyRelease {
    private static final Set<String> VERSIONS = Set.of("3.3.21", "3.4.8");
    private static final String COMPLAINT = "wal-content-fatal";

    private FaultyRelease() {}

    /** What the line is an observation of: of itself, or of such a release that may be mistaken. */
    static String rather(NodeCase node, KnownLine line) {
        boolean mistaken = line.signature().id().equals(COMPLAINT)
                && node.known().stream()
                        .filter(known -> known.signature().id().equals("start-banner"))
                        .anyMatch(known -> VERSIONS.contains(known.captured().getOrDefault("version", "")));
        return mistaken ? "wal-check-of-faulty-release" : line.signature().id();
    }
}
