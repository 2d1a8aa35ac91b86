package org.etcdmedic.bundle.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.Handed;
import org.etcdmedic.bundle.Intake;
import org.etcdmedic.bundle.Skipped.Reason;

/** What is handed in: a log, an archive or a directory, opened as it is read. */
public final class Packed {
    private Packed() {}

    /** What was uploaded, under the name that the sender gave it. */
    public static Handed upload(String name, byte[] bytes) {
        return intake -> {
            if (bytes.length > intake.limits().handedIn()) {
                throw new BundleRefused(BundleRefused.Reason.TOO_LARGE);
            }
            single(intake, name, () -> new ByteArrayInputStream(bytes), () -> new SeekableInMemoryByteChannel(bytes));
        };
    }

    /** A file or a directory of this machine, read and never written. Links in a directory are not followed. */
    public static Handed path(Path path) {
        return path(path, read -> {});
    }

    /** The same; whoever waits for it is told how many bytes were read each time. */
    public static Handed path(Path path, LongConsumer waiting) {
        return intake -> {
            try {
                if (Files.isDirectory(path)) {
                    directory(intake, path, waiting);
                } else {
                    Path file = path.getFileName();
                    single(
                            intake,
                            file == null ? path.toString() : file.toString(),
                            () -> new WatchedStream(Files.newInputStream(path), waiting),
                            () -> new WatchedChannel(Files.newByteChannel(path), waiting));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    private interface Stream {
        InputStream open() throws IOException;
    }

    private static void single(Intake intake, String name, Stream stream, Unpacker.Content content) {
        intake.entry();
        if (!intake.accepts(name, name)) {
            return;
        }
        var unpacker = new Unpacker(intake);
        try (InputStream in = stream.open()) {
            if (Unpacker.isZip(head(stream))) {
                unpacker.zip(name, "", content, 1);
            } else {
                unpacker.open(name, "", in, 0);
            }
        } catch (AccessDeniedException denied) {
            intake.skip(name, Reason.NOT_PERMITTED);
        } catch (IOException damaged) {
            intake.skip(name, Reason.DAMAGED);
        }
    }

    private static byte[] head(Stream stream) throws IOException {
        try (InputStream in = stream.open()) {
            return Arrays.copyOf(in.readNBytes(4), 4);
        }
    }

    private static void directory(Intake intake, Path root, LongConsumer waiting) throws IOException {
        var files = new TreeMap<String, Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = root.relativize(file).toString();
                intake.entry();
                if (attributes.isSymbolicLink()) {
                    intake.skip(name, Reason.LINK);
                } else if (!attributes.isRegularFile()) {
                    intake.skip(name, Reason.DEVICE);
                } else {
                    files.put(name, file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                intake.skip(root.relativize(file).toString(), Reason.NOT_PERMITTED);
                return FileVisitResult.CONTINUE;
            }
        });
        var unpacker = new Unpacker(intake);
        files.forEach((name, file) -> {
            if (!intake.accepts(name, name)) {
                return;
            }
            // Not followed even when it became a link since it was listed.
            try (InputStream in = new WatchedStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), waiting)) {
                unpacker.open(name, name.replaceFirst("(?i)\\.(tar\\.gz|tgz|tar|zip)$", "") + "/", in, 0);
            } catch (AccessDeniedException denied) {
                intake.skip(name, Reason.NOT_PERMITTED);
            } catch (IOException damaged) {
                intake.skip(name, Reason.DAMAGED);
            }
        });
    }
}
