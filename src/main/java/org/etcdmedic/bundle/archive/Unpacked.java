package org.etcdmedic.bundle.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.etcdmedic.bundle.Intake;

/** What comes out of an unpacker, counted against the limits of the whole bundle and against what went in. */
final class Unpacked extends FilterInputStream {
    /** Small files may be packed as densely as they like. */
    private static final long SMALL = 1024L * 1024;

    private final Intake intake;
    private final LongSupplier packed;
    private long count;

    /**
     * Counts a stream.
     *
     * @param packed how many packed bytes it took so far
     */
    Unpacked(InputStream in, Intake intake, LongSupplier packed) {
        super(in);
        this.intake = intake;
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        int one = safely(() -> in.read());
        if (one >= 0) {
            counted(1);
        }
        return one;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int n = safely(() -> in.read(buffer, from, length));
        if (n > 0) {
            counted(n);
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        // Skipped is unpacked all the same. At the end nothing is skipped, which is not told as -1 here.
        var skipped = new byte[Math.clamp(n, 0, 8 * 1024)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    /** None that is certain: a reader must not lose what it has by asking for more, which may be damaged. */
    @Override
    public int available() {
        return 0;
    }

    private interface Reading {
        int read() throws IOException;
    }

    /** A damaged stream can make an unpacker stumble in ways of its own; to us it is damaged. */
    private static int safely(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException stumbled) {
            throw new IOException("damaged", stumbled);
        }
    }

    private void counted(long n) throws IOException {
        count += n;
        intake.unpacked(n);
        if (count > SMALL
                && count / Math.max(1, packed.getAsLong()) > intake.limits().ratio()) {
            throw new Intake.TooDense();
        }
    }
}
