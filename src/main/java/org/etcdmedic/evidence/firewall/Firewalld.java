package org.etcdmedic.evidence.firewall;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.firewall.Decision.Guilty;

/**
 * Whose a rule is in firewalld's own words. It names its chains after its zones and policies (firewalld 0.6 to 2, both
 * backends): {@code filter_IN_public_deny}, {@code IN_public_deny}, {@code filter_OUT_policy_outgoing_deny},
 * {@code INPUT_direct}, and closes everything in a table {@code firewalld_policy_drop}.
 *
 * @param place what it belongs to
 * @param name of the zone or policy; empty for the others
 * @param written whether somebody wrote the rule; else it follows from the target, or from what is allowed nowhere
 */
public record Firewalld(Place place, String name, boolean written) {
    private static final Pattern OF_ZONE = Pattern.compile(
            "(?:(?:filter|raw|mangle|nat)_)?(?:IN|OUT|PRE|POST|FWD|FWDI|FWDO)_(policy_)?(.+?)(_pre|_log|_deny|_allow|_post)?");

    /** What a rule belongs to. */
    public enum Place {
        /** A zone. */
        ZONE,
        /** A policy between zones. */
        POLICY,
        /** The rules that somebody passed on to iptables. */
        DIRECT,
        /** The panic mode. */
        PANIC,
        /** What firewalld does for all zones. */
        ALL
    }

    /** firewalld's word for a rule, when the rule is firewalld's. */
    public static Optional<Firewalld> of(Guilty guilty) {
        String chain = guilty.chain().name();
        if (guilty.table().name().equals("firewalld_policy_drop")) {
            return Optional.of(new Firewalld(Place.PANIC, "", false));
        }
        if (!owns(guilty.table())) {
            return Optional.empty();
        }
        if (chain.endsWith("_direct")) {
            return Optional.of(new Firewalld(Place.DIRECT, "", true));
        }
        Matcher named = OF_ZONE.matcher(chain);
        if (!named.matches()) {
            return guilty.table().tool().equals("nft") || guilty.chain().hook().isPresent()
                    ? Optional.of(new Firewalld(Place.ALL, "", false))
                    : Optional.empty();
        }
        // A zone is where packets come from, so what leaves by itself is a policy's; the backend iptables does not say
        // so in the name.
        boolean policy = named.group(1) != null || chain.startsWith("OUT_") || chain.startsWith("filter_OUT_");
        return Optional.of(new Firewalld(policy ? Place.POLICY : Place.ZONE, named.group(2), named.group(3) != null));
    }

    /** Its own table of nftables, or one of iptables in which it has laid its chains. */
    private static boolean owns(Table table) {
        List<String> chains = table.chains().stream().map(Chain::name).toList();
        return (table.tool().equals("nft") && table.name().equals("firewalld"))
                || (chains.contains("INPUT_ZONES") && chains.contains("INPUT_direct"))
                || (chains.contains("PREROUTING_ZONES") && chains.contains("PREROUTING_direct"));
    }

    /** What makes firewalld show it. */
    public String shows() {
        return "firewall-cmd "
                + switch (place) {
                    case ZONE ->
                        written ? "--zone=" + name + " --list-all" : "--permanent --zone=" + name + " --get-target";
                    case POLICY -> written ? "--info-policy=" + name : "--permanent --policy=" + name + " --get-target";
                    case DIRECT -> "--direct --get-all-rules";
                    case PANIC -> "--query-panic";
                    case ALL -> "--list-all-zones";
                };
    }
}
