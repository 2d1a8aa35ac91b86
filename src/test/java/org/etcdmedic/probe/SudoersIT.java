package org.etcdmedic.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sudoers file before the real sudo, with two accounts that exist in this test's own mount namespace only. */
class SudoersIT {
    private static final OsUser LOGIN = new OsUser("medic-login");
    private static final OsUser DATABASE = new OsUser("MedicRuby");
    private static final ProbeCatalogue CATALOGUE = YamlProbes.shipped();

    /** Accounts and rules of the namespace; the machine's own stay untouched. */
    private static final String NAMESPACE = """
            set -e
            for f in passwd group shadow; do cp /etc/$f "$1/$f"; done
            echo 'medic-login:x:64001:64001::/:/bin/sh' >> "$1/passwd"; echo 'MedicRuby:x:64002:64002::/:/bin/sh' >> "$1/passwd"
            echo 'medic-login:x:64001:' >> "$1/group"; echo 'MedicRuby:x:64002:' >> "$1/group"
            echo 'medic-login:*:19000:0:99999:7:::' >> "$1/shadow"; echo 'MedicRuby:*:19000:0:99999:7:::' >> "$1/shadow"
            chown root:root "$1"/*; chmod 440 "$1/sudoers"; chmod 755 "$1" "$1/trap" "$1"/trap/* "$1/asked"
            for f in passwd group shadow sudoers; do mount --bind "$1/$f" /etc/$f; done
            cd "$1/trap"
            PATH=$1/trap:/usr/sbin:/usr/bin:/sbin:/bin exec setpriv --reuid=64001 --regid=64001 --clear-groups bash "$1/asked"
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsRoot() {
        assumeTrue(
                System.getProperty("user.name", "").equals("root") && Files.isExecutable(Path.of("/usr/bin/sudo")),
                "NOT PROVEN HERE: the sudoers file needs root and sudo to be tried");
    }

    @Test
    void isASudoersFileToVisudo() throws Exception {
        Path file = folder.resolve("medic");
        Files.writeString(file, Sudoers.of(CATALOGUE, LOGIN, DATABASE));

        assertThat(run(List.of("visudo", "-cf", file.toString()))).contains("parsed OK");
    }

    @Test
    void allowsEachProbeWordForWord() throws Exception {
        var asked = new LinkedHashMap<String, List<String>>();
        throughSudo().forEach(probe -> asked.put(probe.id().value(), asking(probe, account(probe), probe.sudoWords())));

        assertThat(asked).hasSizeGreaterThan(10);
        assertThat(answers(asked))
                .containsOnlyKeys(asked.keySet())
                .allSatisfy((_, status) -> assertThat(status).isEqualTo("0"));
    }

    @Test
    void refusesEverythingElse() throws Exception {
        var asked = new LinkedHashMap<String, List<String>>();
        asked.put("a shell", asking(List.of("/bin/sh", "-c", "id"), "root"));
        asked.put("a shell of the database", asking(List.of("/bin/bash"), DATABASE.name()));
        asked.put("nice", asking(List.of("/usr/bin/nice", "id"), "root"));
        asked.put("any script", asking(changed(CATALOGUE.get(new ProbeId("firewall")), 11, "id"), "root"));
        asked.put("a file of root", asking(List.of("/usr/bin/cat", "/etc/shadow"), "root"));
        throughSudo().forEach(probe -> {
            String id = probe.id() + ": ";
            asked.put(id + "as another account", asking(probe, other(probe), probe.sudoWords()));
            asked.put(
                    id + "more of the script",
                    asking(
                            probe,
                            account(probe),
                            changed(probe, 11, probe.sudoWords().getLast() + ";id")));
            asked.put(
                    id + "one word more",
                    asking(
                            probe,
                            account(probe),
                            Stream.concat(probe.sudoWords().stream(), Stream.of("id"))
                                    .toList()));
            asked.put(id + "without its end", asking(probe, account(probe), changed(probe, 6, "9999")));
            asked.put(id + "by another unfolding", asking(probe, account(probe), changed(probe, 9, "id")));
        });

        assertThat(answers(asked))
                .containsOnlyKeys(asked.keySet())
                .allSatisfy((_, status) -> assertThat(status).isEqualTo("1"));
    }

    /** sudo joins words with spaces before it compares them: glued words match as well, and must do no other thing. */
    @Test
    void wordsThatAreGluedTogetherRunNothingElse() throws Exception {
        Probe probe = CATALOGUE.get(new ProbeId("scheduler"));
        var asked = new LinkedHashMap<String, List<String>>();
        for (int from = 1; from < probe.sudoWords().size(); from++) {
            for (int to = from + 1; to < probe.sudoWords().size(); to++) {
                var words = new ArrayList<>(probe.sudoWords().subList(0, from));
                words.add(String.join(" ", probe.sudoWords().subList(from, to + 1)));
                words.addAll(probe.sudoWords().subList(to + 1, probe.sudoWords().size()));
                asked.put(from + "-" + to, running(words, account(probe)));
            }
        }
        asked.put("as it is", running(probe.sudoWords(), account(probe)));
        String said = ask(asked);

        assertThat(said).contains("as it is=0").doesNotContain("TRAPPED");
    }

    @Test
    void noWordHasASpaceInIt() {
        assertThat(throughSudo().flatMap(probe -> probe.sudoWords().stream()))
                .allSatisfy(word -> assertThat(word).matches("[\\t!-~]+"));
    }

    private static Stream<Probe> throughSudo() {
        return CATALOGUE.all().stream().filter(probe -> probe.runAs() != RunAs.LOGIN);
    }

    private static String account(Probe probe) {
        return probe.runAs() == RunAs.ROOT ? "root" : DATABASE.name();
    }

    private static String other(Probe probe) {
        return probe.runAs() == RunAs.ROOT ? DATABASE.name() : "root";
    }

    private static List<String> changed(Probe probe, int word, String by) {
        var words = new ArrayList<>(probe.sudoWords());
        words.set(word, by);
        return words;
    }

    private static List<String> asking(Probe probe, String account, List<String> words) {
        assertThat(words.getFirst()).as(probe.id().value()).isEqualTo("/usr/bin/nice");
        return asking(words, account);
    }

    private static List<String> asking(List<String> words, String account) {
        return Stream.concat(Stream.of("sudo", "-n", "-l", "-u", account, "--"), words.stream())
                .toList();
    }

    private static List<String> running(List<String> words, String account) {
        return Stream.concat(Stream.of("sudo", "-n", "-u", account, "--"), words.stream())
                .toList();
    }

    private Map<String, String> answers(Map<String, List<String>> asked) throws Exception {
        return ask(asked)
                .lines()
                .filter(line -> line.startsWith("asked "))
                .map(line -> line.substring(6).split("=", 2))
                .collect(Collectors.toMap(it -> it[0], it -> it[1]));
    }

    /** What all of it said, and for each its exit status as {@code asked name=status}. */
    private String ask(Map<String, List<String>> asked) throws Exception {
        Files.writeString(folder.resolve("sudoers"), Sudoers.of(CATALOGUE, LOGIN, DATABASE));
        var trap = Files.createDirectory(folder.resolve("trap"));
        for (String name :
                List.of("-n", "10", "-k", "1", "5", "-c", "nice", "timeout", "sh", "tr", "ionice", "etcd-medic")) {
            Path file = Files.writeString(trap.resolve(name), "#!/bin/sh\necho TRAPPED " + name + "\n");
            assertThat(file.toFile().setExecutable(true, false)).isTrue();
        }
        Files.writeString(
                folder.resolve("asked"),
                asked.entrySet().stream()
                        .map(it -> it.getValue().stream()
                                        .map(word -> "'" + word + "'")
                                        .collect(Collectors.joining(" "))
                                + (it.getValue().contains("-l") ? " >/dev/null" : "")
                                + " 2>/dev/null </dev/null; echo \"asked "
                                + it.getKey() + "=$?\"\n")
                        .collect(Collectors.joining()));
        Path namespace = Files.writeString(folder.resolve("namespace"), NAMESPACE);
        return run(
                List.of("unshare", "-m", "--propagation", "private", "bash", namespace.toString(), folder.toString()));
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
