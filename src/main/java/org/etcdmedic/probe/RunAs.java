package org.etcdmedic.probe;

/** Whose eyes a probe needs on the node. */
public enum RunAs {
    /** Any account that can log in. */
    LOGIN,
    /** The database's account, because it owns the files and processes that are looked at. */
    DATABASE_USER,
    /** root, because the kernel or the system log shows itself to nobody else. */
    ROOT
}
