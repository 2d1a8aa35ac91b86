package org.etcdmedic.audit;

/** Tells who is acting; whoever lets callers in knows. */
public interface Actors {
    /** Who acts on this thread now; {@link Actor#SERVICE} when no caller does. */
    Actor current();
}
