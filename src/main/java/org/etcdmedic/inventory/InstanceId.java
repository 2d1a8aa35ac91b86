package org.etcdmedic.inventory;

/**
 * The management plane's identifier of one database instance. Opaque: 1 to 64 of {@code [A-Za-z0-9_.:-]}.
 *
 * @param value the identifier as the management plane writes it
 */
public record InstanceId(String value) {
    /** Refuses what is not an opaque identifier. */
    public InstanceId {
        OpaqueId.check("instanceId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
