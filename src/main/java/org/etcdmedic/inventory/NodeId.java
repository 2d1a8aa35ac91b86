package org.etcdmedic.inventory;

/**
 * The management plane's identifier of one node of an instance. Opaque: 1 to 64 of {@code [A-Za-z0-9_.:-]}.
 *
 * @param value the identifier as the management plane writes it
 */
public record NodeId(String value) {
    /** Refuses what is not an opaque identifier. */
    public NodeId {
        OpaqueId.check("nodeId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
