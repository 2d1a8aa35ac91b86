package org.etcdmedic.evidence.firewall;

import java.util.List;
import org.etcdmedic.evidence.Source;

/**
 * One rule as it stands.
 *
 * @param number its number in the chain, from 1; 0 for the policy of the chain
 * @param handle what {@code nft delete rule} wants; empty where the tool gives none
 * @param text as the tool printed it
 * @param matches conditions, all of which must hold
 * @param action what then happens
 * @param source the line
 */
public record Rule(int number, String handle, String text, List<Match> matches, Action action, Source source) {
    /** Copies the conditions. */
    public Rule {
        matches = List.copyOf(matches);
    }

    Tri matches(Packet packet) {
        Tri all = Tri.YES;
        for (Match match : matches) {
            all = all.and(match.test(packet));
        }
        return all;
    }
}
