package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.evidence.ExecutableFact.FileFact;

/**
 * etcd's data directory and the file system below it.
 *
 * @param path the directory
 * @param observer the account that looked
 * @param state whether it is there
 * @param entries the directory itself, {@code member}, {@code member/wal}, {@code member/snap}
 * @param databaseBytes size of the database file {@code member/snap/db}; empty when it is not there or may not be seen
 * @param ownKilobytes what etcd's own files take, in KiB
 * @param blocks use of blocks, in KiB
 * @param inodes use of inodes
 * @param mountPoint where its file system is mounted
 * @param mounts mounts at that point, the last one is in effect
 * @param expectedMounts entries of {@code /etc/fstab} at or above the directory, other than {@code /}
 */
public record DataDirectory(
        String path,
        String observer,
        State state,
        List<Entry> entries,
        OptionalLong databaseBytes,
        OptionalLong ownKilobytes,
        Optional<Use> blocks,
        Optional<Use> inodes,
        Optional<String> mountPoint,
        List<Mount> mounts,
        List<Mount> expectedMounts) {
    /** Copies the lists. */
    public DataDirectory {
        entries = List.copyOf(entries);
        mounts = List.copyOf(mounts);
        expectedMounts = List.copyOf(expectedMounts);
    }

    /** Whether the directory is there. */
    public enum State {
        /** It is a directory. */
        DIRECTORY,
        /** Something else has its name. */
        NOT_A_DIRECTORY,
        /** It is not there, or a directory above it may not be entered. */
        ABSENT
    }

    /**
     * A directory of etcd.
     *
     * @param path which
     * @param file attributes; empty when they could not be read
     * @param error what was said instead, such as {@code Permission denied}; empty when attributes are there
     * @param readable for the observer
     * @param writable for the observer; false also on a file system mounted read-only
     * @param searchable for the observer
     * @param source the lines it was read from
     */
    public record Entry(
            String path,
            Optional<FileFact> file,
            String error,
            boolean readable,
            boolean writable,
            boolean searchable,
            Source source) {}

    /** Use of a file system: KiB or inodes. A total of 0 means the file system does not count them. */
    public record Use(String fileSystem, long total, long used, long available, Source source) {
        /** Share in use as {@code df} reckons it, 0 to 100; 0 when nothing is counted. */
        public int percent() {
            long base = used + available;
            return base <= 0 ? 0 : (int) Math.min(100, Math.ceilDiv(used * 100, base));
        }
    }

    /** A mount: device, place, type and options. */
    public record Mount(String device, String place, String type, List<String> options, Source source) {
        /** Copies the options. */
        public Mount {
            options = List.copyOf(options);
        }

        /** Whether it is mounted read-only. */
        public boolean readOnly() {
            return options.contains("ro");
        }
    }

    /** The directory's own entry. */
    public Optional<Entry> self() {
        return entries.stream().filter(e -> e.path().equals(path)).findFirst();
    }

    /** The mount that is in effect. */
    public Optional<Mount> mount() {
        return mounts.isEmpty() ? Optional.empty() : Optional.of(mounts.getLast());
    }
}
