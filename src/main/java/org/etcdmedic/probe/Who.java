package org.etcdmedic.probe;

/**
 * Under which names a command ran on a node.
 *
 * @param login the account that logged in
 * @param account the account that the command ran as
 * @param through the program that changed the one into the other
 */
public record Who(String login, String account, Through through) {
    /** The program that changes the account. */
    public enum Through {
        NOTHING,
        SUDO,
        RUNUSER
    }
}
