package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of this machine with its arguments, run to its end. */
record Program(List<String> words) {

    /** What came of it: exit status, and standard output and error together. */
    record Ended(int status, String output) {}

    static Program of(String... words) {
        return new Program(List.of(words));
    }

    /**
     * The same program in a form that PostgreSQL accepts: it refuses to run as root, so root enters a user namespace in
     * which it is nobody. Files stay owned by root.
     */
    Program asOrdinaryUser() {
        return uid() == 0
                ? new Program(Stream.concat(Stream.of("unshare", "-U"), words.stream())
                        .toList())
                : this;
    }

    /** The numeric user this process runs as. */
    static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new PracticeRefusal("The practice start needs Linux with /proc", e);
        }
    }

    /** Runs it, in a known locale. A program that is not there ends with status 127, as in a shell. */
    Ended run() {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Ended(127, String.valueOf(e.getMessage()));
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PracticeRefusal("Interrupted while " + words.getFirst() + " ran", e);
        }
    }

    /** Its output; throws {@link PracticeRefusal} with the consequence and what the program said when it fails. */
    String runOrRefuse(String consequence) {
        Ended ended = run();
        if (ended.status() != 0) {
            throw new PracticeRefusal(consequence + ". " + words.getFirst() + " said: "
                    + ended.output().strip());
        }
        return ended.output();
    }
}
