package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;

/**
 * The addresses of a node (row N2).
 *
 * @param addresses each with its interface
 * @param complete whether addresses of IPv6 are among them
 */
public record NetworkInterfaces(List<Address> addresses, boolean complete) {
    /** Copies the list. */
    public NetworkInterfaces {
        addresses = List.copyOf(addresses);
    }

    /**
     * One address.
     *
     * @param address without the length of its prefix
     * @param interfaceName the interface it stands on; a hyphen where that was not told
     * @param up whether the interface is up and has a link; true where that was not told
     * @param source the line it was read from
     */
    public record Address(String address, String interfaceName, boolean up, Source source) {}

    /** Where this address stands. */
    public Optional<Address> holding(String address) {
        return addresses.stream()
                .filter(own -> own.address().equalsIgnoreCase(address))
                .findFirst();
    }
}
