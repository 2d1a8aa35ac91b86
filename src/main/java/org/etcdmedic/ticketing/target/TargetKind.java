package org.etcdmedic.ticketing.target;

import java.util.List;
import java.util.Map;

/** A kind of target: what its configuration may say, and the target that comes of it. Kinds in code are Spring beans. */
public interface TargetKind {
    /** What {@code preset} in the configuration calls it: lower-case words joined by hyphens. */
    String name();

    /**
     * A target.
     *
     * @param wishes what the configuration says
     * @throws Misconfigured with every mistake at once
     */
    Target target(Wishes wishes) throws Misconfigured;

    /** Whether it cannot do without a secret. */
    boolean needsSecret();

    /**
     * What the configuration says of one target.
     *
     * @param settings names and values of the kind's own; an unknown one is a mistake
     * @param bodies templates in place of the kind's own, by lower-case action ({@code open}, {@code update}, {@code resolve})
     * @param rates in place of the kind's own; empty: those
     */
    record Wishes(Map<String, String> settings, Map<String, String> bodies, List<Limits.Rate> rates) {
        /** Copies the collections. */
        public Wishes {
            settings = Map.copyOf(settings);
            bodies = Map.copyOf(bodies);
            rates = List.copyOf(rates);
        }

        /** The kind's own rates unless others are wished. */
        public List<Limits.Rate> ratesOr(List<Limits.Rate> own) {
            return rates.isEmpty() ? own : rates;
        }
    }

    /** The configuration of a target is wrong. */
    final class Misconfigured extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<String> mistakes;

        /** With every mistake, each a sentence without a full stop that repeats no secret. */
        public Misconfigured(List<String> mistakes) {
            super(String.join("; ", mistakes));
            this.mistakes = List.copyOf(mistakes);
        }

        /** All of them. */
        public List<String> mistakes() {
            return mistakes;
        }
    }
}
