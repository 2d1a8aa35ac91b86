package org.etcdmedic.platform;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.concurrent.Callable;

/**
 * Takes along to another thread what a log line and a trace say of the case that is worked on: neither crosses threads by
 * itself.
 */
public final class Carried {
    private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder()
            .contextRegistry(new ContextRegistry()
                    .registerThreadLocalAccessor(new Slf4jThreadLocalAccessor())
                    .registerThreadLocalAccessor(new ObservationThreadLocalAccessor()))
            .build();

    private Carried() {}

    /** The same deed, done on whichever thread with what this one knows now. */
    public static Runnable over(Runnable deed) {
        return SNAPSHOTS.captureAll().wrap(deed);
    }

    /** The same deed, done on whichever thread with what this one knows now. */
    public static <T> Callable<T> over(Callable<T> deed) {
        return SNAPSHOTS.captureAll().wrap(deed);
    }
}
