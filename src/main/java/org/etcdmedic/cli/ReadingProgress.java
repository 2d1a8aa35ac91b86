package org.etcdmedic.cli;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Tells how much of collected files was read, when that takes so long that somebody wonders. */
final class ReadingProgress implements LongConsumer {
    private static final Duration NOTICED = Duration.ofSeconds(2);
    private static final Duration DRAWN = Duration.ofMillis(200);
    private static final long MEBIBYTE = 1024L * 1024;

    private final ProgressLine line;
    private final Words words;
    private long begin;
    private long bytes;
    private long told;

    ReadingProgress(ProgressLine line, Words words) {
        this.line = line;
        this.words = words;
    }

    @Override
    public void accept(long read) {
        long now = System.nanoTime();
        if (bytes == 0) {
            // What is done before the first byte is no reading.
            begin = now;
            told = now;
        }
        bytes += read;
        if (now - told >= (line.moves() ? DRAWN : NOTICED).toNanos()) {
            told = now;
            line.state(words.text("cli.reading", Long.toString(bytes / MEBIBYTE)), Duration.ofNanos(now - begin));
        }
    }

    /** The rest goes without saying. */
    void over() {
        line.clear();
    }
}
