package org.etcdmedic.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.EntryName;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Tells what went wrong in a line or two: no traces, which help nobody at a terminal and may hold what nobody should read. */
record Mistakes(Words words) implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        CommandLine line = mistake.getCommandLine();
        print(line.getErr(), List.of(EntryName.line(sentence(mistake))));
        hint(line);
        return Exit.USAGE;
    }

    private String sentence(ParameterException mistake) {
        for (Throwable cause = mistake.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandEnd end) {
                return String.join(" ", end.sentences());
            }
        }
        return switch (mistake) {
            case CommandLine.UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case CommandLine.MissingParameterException missing ->
                words.text(
                        "cli.usage.missing",
                        missing.getMissing().stream().map(Mistakes::name).collect(Collectors.joining(", ")));
            case CommandLine.OverwrittenOptionException twice ->
                words.text("cli.usage.twice", name(twice.getOverwritten()));
            case ParameterException other
            when other.getArgSpec() != null ->
                words.text("cli.usage.value", name(other.getArgSpec()), other.getValue());
            case ParameterException other
            when other.getCommandLine().getParent() == null -> words.text("cli.usage.missing", "COMMAND");
            default -> String.valueOf(mistake.getMessage());
        };
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private String unmatched(CommandLine.UnmatchedArgumentException mistake) {
        String unknown = words.text("cli.usage.unknown", String.join(" ", mistake.getUnmatched()));
        List<String> near = mistake.getSuggestions();
        return near.isEmpty() ? unknown : unknown + words.text("cli.usage.near", String.join(", ", near));
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        // What was found out before stands before it, wherever both are looked at.
        line.getOut().flush();
        if (failure instanceof CommandEnd end) {
            print(line.getErr(), end.sentences());
            if (end.status() == Exit.USAGE) {
                hint(line);
            }
            return end.status();
        }
        StackTraceElement[] trace = failure.getStackTrace();
        print(
                line.getErr(),
                List.of(words.text(
                        "cli.broken", failure.getClass().getName(), trace.length == 0 ? "?" : trace[0].toString())));
        return Exit.BROKEN;
    }

    private void hint(CommandLine line) {
        line.getErr().println(words.text("cli.usage.help", line.getCommandSpec().qualifiedName()));
    }

    private static void print(PrintWriter error, List<String> sentences) {
        sentences.forEach(error::println);
        error.flush();
    }
}
