package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A real file system of a stated size, that really fills. Only root may mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final Path mountedAt;

    private SmallDisk(Path mountedAt) {
        this.mountedAt = mountedAt;
    }

    /** Why there can be none here; empty when there can. */
    public static String impossible() {
        try {
            int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return uid == 0 ? "" : "only root may mount a file system";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mounts one on the directory; throws where that is not permitted. */
    public static SmallDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=755", "medic-test", directory.toString());
        return new SmallDisk(directory);
    }

    /** The file system's root. */
    public Path path() {
        return mountedAt;
    }

    /** Somebody's file takes all that is left. */
    public void fill() {
        try (var file = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int block = BLOCK; block > 0; block /= 4) {
                writeUntilFull(file, block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeUntilFull(FileChannel file, int block) {
        try {
            int written;
            do {
                written = file.write(ByteBuffer.allocate(block));
            } while (written > 0);
        } catch (IOException full) {
            // No space left on device: what was wanted.
        }
    }

    /** The file is deleted. */
    public void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return mountedAt.resolve("somebody-elses-file");
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", mountedAt.toString());
    }

    private static void run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", words) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
