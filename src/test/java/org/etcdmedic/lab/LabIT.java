package org.etcdmedic.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real faults on real nodes: the representative part of the lab ({@code lab/lab all} runs the whole of it). Where nodes
 * cannot be made (not root, no namespaces, packages missing), it says so, and how many scenarios were not run.
 */
class LabIT {
    private static final Path LAB = Path.of("lab", "lab").toAbsolutePath();
    private static final Path SERVICE_SETTINGS = Path.of("/run/etcd-medic-lab/service.yaml");
    private static final int NOT_POSSIBLE_HERE = 77;
    private static final int LINES_TOLD = 40;

    /** The last of the labs, which a developer's own runs reach last. One at a time: two would overload two cores, truly. */
    private static final String LAB_NUMBER = "9";

    private static ServiceProcess service;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        int exit = run(System.out::println, "up", "--lab", LAB_NUMBER);
        if (exit == NOT_POSSIBLE_HERE) {
            long scenarios = output("list").stream()
                    .filter(line -> line.contains(" ci "))
                    .count();
            String skipped =
                    "LAB SKIPPED: nodes cannot be made on this machine, " + scenarios + " scenarios were not run";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        assertThat(exit).as("lab/lab up").isZero();
        service = ServiceProcess.start(
                Database.fresh(),
                Files.createDirectories(Path.of("target")).resolve("lab-service.log"),
                "spring.config.additional-location=file:" + SERVICE_SETTINGS);
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        if (service != null) {
            service.close();
            run(System.out::println, "down", "--lab", LAB_NUMBER);
        }
    }

    @Test
    void judgesEveryScenarioRight() throws IOException, InterruptedException {
        assertEndsWell("all", "--set", "ci", "--lab", LAB_NUMBER, "--labs", "1", "--url", url());
    }

    @Test
    void leavesNoFileAndNoProcessOnTheNode() throws IOException, InterruptedException {
        assertEndsWell("compare-files", "--lab", LAB_NUMBER, "--url", url());
    }

    private static String url() {
        return service.api().base();
    }

    /** What was printed last stands in the failure itself: somebody who has only the summary can tell what it was. */
    private static void assertEndsWell(String... arguments) throws IOException, InterruptedException {
        Deque<String> last = new ArrayDeque<>();
        int exit = run(
                line -> {
                    System.out.println(line);
                    last.addLast(line);
                    if (last.size() > LINES_TOLD) {
                        last.removeFirst();
                    }
                },
                arguments);
        assertThat(exit)
                .as("lab/lab %s%n%s", String.join(" ", arguments), String.join("\n", last))
                .isZero();
    }

    /** Runs the lab; its standard error comes the same way. */
    private static int run(Consumer<String> printed, String... arguments) throws IOException, InterruptedException {
        Process process = process(arguments).redirectErrorStream(true).start();
        process.inputReader().lines().forEach(printed);
        return process.waitFor();
    }

    private static List<String> output(String... arguments) throws IOException, InterruptedException {
        Process process = process(arguments).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        process.waitFor();
        return lines;
    }

    private static ProcessBuilder process(String... arguments) {
        var command = new ArrayList<String>();
        command.add(LAB.toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
