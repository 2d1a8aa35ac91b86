package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** The unit in {@code systemd/}, as systemd itself reads it, and against what the service needs. */
class SystemdUnitIT {
    private static final Path FOLDER = Path.of("systemd");
    private static final String UNIT = "etcd-medic.service";
    private static final double MOST_EXPOSED = 1.5;

    @TempDir
    Path root;

    @Test
    void systemdFindsNothingWrongWithIt() throws IOException, InterruptedException {
        Path units = installed();
        Path java =
                Files.createDirectories(root.resolve("opt/etcd-medic/java/bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThat(analyze("verify", "--root=" + root, "--man=no", "--recursive-errors=no", UNIT))
                .isBlank();
        Files.writeString(
                units.resolve(UNIT), Files.readString(FOLDER.resolve(UNIT)) + "\n[Service]\nProtectSytem=strict\n");
        assertThat(analyze("verify", "--root=" + root, "--man=no", "--recursive-errors=no", UNIT))
                .as("a directive that there is not")
                .contains("ProtectSytem");
    }

    @Test
    void itIsHardlyExposed() throws IOException, InterruptedException {
        installed();
        String told = analyze("security", "--root=" + root, "--offline=true", "--no-pager", UNIT);
        Matcher level =
                Pattern.compile("Overall exposure level for .*: ([0-9.]+)").matcher(told);
        assertThat(level.find()).as(told).isTrue();
        System.out.println("systemd-analyze security: " + level.group(1));
        assertThat(Double.parseDouble(level.group(1))).as(told).isLessThanOrEqualTo(MOST_EXPOSED);
    }

    private Path installed() throws IOException, InterruptedException {
        try {
            analyze("--version");
        } catch (IOException notInstalled) {
            String skipped = "SYSTEMD SKIPPED: there is no systemd-analyze on this machine, the unit was not looked at";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.copy(FOLDER.resolve(UNIT), units.resolve(UNIT));
        Path further = Files.createDirectories(units.resolve(UNIT + ".d"));
        Files.copy(FOLDER.resolve(UNIT + ".d/network.conf"), further.resolve("network.conf"));
        return units;
    }

    private static String analyze(String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return told;
    }

    @Test
    void aStopHasMoreTimeThanTheServiceTakes() throws IOException {
        JsonNode service = Chart.yaml(Files.readString(Path.of("src/main/resources/application.yaml")));
        Duration jobs = duration(service.at("/db-scheduler/shutdown-max-wait").asString());
        Duration answers = duration(
                service.at("/spring/lifecycle/timeout-per-shutdown-phase").asString("30s"));
        assertThat(Duration.ofSeconds(Long.parseLong(directive("TimeoutStopSec"))))
                .isGreaterThan(jobs.plus(answers).plusSeconds(10));
    }

    @Test
    void theExampleSettingsAreOnesThatTheServiceReadsAndTheUnitAllows()
            throws IOException, ReflectiveOperationException {
        String settings = Files.readString(FOLDER.resolve("application.yaml"));
        assertThat(KnownSettings.strangers(
                        ChartServiceIT.properties(settings.replace("${CREDENTIALS_DIRECTORY}", "/run/credentials"))))
                .isEmpty();
        JsonNode tree = Chart.yaml(settings);
        assertThat(directive("SocketBindAllow"))
                .isEqualTo("tcp:" + tree.at("/server/port").asInt());
        String unit = Files.readString(FOLDER.resolve(UNIT));
        Matcher credential =
                Pattern.compile("\\$\\{CREDENTIALS_DIRECTORY}/([^\"\\s]+)").matcher(settings);
        while (credential.find()) {
            assertThat(unit).contains("LoadCredential=" + credential.group(1) + ":");
        }
        assertThat(unit).contains("LoadCredential=spring.datasource.password:");
        assertThat(tree.at("/spring/datasource").has("password")).isFalse();
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }

    private static String directive(String name) throws IOException {
        Matcher found = Pattern.compile("(?m)^" + name + "=(.*)$").matcher(Files.readString(FOLDER.resolve(UNIT)));
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}
