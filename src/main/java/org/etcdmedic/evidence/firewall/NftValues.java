package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.firewall.Match.Ports.Side;

/** What stands behind a field in a rule of nft: one value, a list or a set, and whether it is meant the other way round. */
record NftValues(List<String> items, boolean negated) {
    NftValues {
        items = List.copyOf(items);
    }

    /** The protocols that are meant. */
    Match protocol() {
        boolean tcp = items.contains("tcp") || items.contains("6");
        return new Match.Tcp(tcp != negated);
    }

    /** The addresses that are meant; one that is none makes the condition unclear. */
    Match addresses(boolean source) {
        var ranges = new ArrayList<AddressRange>();
        for (String item : items) {
            Optional<AddressRange> range = AddressRange.read(item);
            if (range.isEmpty()) {
                return new Match.Unclear(item);
            }
            ranges.add(range.get());
        }
        return new Match.Addresses(source, ranges, negated);
    }

    /** The ports that are meant; a name makes the condition unclear. */
    Match ports(Side side) {
        var ranges = new ArrayList<PortRange>();
        for (String item : items) {
            Optional<PortRange> range = PortRange.read(item);
            if (range.isEmpty()) {
                return new Match.Unclear(item);
            }
            ranges.add(range.get());
        }
        return new Match.Ports(side, ranges, negated);
    }
}
