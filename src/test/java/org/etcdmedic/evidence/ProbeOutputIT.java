package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the shipped probes really print on this machine is what the parsers read. */
@EnabledOnOs(OS.LINUX)
class ProbeOutputIT {
    @TempDir
    Path home;

    @Test
    void tellsWhoAndWhenWeAre() throws Exception {
        NodeIdentity identity = read(run("identity")).identity().known().orElseThrow();

        assertThat(identity.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(identity.ahead().abs()).isLessThan(Duration.ofSeconds(5));
        assertThat(identity.bootedAt()).isBefore(Instant.now());
        assertThat(identity.kernel()).startsWith("Linux ");
    }

    @Test
    void seesARunningProcessByItsName() throws Exception {
        Path etcd = Files.copy(Path.of("/bin/sleep"), home.resolve("etcd"));
        Files.setPosixFilePermissions(etcd, PosixFilePermissions.fromString("rwx------"));
        Process process = new ProcessBuilder(etcd.toString(), "0", "60").start();
        try {
            NodeEvidence evidence = read(run("identity"), run("processes"));
            ProcessFact fact = evidence.processes().known().orElseThrow().etcd().stream()
                    .filter(found -> found.pid() == process.pid())
                    .findFirst()
                    .orElseThrow();

            assertThat(fact.executable()).contains(etcd.toRealPath().toString());
            assertThat(fact.arguments()).containsExactly(etcd.toString(), "0", "60");
            assertThat(Duration.between(fact.startedAt(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void findsMarkersAndTheExecutable() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.writeString(bin.resolve("etcd_manual_start"), "cm_agent");
        Files.writeString(bin.resolve("etcd"), "\177ELF and more");

        NodeEvidence evidence = read(
                run("markers", "gaussHome", home.toString(), "cmHome", "", "gaussLog", "/nowhere"),
                run("executable", "gaussHome", home.toString()));

        MarkerFiles markers = evidence.markers().known().orElseThrow();
        assertThat(markers.named("etcd_manual_start").orElseThrow().content()).isEqualTo("cm_agent");
        assertThat(markers.directories().getLast().state()).isEqualTo(MarkerFiles.Directory.State.ABSENT);
        ExecutableFact executable = evidence.executable().known().orElseThrow();
        assertThat(executable.elf()).contains(true);
        assertThat(executable.executableByUs()).isFalse();
    }

    @Test
    void looksAtADataDirectory() throws Exception {
        Path data = home.resolve("e t c d");
        Files.createDirectories(data.resolve("member/wal"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));

        DataDirectory directory = read(run("data-directory", "dataDir", data.toString()))
                .dataDirectory()
                .known()
                .orElseThrow();

        assertThat(directory.state()).isEqualTo(DataDirectory.State.DIRECTORY);
        assertThat(directory.self().orElseThrow().file().orElseThrow().mode()).isEqualTo(0700);
        assertThat(directory.self().orElseThrow().writable()).isTrue();
        assertThat(directory.entries()).hasSize(4);
        assertThat(directory.entries().getLast().error()).isEqualTo("No such file or directory");
        assertThat(directory.blocks().orElseThrow().total()).isPositive();
        assertThat(directory.mount()).isPresent();
    }

    @Test
    void seesWhoUsesTheNode() throws Exception {
        SystemLoad load = read(run("load")).load().known().orElseThrow();

        assertThat(load.processors().count()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(load.memory().total()).isGreaterThan(load.memory().available());
        assertThat(load.byMemory()).extracting(SystemLoad.Consumer::name).isNotEmpty();
        assertThat(load.byMemory()).extracting(SystemLoad.Consumer::user).doesNotContain("?");
        assertThat(load.disks()).isNotEmpty();
    }

    @Test
    void findsTheControlGroupsOfAProcessCalledEtcd() throws Exception {
        Path etcd = Files.copy(Path.of("/bin/sleep"), home.resolve("etcd"));
        Files.setPosixFilePermissions(etcd, PosixFilePermissions.fromString("rwx------"));
        Process process = new ProcessBuilder(etcd.toString(), "60").start();
        try {
            EtcdLimits limits = read(run("etcd-limits")).etcdLimits().known().orElseThrow();

            assertThat(limits.members())
                    .filteredOn(member -> member.pid() == process.pid())
                    .singleElement()
                    .satisfies(member -> assertThat(member.groups())
                            .extracting(EtcdLimits.Group::path)
                            .contains("/"));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void followsADirectoryToItsDevice() throws Exception {
        Path wal = Files.createDirectories(home.resolve("member/wal"));

        DataDevice device = read(run("data-device", "dataDir", home.toString(), "walDir", ""))
                .dataDevice()
                .known()
                .orElseThrow();

        assertThat(device.places()).extracting(DataDevice.Place::path).containsExactly(home.toString(), wal.toString());
        assertThat(device.places())
                .allSatisfy(place -> assertThat(place.number()).isPresent());
    }

    @Test
    void choosesAndReadsLogs() throws Exception {
        Path logs = Files.createDirectories(home.resolve("cm/etcd"));
        Files.writeString(logs.resolve("etcd-current.log"), "2026-11-22 18:40:00.000001 I | embed: b\n");
        Files.writeString(logs.resolve("etcd-2026-11-22_183900.log"), "2026-11-22 18:39:00.000001 I | embed: a\n");
        EvidenceWindow window = EvidenceWindow.around(Instant.now(), Duration.ofMinutes(15), Duration.ofMinutes(5));

        Capture listed = run("log-directory", "directory", logs.toString());
        LogDirectory directory = EvidenceReader.logDirectory(NODE, loggedIn(), List.of(listed), Log.Program.ETCD)
                .known()
                .orElseThrow();
        List<LogChoice> choices = LogChoice.covering(
                List.of(directory), window, read(run("identity")).identity().known());
        assertThat(choices).hasSize(2);

        Capture[] captures = new Capture[choices.size() + 1];
        captures[0] = run("identity");
        for (int i = 0; i < choices.size(); i++) {
            LogChoice choice = choices.get(i);
            captures[i + 1] = run("log-window", arguments(choice.arguments()));
        }
        assertThat(read(captures).etcdLog().known().orElseThrow().lines())
                .extracting(LogLine::message)
                .containsExactly("a", "b");
    }

    @Test
    void saysWhyALogCannotBeRead() throws Exception {
        Capture missing = run(
                "log-window",
                arguments(new LogChoice(
                                home + "/cm/etcd/etcd-current.log",
                                100,
                                Map.of("from", "1", "first", "1", "alarm", "2", "to", "3", "low", "0", "high", "0"))
                        .arguments()));

        assertThat(read(missing).etcdLog())
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.gap()).isEqualTo(Reading.Gap.MISSING));
    }

    @Test
    void listsWhoFillsADisk() throws Exception {
        Files.write(home.resolve("big file"), new byte[2 * 1024 * 1024]);

        DiskConsumers consumers = read(run("disk-consumers", "mountPoint", home.toString()))
                .diskConsumers()
                .known()
                .orElseThrow();

        assertThat(consumers.files().getFirst().path()).isEqualTo(home + "/big file");
        assertThat(consumers.directories().getFirst().path()).isEqualTo(home.toString());
    }

    @Test
    void readsTheEnvironmentFile() throws Exception {
        Files.writeString(
                home.resolve("gauss_env_file"), "echo noise; export GAUSSHOME=/opt/app GAUSSLOG=/var/log/g\n");

        GaussEnvironment environment =
                read(run("gauss-environment")).environment().known().orElseThrow();

        // Processes of a database on this machine would be believed more.
        assertThat(environment.origins().stream()
                        .filter(origin -> origin.kind().equals("env-file"))
                        .map(GaussEnvironment.Origin::variables))
                .containsExactly(Map.of("GAUSSHOME", "/opt/app", "GAUSSLOG", "/var/log/g"));
        assertThat(environment.origins())
                .extracting(GaussEnvironment.Origin::kind)
                .contains("login-shell");
    }

    /** A profile can do anything; the probe is safe because it only reads it. */
    @Test
    void runsNothingOfAProfile() throws Exception {
        Path ran = home.resolve("ran");
        String hostile = "touch " + ran + "\nulimit -f 0\nexec sleep 3600\nreturn\n";
        Files.writeString(home.resolve("gauss_env_file"), hostile + "export GAUSSHOME=/opt/app\n");
        Files.writeString(
                home.resolve(".bashrc"),
                hostile + "case $- in *i*) ;; *) return ;; esac\n. ~/other\n  source \"$HOME/third\"; true\n"
                        + "export MPPDB_ENV_SEPARATE_PATH='" + home + "/fourth'\n");
        Files.writeString(home.resolve("other"), "export PGHOST=/run/gauss\n");
        Files.writeString(home.resolve("third"), "export GAUSSLOG=$HOME/log\n");
        Files.writeString(home.resolve("fourth"), "export CM_HOME=/cm\n");
        assertThat(new ProcessBuilder("mkfifo", home.resolve(".profile").toString())
                        .start()
                        .waitFor())
                .isZero();

        GaussEnvironment environment =
                read(run("gauss-environment")).environment().known().orElseThrow();

        assertThat(ran).doesNotExist();
        assertThat(environment.origins().stream()
                        .filter(origin -> origin.kind().equals("env-file"))
                        .map(GaussEnvironment.Origin::variables))
                .containsExactly(Map.of("GAUSSHOME", "/opt/app"));
        assertThat(environment.origins().stream()
                        .filter(origin -> origin.kind().equals("login-shell"))
                        .map(GaussEnvironment.Origin::variables))
                .containsExactly(Map.of(
                        "MPPDB_ENV_SEPARATE_PATH",
                        home + "/fourth",
                        "PGHOST",
                        "/run/gauss",
                        "GAUSSLOG",
                        home + "/log",
                        "CM_HOME",
                        "/cm"));
    }

    /** In the order in which the script reads them. */
    private static String[] arguments(Map<String, String> values) {
        return YamlProbes.shipped().get(new ProbeId("log-window")).arguments().stream()
                .flatMap(name -> Stream.of(name, String.valueOf(values.get(name))))
                .toArray(String[]::new);
    }

    private static NodeEvidence read(Capture... captures) {
        EvidenceWindow window = EvidenceWindow.around(Instant.now(), Duration.ofMinutes(15), Duration.ofMinutes(5));
        return EvidenceReader.read(NODE, loggedIn(), List.of(captures), window);
    }

    /** Runs a shipped probe's script as it is, its arguments on standard input. */
    private Capture run(String probe, String... arguments) throws IOException, InterruptedException {
        JsonNode file = YAMLMapper.builder()
                .build()
                .readTree(Path.of("src/main/resources/probes", probe + ".yaml").toFile());
        var builder = new ProcessBuilder(
                file.get("shell").stringValue(), "-c", file.get("script").stringValue());
        builder.environment().putAll(Map.of("LC_ALL", "C", "HOME", home.toString()));
        Path output = home.resolve("output-" + System.nanoTime());
        Path errors = home.resolve("errors-" + System.nanoTime());
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        var capture = aCapture(probe);
        var input = new StringBuilder();
        for (int i = 0; i < arguments.length; i += 2) {
            capture.argument(arguments[i], arguments[i + 1]);
            input.append(arguments[i + 1]).append('\n');
        }
        Instant begin = Instant.now();
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException closedAlready) {
            // A script that needs nothing may end before it was told anything.
            assertThat(input).isEmpty();
        }
        int exit = process.waitFor();
        return capture.at(begin)
                .took(Duration.between(begin, Instant.now()))
                .exit(exit)
                .text(Files.readString(output))
                .stderr(Files.readString(errors))
                .build();
    }
}
