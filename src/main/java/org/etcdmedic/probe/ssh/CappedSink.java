package org.etcdmedic.probe.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes bytes up to a limit and swallows the rest. Writing never blocks and never fails, because JSch's session thread
 * writes here for all channels of the connection.
 */
final class CappedSink extends OutputStream {
    private final int limit;
    private final long bearable;
    private final Runnable whenOver;
    private final Runnable whenClosed;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private long came;
    private boolean over;

    /**
     * A sink that takes as much as it bears.
     *
     * @param whenOver runs once, when there was more than the limit
     * @param whenClosed runs when JSch closes the stream
     */
    CappedSink(int limit, Runnable whenOver, Runnable whenClosed) {
        this(limit, limit, whenOver, whenClosed);
    }

    /**
     * A sink.
     *
     * @param limit so many bytes are taken
     * @param bearable so many may come, the ones beyond the limit swallowed
     * @param whenOver runs once, when there was more than is bearable
     * @param whenClosed runs when JSch closes the stream
     */
    CappedSink(int limit, long bearable, Runnable whenOver, Runnable whenClosed) {
        this.limit = limit;
        this.bearable = bearable;
        this.whenOver = whenOver;
        this.whenClosed = whenClosed;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        boolean first;
        synchronized (this) {
            int room = Math.min(length, limit - taken.size());
            taken.write(bytes, offset, room);
            came += length;
            first = came > bearable && !over;
            over |= came > bearable;
        }
        if (first) {
            whenOver.run();
        }
    }

    @Override
    public void close() {
        whenClosed.run();
    }

    synchronized boolean over() {
        return over;
    }

    synchronized int size() {
        return taken.size();
    }

    synchronized String text() {
        return taken.toString(StandardCharsets.UTF_8);
    }
}
