package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real bash makes of the script, asked as it asks itself when somebody presses the tabulator. */
class CompletionIT {
    private static final String ASK = """
            source "$SCRIPT"
            ask() {
              COMP_WORDS=(etcd-medic "$@") COMP_CWORD=$# COMPREPLY=()
              COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
              _complete_etcd-medic 2>/dev/null
              echo "${COMPREPLY[*]}"
            }
            """;

    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        Cli.Ran ran = Cli.in(directory).run("completion");
        assertThat(ran.status()).as(ran.error()).isZero();
        script = Files.writeString(directory.resolve("completion"), ran.out());
    }

    private String ask(String words) {
        Cli.Ran ran = Cli.in(directory).with("SCRIPT", script.toString()).bash(ASK + "ask " + words);
        assertThat(ran.status()).as(ran.error()).isZero();
        return ran.out().strip();
    }

    @Test
    void completesCommandsOptionsAndTheirValues() {
        assertThat(Cli.in(directory).bash("bash -n " + script).status()).isZero();
        assertThat(ask("''")).isEqualTo("analyze diagnose show probes completion help");
        assertThat(ask("d")).isEqualTo("diagnose");
        assertThat(ask("show --l").split(" ")).containsExactlyInAnyOrder("--last", "--limit", "--language");
        assertThat(ask("diagnose --no")).isEqualTo("--no-wait");
        assertThat(ask("show --language ''")).isEqualTo("en zh-CN");
        assertThat(ask("analyze --color n")).isEqualTo("never");
    }

    @Test
    void belongsToTheProgramThatStartsTheJar() throws IOException {
        String jar = System.getProperty("medic.jar", "");
        assumeTrue(!jar.isEmpty(), "not run by the build: there is no jar");
        Path link = Files.createSymbolicLink(
                directory.resolve("etcd-medic"), Path.of("bin/etcd-medic").toAbsolutePath());
        Cli cli = Cli.in(directory).with("SCRIPT", script.toString());

        assertThat(cli.bash("source \"$SCRIPT\"; complete -p etcd-medic").out()).contains("_complete_etcd-medic");
        Cli.Ran version = cli.with("ETCD_MEDIC_JAR", jar).bash(link + " --version");
        assertThat(version.status()).as(version.error()).isZero();
        assertThat(version.out()).matches("(?s)etcd-medic \\d.*\nJava 25.*");
        assertThat(cli.bash(link + " --version").out()).isEqualTo(version.out());
        Path alone = Files.copy(
                Path.of("bin/etcd-medic"),
                Files.createDirectories(directory.resolve("alone/bin")).resolve("etcd-medic"));
        assertThat(cli.bash("sh " + alone + " show").status()).isEqualTo(Exit.BROKEN);
    }
}
