package org.etcdmedic.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.etcdmedic.evidence.LogLook;

/**
 * Keeps the last bytes of a text while it streams by, line by line: to its end, or to the first line that was written after
 * a certain time. However long the text is, no more is held than is kept.
 */
final class Tail {
    /** A line that is longer is taken for several. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final int most;
    private final Optional<Instant> until;
    private final ZoneOffset zone;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private long held;
    private boolean dropped;
    private boolean later;
    private Optional<Instant> last = Optional.empty();

    /**
     * A tail.
     *
     * @param most so many bytes
     * @param until lines after this instant are not kept; where it is empty, all are
     * @param zone in which times without a zone are read
     */
    Tail(int most, Optional<Instant> until, ZoneOffset zone) {
        this.most = most;
        this.until = until;
        this.zone = zone;
    }

    /** Reads it all; what was read before a damage stays, when the damage is thrown. */
    void read(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        var buffer = new byte[32 * 1024];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    line.write(buffer[i]);
                    if (buffer[i] == '\n' || line.size() >= LONGEST_LINE) {
                        if (!keep(line.toByteArray())) {
                            line.reset();
                            return;
                        }
                        line.reset();
                    }
                }
            }
        } finally {
            if (line.size() > 0) {
                keep(line.toByteArray());
            }
        }
    }

    /** Keeps the line; false when it is beyond the end. */
    private boolean keep(byte[] line) {
        if (until.isPresent()) {
            Optional<Instant> at = time(line);
            if (at.filter(until.get()::isBefore).isPresent()) {
                later = true;
                return false;
            }
        }
        lines.addLast(line);
        held += line.length;
        while (held > most && lines.size() > 1) {
            held -= lines.removeFirst().length;
            dropped = true;
        }
        return true;
    }

    private Optional<Instant> time(byte[] line) {
        String text = new String(line, 0, Math.min(line.length, 4_000), StandardCharsets.UTF_8);
        return LogLook.at(text, zone).at();
    }

    /** Whether there were lines that are not kept because they were written later. */
    boolean later() {
        return later;
    }

    /** What was kept, as a file of this path. */
    BundleFile file(String path) {
        var bytes = new ByteArrayOutputStream((int) held);
        lines.forEach(bytes::writeBytes);
        for (var from = lines.descendingIterator(); last.isEmpty() && from.hasNext(); ) {
            last = time(from.next());
        }
        return new BundleFile(path, bytes.toString(StandardCharsets.UTF_8), held, !dropped, last);
    }
}
