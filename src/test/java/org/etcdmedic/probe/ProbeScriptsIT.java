package org.etcdmedic.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeScriptsIT {

    static Stream<Probe> shipped() {
        return YamlProbes.shipped().all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void isShellThatItsShellCanRead(Probe probe) throws Exception {
        assertThat(check(probe.script(), probe.shell(), "-n")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void staysInOneWordOnTheCommandLine(Probe probe) throws Exception {
        assertThat(check("set -- " + probe.command() + "; [ $# = 14 ] || echo $# words", "sh"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void passesShellcheck(Probe probe) throws Exception {
        assumeTrue(installed("shellcheck"), "shellcheck is not installed");

        assertThat(check(
                        probe.script() + "\n",
                        "shellcheck",
                        "--shell=" + probe.shell(),
                        "--severity=warning",
                        "--exclude=SC1090",
                        "-"))
                .isEmpty();
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    /** What the checker says, empty when it is content. */
    private static String check(String script, String... checker) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(checker)).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? said : "exit " + process.exitValue() + ": " + said;
    }
}
