package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * The etcd executable as a file.
 *
 * @param path where it is expected
 * @param state whether it is there
 * @param file its attributes, when it is there
 * @param executableByUs whether the account that looked may execute it
 * @param elf whether it begins like a Linux program; empty when it could not be read
 * @param observer the account that looked
 */
public record ExecutableFact(
        String path,
        State state,
        Optional<FileFact> file,
        boolean executableByUs,
        Optional<Boolean> elf,
        String observer) {
    /** Whether the file is there. */
    public enum State {
        /** It is there. */
        PRESENT,
        /** The directory is there, the file is not. */
        ABSENT,
        /** A symbolic link that leads nowhere. */
        DANGLING_LINK,
        /** The directory itself is not there. */
        NO_DIRECTORY,
        /** We may not look into the directory. */
        UNREADABLE
    }

    /** Attributes of a file. Mode: octal permission bits. Times by the node's clock. */
    public record FileFact(int mode, String owner, String group, long bytes, Instant modifiedAt, String type) {}
}
