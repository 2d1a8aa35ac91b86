package org.etcdmedic.handover.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.etcdmedic.handover.Archive;

/** A {@code .tar.gz}, which every Linux opens by itself. */
public final class TarArchive implements Archive {
    private static final int READABLE = 0_100_644;

    @Override
    public byte[] of(String folder, Map<String, String> files, Instant at) {
        var bytes = new ByteArrayOutputStream();
        // Nothing of this machine is written: neither a name, nor an account, nor the time of packing.
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(folder + "/" + file.getKey(), true);
                entry.setSize(content.length);
                entry.setMode(READABLE);
                entry.setIds(0, 0);
                entry.setNames("", "");
                entry.setModTime(Date.from(at));
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
