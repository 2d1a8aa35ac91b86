package org.etcdmedic.probe.ssh;

/** The steps of the way into a node, in their order. */
enum Stage {
    /** We look up the login and its key. */
    SETTINGS,
    /** We wait until one of our connections is free. */
    QUEUE,
    /** The jump host is logged in to. */
    BASTION,
    /** The jump host connects to the node. */
    BEHIND_BASTION,
    /** The host's name is resolved. */
    NAME,
    /** TCP. */
    CONNECT,
    /** Until the line that starts with {@code SSH-}. */
    BANNER,
    /** Until the server's SSH_MSG_NEWKEYS; the host key is judged in here. */
    KEY_EXCHANGE,
    /** From then on. */
    AUTHENTICATION
}
