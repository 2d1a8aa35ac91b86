package org.etcdmedic.evidence;

import java.util.List;

/** What a node's resolver says of the host names in etcd's URLs. */
public record NameLookups(List<Lookup> lookups) {
    /** Copies the list. */
    public NameLookups {
        lookups = List.copyOf(lookups);
    }

    /**
     * One name.
     *
     * @param name what was looked up
     * @param result how it ended
     * @param addresses what it stands for; empty unless it was found
     * @param source the line it was read from
     */
    public record Lookup(String name, Result result, List<String> addresses, Source source) {
        /** Copies the addresses. */
        public Lookup {
            addresses = List.copyOf(addresses);
        }
    }

    /** How a lookup ended. */
    public enum Result {
        /** It has an address. */
        FOUND,
        /** Nobody knows it. */
        UNKNOWN_NAME,
        /** No name server answered in time. */
        TIMED_OUT,
        /** The node has no program to look it up with, or that failed. */
        FAILED
    }
}
