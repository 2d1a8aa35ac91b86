package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory that only its owner can read and that one process at a time works in. The lock ends with the process. */
public final class LockedDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private LockedDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates the directory where it is absent; throws {@link PracticeRefusal} while another process has it. */
    public static LockedDirectory take(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            return new LockedDirectory(path, lock(path.resolve("lock")));
        } catch (IOException e) {
            throw new PracticeRefusal(
                    "The practice start keeps its data in " + path + " and cannot write there (" + e
                            + "). Choose another directory with --medic.practice.directory=<path>.",
                    e);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same refusal.
        }
        channel.close();
        throw new PracticeRefusal("A practice start is already running in " + file.getParent() + " (process "
                + Files.readString(file) + "). Stop it first, or give this one a directory of its own with"
                + " --medic.practice.directory=<path> and a port with --server.port=<port>.");
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
