package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The commands as they are started, in a process of their own: from the jar when the build runs it, from the classes in an
 * editor.
 *
 * @param jar the jar; empty for the classes
 * @param directory where their output goes
 * @param environment variables of theirs beside the usual ones
 */
record Cli(String jar, Path directory, Map<String, String> environment) {
    /** Copies the map. */
    Cli {
        environment = Map.copyOf(environment);
    }

    /** The product's, for somebody whose language is nobody's. */
    static Cli in(Path directory) {
        return new Cli(System.getProperty("medic.jar", ""), directory, Map.of());
    }

    /** The same with another variable. */
    Cli with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Cli(jar, directory, more);
    }

    /** What a process left. */
    record Ran(int status, String out, String error) {}

    /** One that runs. */
    record Running(Process process, Path out, Path error) {
        /** What it has written to its error output until now. */
        String errorUntilNow() {
            return read(error);
        }

        Ran end() {
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return new Ran(process.exitValue(), read(out), read(error));
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs a command to its end. */
    Ran run(String... words) {
        return start(words).end();
    }

    /** Starts a command. */
    Running start(String... words) {
        var command = new ArrayList<>(program());
        command.addAll(List.of(words));
        return launch(command);
    }

    /** Runs a command at a terminal, which shows what it prints and what it complains of as one. */
    Ran atTerminal(String... words) {
        var command = new ArrayList<>(program());
        command.addAll(List.of(words));
        String line =
                String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
        return launch(List.of("script", "-qec", line, "/dev/null")).end();
    }

    /** Runs a script in a real bash. */
    Ran bash(String script) {
        return launch(List.of("bash", "--noprofile", "--norc", "-c", script)).end();
    }

    private List<String> program() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        if (jar.isEmpty()) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.etcdmedic.EtcdMedic"));
        } else {
            command.addAll(List.of("-jar", jar));
        }
        return command;
    }

    private Running launch(List<String> command) {
        try {
            Path out = Files.createTempFile(directory, "out", "");
            Path error = Files.createTempFile(directory, "error", "");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(error.toFile());
            Map<String, String> all = builder.environment();
            all.keySet().removeIf(name -> name.startsWith("ETCD_MEDIC_") || name.startsWith("LC_"));
            all.keySet().removeAll(List.of("LANG", "LANGUAGE", "NO_COLOR", "JAVA_TOOL_OPTIONS"));
            all.put("TERM", "xterm");
            all.putAll(environment);
            return new Running(builder.start(), out, error);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
