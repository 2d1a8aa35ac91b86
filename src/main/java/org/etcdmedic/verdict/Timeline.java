package org.etcdmedic.verdict;

import java.util.List;

/**
 * The story of all nodes in the evidence window, oldest moment first.
 *
 * @param moments what happened
 * @param leftOut how many moments were left out because there were too many; those that tell least go first
 */
public record Timeline(List<Moment> moments, int leftOut) {
    /** Copies the list. */
    public Timeline {
        moments = List.copyOf(moments);
    }
}
