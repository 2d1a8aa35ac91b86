package org.etcdmedic.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the jar. What is no command starts the service. */
@Command(
        name = "etcd-medic",
        subcommands = {AnalyzeCommand.class, ProbesCommand.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Judges why etcd of a GaussDB instance hurts. Without a command the service is started.")
public final class Commands {
    private static final Set<String> NAMES = Set.of("analyze", "probes", "help", "--help", "-h");

    private Commands() {}

    /** Whether these words are a command and not settings of the service. */
    public static boolean isOne(String[] args) {
        return args.length > 0 && NAMES.contains(args[0]);
    }

    /** Runs the command and returns its exit status. */
    @SuppressWarnings("SystemConsoleNull") // its own documentation still allows for null
    public static int run(String[] args) {
        // A command logs nothing, and must not wait for a logging system to be set up.
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        var error = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal() && System.getenv("NO_COLOR") == null;
        int status = line(out, error, terminal, InstantSource.system()).execute(args);
        out.flush();
        return status;
    }

    /** The command line with these ends. */
    static CommandLine line(PrintWriter out, PrintWriter error, boolean colours, InstantSource clock) {
        CommandLine.IFactory plain = CommandLine.defaultFactory();
        return new CommandLine(new Commands(), new CommandLine.IFactory() {
                    @Override
                    public <K> K create(Class<K> type) throws Exception {
                        if (type == AnalyzeCommand.class) {
                            return type.cast(new AnalyzeCommand(out, error, colours, clock));
                        }
                        return type == ProbesCommand.class
                                ? type.cast(new ProbesCommand(out, error))
                                : plain.create(type);
                    }
                })
                .setOut(out)
                .setErr(error)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    }
}
