package org.etcdmedic.platform;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is read anew when it is older than a while: however often it is asked for, its source is not. */
public final class Remembered<T> {
    private final Supplier<T> source;
    private final Duration fresh;
    private @Nullable T value;
    private long readAt;

    /**
     * Nothing is read yet.
     *
     * @param source where it is read
     * @param fresh so long a value is used
     */
    public Remembered(Supplier<T> source, Duration fresh) {
        this.source = source;
        this.fresh = fresh;
    }

    /** The value. */
    public synchronized T get() {
        T known = value;
        if (known == null || System.nanoTime() - readAt > fresh.toNanos()) {
            known = source.get();
            value = known;
            readAt = System.nanoTime();
        }
        return known;
    }
}
