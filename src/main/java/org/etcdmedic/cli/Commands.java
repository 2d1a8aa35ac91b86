package org.etcdmedic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands of the jar. What is no command starts the service. */
@Command(
        name = "etcd-medic",
        subcommands = {
            AnalyzeCommand.class,
            DiagnoseCommand.class,
            ShowCommand.class,
            ProbesCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Commands {
    private static final String LANGUAGE = "--language";
    private static final String COLOR = "--color";
    private static final List<String> OWN_OPTIONS = List.of("--help", "-h", "--version", "-V", LANGUAGE, COLOR);

    private final Words words;

    private Commands(Words words) {
        this.words = words;
    }

    /** Completed by a shell, in this order. */
    static final class Languages extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Languages() {
            super(List.of("en", "zh-CN"));
        }
    }

    /** Completed by a shell, in this order. */
    static final class Colors extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Colors() {
            super(List.of("auto", "always", "never"));
        }
    }

    /** The language is known before the command line is read, for that is in which its mistakes are told; here it is checked. */
    @Option(
            names = LANGUAGE,
            paramLabel = "LANGUAGE",
            scope = ScopeType.INHERIT,
            order = 100,
            completionCandidates = Languages.class)
    void language(String value) {
        if (!Set.of("en", "zh-CN", "zh").contains(value)) {
            throw CommandEnd.usage(words.text("cli.usage.language"));
        }
    }

    /** So are colours. */
    @Option(
            names = COLOR,
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            order = 101,
            completionCandidates = Colors.class)
    void color(String value) {
        if (!new Colors().contains(value)) {
            throw CommandEnd.usage(words.text("cli.usage.color"));
        }
    }

    /** Whether these words are a command, or want to be one, and not settings of the service. */
    public static boolean isOne(String[] args) {
        return args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0].replaceFirst("=.*", "")));
    }

    /** Runs the command and returns its exit status. */
    public static int run(String[] args) {
        // A command logs nothing, and must not wait for a logging system to be set up.
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        Terminal terminal = Terminal.own();
        int status = line(List.of(args), terminal).execute(args);
        terminal.out().flush();
        return status;
    }

    /** The command line as it is for these words at this terminal. */
    static CommandLine line(List<String> args, Terminal terminal) {
        Words words = Words.of(Arguments.anywhere(args, LANGUAGE), terminal.environment());
        Paint paint = Paint.by(Arguments.anywhere(args, COLOR).orElse(""), terminal);
        var line = new CommandLine(new Commands(words), factory(terminal, words, paint));
        // A name of a file that begins with @ is a name of a file.
        return line.setExpandAtFiles(false)
                .setResourceBundle(help(words.locale()))
                .setOut(terminal.out())
                .setErr(terminal.error())
                .setColorScheme(CommandLine.Help.defaultColorScheme(paint.ansi()))
                .setParameterExceptionHandler(new Mistakes(words))
                .setExecutionExceptionHandler(new Mistakes(words));
    }

    /** Texts of all helps. */
    static ResourceBundle help(Locale locale) {
        return ResourceBundle.getBundle(
                "commands",
                locale.getLanguage().equals("zh") ? locale : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static CommandLine.IFactory factory(Terminal terminal, Words words, Paint paint) {
        Map<Class<?>, Supplier<Object>> own = Map.of(
                AnalyzeCommand.class, () -> new AnalyzeCommand(terminal, words, paint),
                DiagnoseCommand.class, () -> new DiagnoseCommand(terminal, words, paint),
                ShowCommand.class, () -> new ShowCommand(terminal, words, paint),
                ProbesCommand.class, () -> new ProbesCommand(terminal, words, paint),
                CompletionCommand.class, () -> new CompletionCommand(terminal),
                ServiceOptions.class, ServiceOptions::new,
                Version.class, Version::new,
                Languages.class, Languages::new,
                Colors.class, Colors::new);
        CommandLine.IFactory plain = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                Optional<Supplier<Object>> maker = Optional.ofNullable(own.get(type));
                return maker.isPresent() ? type.cast(maker.get().get()) : plain.create(type);
            }
        };
    }
}
