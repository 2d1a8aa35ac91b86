package org.etcdmedic.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.Sudoers;
import org.etcdmedic.probe.yaml.YamlProbes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code probes}: prints what can be run on a node, or the sudoers file that allows just that. */
@Command(
        name = "probes",
        description = "Prints every command that can be run on a node, or the sudoers file that allows them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ProbesCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter error;

    @Option(names = "--sudoers", description = "Prints a file for /etc/sudoers.d; needs --user.")
    private boolean sudoers;

    @Option(names = "--user", paramLabel = "ACCOUNT", description = "The account that logs in to the nodes.")
    private String user = "";

    @Option(
            names = "--db-user",
            paramLabel = "ACCOUNT",
            description = "The account of the database. Default: Ruby.",
            defaultValue = "Ruby")
    private String dbUser = "Ruby";

    ProbesCommand(PrintWriter out, PrintWriter error) {
        this.out = out;
        this.error = error;
    }

    @Override
    public Integer call() {
        ProbeCatalogue catalogue = YamlProbes.shipped();
        if (!sudoers) {
            catalogue.all().forEach(this::print);
            return CommandLine.ExitCode.OK;
        }
        try {
            out.print(Sudoers.of(catalogue, new OsUser(user), new OsUser(dbUser)));
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException noAccount) {
            error.println("--sudoers needs --user and --db-user: plain account names, such as gauss-ops and Ruby");
            return CommandLine.ExitCode.USAGE;
        }
    }

    private void print(Probe probe) {
        out.println(probe.id() + " (" + probe.runAs() + ", " + probe.timeLimit().toSeconds() + " s, at most "
                + probe.byteLimit() + " bytes): " + probe.why().getOrDefault("en", ""));
        out.println("  " + probe.command());
    }
}
