package org.etcdmedic.probe;

import java.util.List;

/** One connection to one node, for as long as a diagnosis needs it. Several threads may ask at the same time. */
public interface Visit extends AutoCloseable {
    /** How far we came. */
    Reach reach();

    /**
     * Asks the questions side by side, within the server's session limit. Returns one capture for each question, in
     * their order, by the deadline of the visit; never throws for anything that the node does.
     */
    List<Capture> ask(List<Question> questions);

    /** Cuts the connection. What still runs on the node is ended there by its own time limit. */
    @Override
    void close();
}
