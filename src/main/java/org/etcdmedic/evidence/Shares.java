package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Shares something out fairly: who wants little gets all of it, and the others share what is left alike. */
final class Shares {
    private Shares() {}

    /** How much each one gets, in the order of what they want; together never more than there is. */
    static List<Long> of(long whole, List<Long> wanted) {
        var shares = new ArrayList<>(wanted.stream().map(ignored -> 0L).toList());
        List<Integer> modestFirst = IntStream.range(0, wanted.size())
                .boxed()
                .sorted(Comparator.comparing(wanted::get))
                .toList();
        long left = whole;
        for (int i = 0; i < modestFirst.size(); i++) {
            int who = modestFirst.get(i);
            long share = Math.min(wanted.get(who), left / (modestFirst.size() - i));
            shares.set(who, share);
            left -= share;
        }
        return List.copyOf(shares);
    }
}
