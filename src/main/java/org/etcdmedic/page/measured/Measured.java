package org.etcdmedic.page.measured;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.page.picture.Plot;

/**
 * What was measured of a diagnosis' nodes.
 *
 * @param curves what was measured over time, of what is looked at first
 * @param further what else was measured over time
 * @param silences logs in which there is nothing to draw, and what that means
 * @param missing metrics that monitoring did not tell, and why
 * @param monitored whether monitoring was asked
 * @param looks how busy each node was while it was asked
 */
public record Measured(
        List<Plot> curves,
        List<Plot> further,
        List<Silence> silences,
        List<Missing> missing,
        boolean monitored,
        List<Look> looks) {
    /** A log without values; {@code why} is a key of the texts. */
    public record Silence(String node, String why) {}

    /** A metric without values. */
    public record Missing(String node, String metric, String reason) {}

    /**
     * How busy a node was for a second while it was asked.
     *
     * @param at when that was
     * @param bars what was in use
     */
    public record Look(String node, Instant at, List<Bar> bars) {}

    /**
     * A share of something.
     *
     * @param name of it; a key of the texts
     * @param percent of it, from 0 to 100
     * @param text the value as it is written
     * @param limit from where on it is trouble, where that is known
     * @param over whether that is so
     */
    public record Bar(String name, double percent, String text, Optional<Integer> limit, boolean over) {}

    /** Whether there is nothing at all. */
    public boolean nothing() {
        return curves.isEmpty() && looks.isEmpty();
    }
}
