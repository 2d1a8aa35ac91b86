package org.etcdmedic.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lets Jazzer look for inputs that break what reads foreign text: a few seconds each in every build, as long as one likes with
 * {@code -Dmedic.fuzz.seconds=3600}. What it learned stays in {@code target/fuzz}; an input that breaks something is named, and
 * belongs into the test's resources, where every build tries it again.
 */
class FuzzIT {
    private static final long SECONDS = Long.getLong("medic.fuzz.seconds", 10);
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "org.etcdmedic.evidence.EveryParserFuzzTest, readsWhateverANodeSends",
        "org.etcdmedic.bundle.ArchiveFuzzTest, readsOrRefusesWhateverIsHandedIn",
        "org.etcdmedic.bundle.LogNoiseFuzzTest, neverConfirmsACause"
    })
    void findsNoInputThatBreaksIt(String target, String method) throws Exception {
        String name = target.substring(target.lastIndexOf('.') + 1);
        Path work = Files.createDirectories(Path.of("target/fuzz", name).toAbsolutePath());
        Path learned = Files.createDirectories(work.resolve("corpus"));
        Path kept = Path.of("src/test/resources", target.replace('.', '/') + "Inputs", method)
                .toAbsolutePath();
        Path said = work.resolve("output");
        Process fuzzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target,
                        "--target_method=" + method,
                        "--instrumentation_includes=org.etcdmedic.**",
                        "--reproducer_path=" + work,
                        "-artifact_prefix=" + work + "/",
                        "-max_total_time=" + SECONDS,
                        "-timeout=60",
                        "-rss_limit_mb=3000",
                        "-max_len=4096",
                        "-len_control=0",
                        learned.toString(),
                        kept.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(fuzzer.waitFor(SECONDS + 180, TimeUnit.SECONDS)).isTrue();

        String output = Files.readString(said, StandardCharsets.ISO_8859_1);
        assertThat(fuzzer.exitValue()).as(end(output)).isZero();
        Matcher done = DONE.matcher(output);
        assertThat(done.find()).as(end(output)).isTrue();
        System.out.printf("fuzzing %s: %s inputs in %s s, none broke it%n", name, done.group(1), done.group(2));
    }

    private static String end(String output) {
        return output.substring(Math.max(0, output.length() - 6000));
    }
}
