package org.etcdmedic.bundle.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that tells how much was read of it. */
final class WatchedStream extends FilterInputStream {
    private final LongConsumer waiting;

    WatchedStream(InputStream in, LongConsumer waiting) {
        super(in);
        this.waiting = waiting;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        waiting.accept(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        waiting.accept(Math.max(0, count));
        return count;
    }
}
