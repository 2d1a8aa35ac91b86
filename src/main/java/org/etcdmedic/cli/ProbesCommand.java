package org.etcdmedic.cli;

import java.util.concurrent.Callable;
import org.etcdmedic.api.OfflineView;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.Sudoers;
import org.etcdmedic.probe.yaml.YamlProbes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code probes}: prints what can be run on a node, or the sudoers file that allows just that. */
@Command(name = "probes", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
final class ProbesCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Words words;
    private final Paint paint;

    @Option(names = "--sudoers")
    private boolean sudoers;

    @Option(names = "--user", paramLabel = "ACCOUNT")
    private String user = "";

    @Option(names = "--db-user", paramLabel = "ACCOUNT")
    private String dbUser = "Ruby";

    @Option(names = "--json")
    private boolean json;

    ProbesCommand(Terminal terminal, Words words, Paint paint) {
        this.terminal = terminal;
        this.words = words;
        this.paint = paint;
    }

    @Override
    public Integer call() {
        if (sudoers && json) {
            throw CommandEnd.usage(words.text("cli.usage.sudoers"));
        }
        ProbeCatalogue catalogue = YamlProbes.shipped();
        if (sudoers) {
            terminal.out().print(Sudoers.of(catalogue, account(user), account(dbUser)));
        } else if (json) {
            terminal.out().println(OfflineView.probes(catalogue, words.locale()));
        } else {
            catalogue.all().forEach(this::print);
        }
        return Exit.NO_FAULT;
    }

    private OsUser account(String name) {
        try {
            return new OsUser(name);
        } catch (IllegalArgumentException noAccount) {
            throw CommandEnd.usage(words.text("cli.usage.sudoers"));
        }
    }

    private void print(Probe probe) {
        terminal.out()
                .println(words.text(
                        "cli.probe",
                        paint.heading(probe.id().value()),
                        words.text("cli.run-as." + probe.runAs()),
                        Long.toString(probe.timeLimit().toSeconds()),
                        Integer.toString(probe.byteLimit()),
                        probe.why().getOrDefault(words.locale().toLanguageTag(), "")));
        terminal.out().println("  $ " + paint.command(probe.command()));
    }
}
