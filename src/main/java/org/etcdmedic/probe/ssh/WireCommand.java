package org.etcdmedic.probe.ssh;

import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.Who;

/** What is sent to have a probe run with the eyes it needs. The account's name is the only word put into it. */
sealed interface WireCommand {

    /** This text, on which nothing of a question's arguments has an influence. */
    record Send(String text, Who who) implements WireCommand {}

    /** Nothing, because our login cannot become the account that is needed. */
    record NotPermitted(String detail) implements WireCommand {}

    /**
     * Decides it.
     *
     * @param login the account we are logged in as
     * @param sudo whether it may use {@code sudo -n}
     */
    static WireCommand of(Probe probe, OsUser login, boolean sudo, OsUser dbUser) {
        boolean root = login.name().equals("root");
        return switch (probe.runAs()) {
            case LOGIN -> plain(probe, login);
            case DATABASE_USER -> {
                if (login.equals(dbUser)) {
                    yield plain(probe, login);
                }
                if (root) {
                    yield new Send(
                            changed("runuser -u " + dbUser + " -- ", probe.command()),
                            new Who(login.name(), dbUser.name(), Who.Through.RUNUSER));
                }
                yield sudo
                        ? new Send(
                                changed("sudo -n -u " + dbUser + " -- ", probe.sudoCommand()),
                                new Who(login.name(), dbUser.name(), Who.Through.SUDO))
                        : new NotPermitted("the probe needs account " + dbUser + "; login " + login
                                + " is another one and has no sudo");
            }
            // Without sudo as the login itself: kernel and system logs are often open to it, and the answer tells.
            case ROOT ->
                root || !sudo
                        ? plain(probe, login)
                        : new Send(
                                changed("sudo -n -- ", probe.sudoCommand()),
                                new Who(login.name(), "root", Who.Through.SUDO));
        };
    }

    private static Send plain(Probe probe, OsUser login) {
        return new Send("exec " + probe.command(), new Who(login.name(), login.name(), Who.Through.NOTHING));
    }

    /** In the C locale, because what sudo and runuser say when they refuse is read by us. */
    private static String changed(String by, String command) {
        return "exec env LC_ALL=C " + by + command;
    }
}
