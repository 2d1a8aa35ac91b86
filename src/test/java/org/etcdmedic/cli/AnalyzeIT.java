package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.etcdmedic.bundle.Bundles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as it is started, in a process of its own: from the jar when the build runs it, from the classes in an editor. */
class AnalyzeIT {
    private static final String FULL = """
            2026-11-22 10:00:00.112936 I | etcdmain: etcd Version: 3.4.23
            2026-11-22 10:30:00.112936 C | etcdserver: raft save state and entries error: write /a/0.wal: no space left on device
            """;

    @TempDir
    Path directory;

    private Cli.Ran run(String... words) {
        return Cli.in(directory).run(words);
    }

    private Path log(String text) throws IOException {
        return Files.writeString(directory.resolve("etcd.log"), text);
    }

    @Test
    void saysTheVerdictInOneSentenceAndEndsWithItsStatus() throws IOException {
        Cli.Ran ran = run("analyze", log(FULL).toString());

        assertThat(ran.status()).isEqualTo(Exit.CONFIRMED);
        assertThat(ran.out()).startsWith("CONFIRMED ETCD_DISK_FULL:").contains("no space left on device", "P1");
        assertThat(ran.out()).doesNotContain("\u001b");
        assertThat(ran.error()).isEmpty();
    }

    /** Both ways to print: nothing of a log reaches the terminal that would act on it. */
    @Test
    void showsWordsOfALogEscaped() throws IOException {
        String steering = "\u001b[31m\u009b7m\u202egnp.exe\u202c\u2066\u0007\b\u2028 \u007f";
        String log = log(FULL.replace("no space left on device", steering + " no space left on device"))
                .toString();

        Cli.Ran plain = run("analyze", log);
        Cli.Ran json = run("analyze", "--json", log);

        assertThat(plain.out()).contains("\\u001b[31m\\u009b7m\\u202egnp.exe");
        assertThat(json.out()).contains("ETCD_DISK_FULL");
        assertThat(plain.out() + plain.error() + json.out() + json.error())
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]|[\\p{Cf}\u2028\u0080-\u009f]");
    }

    @Test
    void printsWhatTheApiAnswersAsJsonInTheReadersLanguage() throws IOException {
        Cli.Ran ran = run("analyze", "--json", "--language", "zh-CN", log(FULL).toString());

        JsonNode view = new JsonMapper().readTree(ran.out());
        assertThat(view.path("mode").stringValue()).isEqualTo("OFFLINE");
        assertThat(view.path("verdict").path("cause").stringValue()).isEqualTo("ETCD_DISK_FULL");
        assertThat(view.path("verdict").path("summary").stringValue()).contains("节点");
        assertThat(view.path("bundle").path("timeBy").stringValue()).isEqualTo("LAST_END");
    }

    @Test
    void makesWhatNodesWroteHarmless() throws IOException {
        Cli.Ran ran = run(
                "analyze",
                log(FULL.replace("/a/0.wal", "/a/\u001b]0;owned\u0007\u202e.wal"))
                        .toString());

        assertThat(ran.out()).doesNotContain("\u001b", "\u0007", "\u202e").contains("\\u001b");
    }

    @Test
    void readsADirectoryWithoutFollowingLinks() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside.log"), FULL);
        Path node = Files.createDirectories(directory.resolve("case/node-1/cm/etcd"));
        Files.write(node.resolve("etcd-2026-11-22_103100.log.gz"), Bundles.gzip(Bundles.bytes(FULL)));
        Files.createSymbolicLink(node.resolve("etcd-current.log"), outside);
        Cli.Ran ran = run("analyze", directory.resolve("case").toString());

        assertThat(ran.status()).isEqualTo(Exit.CONFIRMED);
        assertThat(ran.out()).contains("etcd-current.log: a link; not followed");
    }

    @Test
    void isACommandOfThePracticeJarToo() throws IOException {
        String jar = System.getProperty("medic.practice.jar", "");
        assumeTrue(!jar.isEmpty(), "not run by the build: there is no practice jar");
        Cli.Ran ran = new Cli(jar, directory, Map.of()).run("analyze", log(FULL).toString());

        assertThat(ran.status()).isEqualTo(Exit.CONFIRMED);
        assertThat(ran.error()).isEmpty();
    }

    /** The disk was full half an hour after the first line. */
    @Test
    void letsLinesTestifyForAsLongAsItIsTold() throws IOException {
        String log = log(FULL).toString();
        Cli.Ran near = run("analyze", "--at", "2026-11-22T10:45:00", log);
        Cli.Ran wide = run("analyze", "--at", "2026-11-22T10:45:00", "--before", "20m", "--after", "0s", log);

        assertThat(near.status()).isEqualTo(Exit.UNDETERMINED);
        assertThat(wide.status()).isEqualTo(Exit.CONFIRMED);
        assertThat(wide.out()).contains("lines from 2026-11-22T10:25:00Z to 2026-11-22T10:45:00Z testify");
        assertThat(run("analyze", "--before", "10", log).status()).isEqualTo(2);
        assertThat(run("analyze", "--after", "2d", log).status()).isEqualTo(2);
    }

    @Test
    void tellsByItsStatusWhatItCouldNotDo() throws IOException {
        assertThat(run("analyze", directory.resolve("gone").toString()).status())
                .isEqualTo(2);
        assertThat(run("analyze").status()).isEqualTo(2);
        Cli.Ran prose = run(
                "analyze",
                Files.writeString(directory.resolve("a.txt"), "dear all").toString());
        assertThat(prose.status()).isEqualTo(Exit.UNREADABLE);
        assertThat(prose.error()).contains("Nothing in it can be read", "a.txt");
        String quiet = FULL.lines().findFirst().orElseThrow() + "\n";
        assertThat(run("analyze", log(quiet).toString()).status()).isEqualTo(Exit.UNDETERMINED);
    }

    @Test
    void takesItsLanguageFromTheEnvironment() throws IOException {
        String log = log(FULL).toString();
        Cli chinese = Cli.in(directory).with("LANG", "zh_CN.UTF-8");

        assertThat(chinese.run("analyze", log).out()).startsWith("已确认 ETCD_DISK_FULL：");
        assertThat(chinese.with("LC_ALL", "C").run("analyze", log).out()).startsWith("CONFIRMED ");
        assertThat(chinese.run("analyze", "--language", "en", log).out()).startsWith("CONFIRMED ");
        assertThat(chinese.run("analyze").error()).startsWith("缺少：PATH。");
    }

    /** Colours and progress are for people; what is written to a file or another program holds neither. */
    @Test
    void isInColoursAtATerminalOnly() throws IOException {
        String log = log(FULL).toString();
        Cli cli = Cli.in(directory);

        String seen = cli.atTerminal("analyze", log).out();
        assertThat(seen).contains("\u001b[1m\u001b[31mCONFIRMED ETCD_DISK_FULL\u001b[0m", "      > ", "       $ ");
        assertThat(cli.with("NO_COLOR", "1").atTerminal("analyze", log).out())
                .contains("CONFIRMED ETCD_DISK_FULL:")
                .doesNotContain("\u001b[1m", "\u001b[3");
        assertThat(cli.atTerminal("analyze", "--color=never", log).out()).doesNotContain("\u001b[1m");
        assertThat(cli.run("analyze", log).out()).doesNotContain("\u001b");
        assertThat(cli.run("analyze", "--color", "always", log).out()).contains("\u001b[1m");
        assertThat(cli.run("analyze", "--color", "red", log).status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void tellsAtATerminalHowMuchItHasRead() throws IOException {
        Path large = directory.resolve("large/node-1/cm/etcd");
        Files.createDirectories(large);
        Files.writeString(large.resolve("etcd-current.log"), FULL);
        String line = "2026-11-22 10:20:00.112936 W | etcdserver: read-only range request took too long (1s)\n";
        Files.writeString(large.resolve("etcd-2026-11-22_100000.log"), line.repeat(400_000));

        String seen = Cli.in(directory)
                .atTerminal("analyze", directory.resolve("large").toString())
                .out();

        assertThat(seen).contains(" MiB read", "CONFIRMED ETCD_DISK_FULL");
        assertThat(seen.indexOf(" MiB read")).isLessThan(seen.indexOf("CONFIRMED"));
    }
}
