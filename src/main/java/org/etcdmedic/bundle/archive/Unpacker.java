package org.etcdmedic.bundle.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.Intake;
import org.etcdmedic.bundle.Skipped.Reason;

/**
 * Opens what is packed, by what it begins with and never by its name: gzip, tar and zip, also in one another. Only streams:
 * nothing is unpacked to a disk, and no entry's name is ever used as a path.
 */
final class Unpacker {
    private static final int TAR_BLOCK = 512;
    private static final int TAR_MAGIC = 257;

    private final Intake intake;

    Unpacker(Intake intake) {
        this.intake = intake;
    }

    /** A file or an entry; {@code folder} is where the files of an archive are to lie. */
    void open(String path, String folder, InputStream in, int depth) throws IOException {
        var content = new BufferedInputStream(in, 64 * 1024);
        content.mark(TAR_BLOCK);
        byte[] head = content.readNBytes(TAR_BLOCK);
        content.reset();
        boolean zip = isZip(head);
        boolean gzip = head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
        boolean tar = isTar(head);
        if ((zip || gzip || tar) && depth >= intake.limits().depth()) {
            intake.skip(path, Reason.NESTED_TOO_DEEP);
        } else if (gzip) {
            gunzip(path, folder, content, depth);
        } else if (tar) {
            tar(path, folder, content, depth);
        } else if (zip) {
            nestedZip(path, folder, content, depth);
        } else {
            intake.file(path, content);
        }
    }

    static boolean isZip(byte[] head) {
        return head.length > 3
                && head[0] == 'P'
                && head[1] == 'K'
                && ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6));
    }

    private static boolean isTar(byte[] head) {
        return head.length == TAR_BLOCK && new String(head, TAR_MAGIC, 5, StandardCharsets.US_ASCII).equals("ustar");
    }

    private void gunzip(String path, String folder, InputStream in, int depth) throws IOException {
        var packed = new Counted(in);
        GZIPInputStream gzip;
        try {
            // The JDK's gives what it could unpack before it stumbles over a damage, and reads joined members.
            gzip = new GZIPInputStream(packed);
        } catch (IOException damaged) {
            intake.skip(path, Reason.DAMAGED);
            return;
        }
        String inner = path.toLowerCase(Locale.ROOT).endsWith(".tgz")
                ? path.substring(0, path.length() - 4) + ".tar"
                : path.replaceFirst("(?i)\\.gz$", "");
        var unpacked = new Unpacked(gzip, intake, packed::count);
        try {
            open(inner, folder, unpacked, depth + 1);
        } catch (Intake.TooDense bomb) {
            intake.skip(path, Reason.RATIO);
        } catch (IOException damaged) {
            intake.skip(path, Reason.DAMAGED);
        }
    }

    private void tar(String path, String folder, InputStream in, int depth) {
        try (var tar = new TarArchiveInputStream(new Unclosed(in), StandardCharsets.UTF_8.name())) {
            entries(path, folder, tar, new Unclosed(tar), depth);
        } catch (IOException ended) {
            intake.skip(path, Reason.CUT_SHORT);
        }
    }

    /** One entry after the other, as far as they can be read. */
    private void entries(String path, String folder, ArchiveInputStream<?> archive, InputStream content, int depth) {
        try {
            for (ArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                intake.entry();
                String name = entry.getName();
                if (!entry.isDirectory() && usable(name, folder + name, entry, archive.canReadEntryData(entry))) {
                    entry(folder + name, content, depth);
                }
            }
        } catch (Intake.TooDense bomb) {
            intake.skip(path, Reason.RATIO);
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException damaged) {
            intake.skip(path, Reason.CUT_SHORT);
        }
    }

    private void entry(String path, InputStream in, int depth) throws IOException {
        open(path, path.replaceFirst("(?i)\\.(tar\\.gz|tgz|tar|zip)$", "") + "/", in, depth + 1);
    }

    /** Whether an entry is a plain file of a usable name; where it is not, that is noted. */
    private boolean usable(String name, String path, ArchiveEntry entry, boolean readable) {
        switch (entry) {
            case TarArchiveEntry tar when tar.isSymbolicLink() || tar.isLink() -> intake.skip(path, Reason.LINK);
            case TarArchiveEntry tar
            when tar.isCharacterDevice() || tar.isBlockDevice() || tar.isFIFO() -> intake.skip(path, Reason.DEVICE);
            case TarArchiveEntry tar when tar.isSparse() -> intake.skip(path, Reason.PACKED_OTHERWISE);
            case ZipArchiveEntry zip when zip.isUnixSymlink() -> intake.skip(path, Reason.LINK);
            case ZipArchiveEntry zip
            when zip.getGeneralPurposeBit().usesEncryption() -> intake.skip(path, Reason.ENCRYPTED);
            case ArchiveEntry other when !readable -> intake.skip(path, Reason.PACKED_OTHERWISE);
            case ArchiveEntry other -> {
                return intake.accepts(name, path);
            }
        }
        return false;
    }

    private void nestedZip(String path, String folder, InputStream in, int depth) throws IOException {
        long most = Math.min(intake.limits().handedIn(), Integer.MAX_VALUE - 16);
        byte[] bytes = in.readNBytes((int) most + 1);
        if (bytes.length > most) {
            intake.skip(path, Reason.TOO_MUCH);
        } else {
            zip(path, folder, () -> new SeekableInMemoryByteChannel(bytes), depth);
        }
    }

    /** A way to read the same bytes once more. */
    interface Content {
        SeekableByteChannel open() throws IOException;
    }

    /** A zip by its directory; where that is gone, by what stands one behind the other. */
    void zip(String path, String folder, Content content, int depth) {
        boolean opened = false;
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(content.open())
                .setCharset(StandardCharsets.ISO_8859_1)
                .setUseUnicodeExtraFields(false)
                .get()) {
            opened = true;
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
            refuseOverlap(entries);
            for (ZipArchiveEntry entry : entries) {
                intake.entry();
                // Whatever the archive claims of its names, they are shown as UTF-8, damaged where they are not.
                String name = new String(entry.getRawName(), StandardCharsets.UTF_8);
                if (!entry.isDirectory() && usable(name, folder + name, entry, zip.canReadEntryData(entry))) {
                    unzip(folder + name, zip, entry, depth);
                }
            }
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException damaged) {
            if (opened) {
                intake.skip(path, Reason.CUT_SHORT);
            } else {
                zipWithoutDirectory(path, folder, content, depth);
            }
        }
    }

    private void unzip(String path, ZipFile zip, ZipArchiveEntry entry, int depth) {
        try (InputStream in = zip.getInputStream(entry)) {
            entry(path, new Unpacked(in, intake, entry::getCompressedSize), depth);
        } catch (Intake.TooDense bomb) {
            intake.skip(path, Reason.RATIO);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            intake.skip(path, Reason.DAMAGED);
        }
    }

    private void zipWithoutDirectory(String path, String folder, Content content, int depth) {
        intake.skip(path, Reason.CUT_SHORT);
        try (SeekableByteChannel channel = content.open();
                var zip = new ZipArchiveInputStream(
                        Channels.newInputStream(channel), StandardCharsets.UTF_8.name(), false)) {
            entries(path, folder, zip, new Unpacked(new Unclosed(zip), intake, zip::getCompressedCount), depth);
        } catch (IOException gone) {
            intake.skip(path, Reason.DAMAGED);
        }
    }

    /** A zip whose entries share their bytes unpacks to a multiple of itself, and no honest program writes one. */
    private static void refuseOverlap(List<ZipArchiveEntry> entries) {
        long end = 0;
        List<ZipArchiveEntry> filled = entries.stream()
                .filter(entry -> entry.getCompressedSize() > 0)
                .sorted(Comparator.comparingLong(ZipArchiveEntry::getDataOffset))
                .toList();
        for (ZipArchiveEntry entry : filled) {
            if (entry.getDataOffset() < end) {
                throw new BundleRefused(BundleRefused.Reason.OVERLAPPING);
            }
            end = entry.getDataOffset() + entry.getCompressedSize();
        }
    }

    /** An entry ends where the next one begins; closing it must not close the archive. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The archive goes on behind it.
        }

        /** None that is certain: a reader must not lose what it has by asking for more, which may be damaged. */
        @Override
        public int available() {
            return 0;
        }
    }

    /** Packed bytes, as they are taken. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = in.read(buffer, from, length);
            count += Math.max(0, n);
            return n;
        }
    }
}
