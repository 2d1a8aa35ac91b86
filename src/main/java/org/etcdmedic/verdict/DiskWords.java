package org.etcdmedic.verdict;

import java.util.Locale;
import java.util.stream.Stream;

/** The kernel's words for a disk or file system in trouble (block layer, ext4, XFS, NVMe). */
final class DiskWords {
    private DiskWords() {}

    static boolean speaksOfADisk(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return Stream.of(
                        "i/o error",
                        "ext4-fs error",
                        "remounting filesystem",
                        "critical medium",
                        "metadata corruption",
                        "corruption detected",
                        "shutting down filesystem",
                        "device offline")
                .anyMatch(lower::contains);
    }
}
