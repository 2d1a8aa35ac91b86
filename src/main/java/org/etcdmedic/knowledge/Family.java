package org.etcdmedic.knowledge;

/** Branch of the runbook a cause belongs to. */
public enum Family {
    /** Virtual machine. */
    VM,
    /** Network. */
    NETWORK,
    /** Disk, CPU or memory overload. */
    OVERLOAD,
    /** The etcd process, its files and its supervisor. */
    PROCESS,
    /** The OM interface to the management plane. */
    OM,
    /** Nothing found, or nothing known. */
    NONE,
    /** Our own access to the nodes. */
    PROBE
}
