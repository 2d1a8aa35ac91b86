package org.etcdmedic.handover;

import java.time.Instant;
import java.util.Map;

/** A way to put files into one. */
@FunctionalInterface
public interface Archive {
    /**
     * The archive: the same bytes for the same files.
     *
     * @param folder where the files lie in it
     * @param files texts by their names, in this order
     * @param at the time that each file carries
     */
    byte[] of(String folder, Map<String, String> files, Instant at);
}
