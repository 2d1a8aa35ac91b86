package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The cluster manager's marker files.
 *
 * @param directories where was looked
 * @param markers those found
 */
public record MarkerFiles(List<Directory> directories, List<Marker> markers) {
    /** Copies the lists. */
    public MarkerFiles {
        directories = List.copyOf(directories);
        markers = List.copyOf(markers);
    }

    /** A directory that was looked at, and whether it could be read or is absent. */
    public record Directory(String path, State state) {
        /** How looking went. */
        public enum State {
            /** Looked. */
            READABLE,
            /** There, and we may not look. */
            UNREADABLE,
            /** Not there. */
            ABSENT
        }
    }

    /**
     * One marker file.
     *
     * @param name such as {@code etcd_manual_start}
     * @param path full path
     * @param owner account that owns it
     * @param mode octal permission bits
     * @param bytes size
     * @param modifiedAt last modification, by the node's clock
     * @param content its first bytes, trimmed; empty when it has none or they may not be read
     * @param source the lines it was read from
     */
    public record Marker(
            String name,
            String path,
            String owner,
            int mode,
            long bytes,
            Instant modifiedAt,
            String content,
            Source source) {}

    /** The first marker with this name. */
    public Optional<Marker> named(String name) {
        return markers.stream().filter(marker -> marker.name().equals(name)).findFirst();
    }

    /** Whether at least one directory could be looked at. */
    public boolean looked() {
        return directories.stream().anyMatch(d -> d.state() == Directory.State.READABLE);
    }
}
