package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;

/**
 * The files of a log directory, newest first.
 *
 * @param path the directory
 * @param state whether it could be read
 * @param files its files
 */
public record LogDirectory(String path, MarkerFiles.Directory.State state, List<LogFile> files) {
    /** Copies the list. */
    public LogDirectory {
        files = List.copyOf(files);
    }

    /** A file: name, bytes, last modification by the node's clock. */
    public record LogFile(String name, long bytes, Instant modifiedAt) {
        /** Whether it is compressed. */
        public boolean compressed() {
            return name.endsWith(".gz");
        }
    }
}
