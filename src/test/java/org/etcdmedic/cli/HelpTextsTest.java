package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.etcdmedic.platform.WordBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands say of themselves, in both languages. */
class HelpTextsTest {
    private static final Path FOLDER = Path.of("src/main/resources");
    private static final WordBook BOOK =
            WordBook.read(FOLDER.resolve("commands.properties"), FOLDER.resolve("commands_zh.properties"));

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    private CommandLine line(String... args) {
        var terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(error),
                false,
                false,
                Map.of(),
                InstantSource.fixed(Instant.parse("2026-11-22T10:30:00Z")));
        return Commands.line(List.of(args), terminal);
    }

    /** A bundle that remembers what it was asked for. */
    private static final class Watched extends ResourceBundle {
        private final ResourceBundle texts = Commands.help(Locale.ENGLISH);
        private final Set<String> asked = new TreeSet<>();

        @Override
        protected Object handleGetObject(String key) {
            // Names of options can be translated too, and are not: they are the same for everybody.
            if (!key.startsWith("picocli.")) {
                asked.add(key);
            }
            return texts.getObject(key);
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(texts.keySet());
        }
    }

    private static List<CommandLine> all(CommandLine line) {
        var all = new ArrayList<CommandLine>();
        all.add(line);
        line.getSubcommands().values().forEach(one -> all.addAll(all(one)));
        return all;
    }

    @Test
    void everyHelpIsThereInBothLanguagesAndIsUsed() {
        var watched = new Watched();
        CommandLine line = line().setResourceBundle(watched);
        all(line).forEach(CommandLine::getUsageMessage);

        assertThat(BOOK.faults(watched.asked, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en, \\p{IsLatin}", "zh-CN, \\p{IsHan}"})
    void everyCommandAndEveryOptionIsDescribed(String language, String letters) {
        for (CommandLine command : all(line("--language", language))) {
            var spec = command.getCommandSpec();
            String name = spec.qualifiedName();
            assertThat(command.getUsageMessage()).as(name).containsPattern(letters);
            List<String> description =
                    new ArrayList<>(List.of(spec.usageMessage().description()));
            description.addAll(List.of(spec.usageMessage().header()));
            assertThat(String.join(" ", description)).as(name).containsPattern(letters);
            assertThat(spec.args())
                    .allSatisfy(argument -> assertThat(String.join(" ", argument.description()))
                            .as(name + " " + argument)
                            .containsPattern(letters));
            assertThat(spec.usageMessage().exitCodeList()).as(name).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "analyze", "diagnose", "show", "probes", "completion"})
    void helpsAndTellsItsVersion(String command) {
        List<String> words = command.isEmpty() ? List.of() : List.of(command);
        assertThat(line().execute(and(words, "--help"))).isZero();
        assertThat(out.toString()).startsWith("Usage: etcd-medic").contains("Exit status:", "--language");
        out.getBuffer().setLength(0);
        assertThat(line().execute(and(words, "--version"))).isZero();
        assertThat(out.toString()).startsWith("etcd-medic ");
        assertThat(error.toString()).isEmpty();
    }

    private static String[] and(List<String> words, String one) {
        var all = new ArrayList<>(words);
        all.add(one);
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "diagnos n1 | Did you mean diagnose?",
                "show --jsno | Did you mean --json?",
                "diagnose | Missing: NODE.",
                "diagnose n1 --timeout 5 | --timeout is at most a day",
                "diagnose n1 --at 10:30 | --at is a time with its offset",
                "diagnose n/1 | NODE is 1 to 64 of",
                "show --limit many | --limit cannot be: many",
                "show --limit 201 | list of up to 200",
                "show --markdown | --markdown is for one diagnosis",
                "show n1 | ID is the identifier of a diagnosis",
                "show --json --json | --json was given twice.",
                "show --language fr | --language is en or zh-CN.",
                "show --url ftp://x | begins with http://",
                "analyze gone.log | There is no gone.log.",
                "probes --sudoers | --sudoers needs --user",
                "analyze \u001b[2J | \\u001b[2J",
                "show --\u001b[2J | \\u001b[2J"
            })
    void saysInALineWhatIsWrongWithACommandLine(String words, String told) {
        String[] args = words.strip().split(" ");

        assertThat(line(args).execute(args)).isEqualTo(Exit.USAGE);
        assertThat(error.toString()).doesNotContain("\u001b").hasLineCount(2).contains(told.strip(), "--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void takesForACommandWhatIsNoSettingOfTheService() {
        assertThat(List.of("show", "diagnos", "--help", "--version", "--language=en", "--color"))
                .allSatisfy(
                        word -> assertThat(Commands.isOne(new String[] {word})).isTrue());
        assertThat(List.of("--server.port=8081", "--debug", "-Dx=y"))
                .allSatisfy(
                        word -> assertThat(Commands.isOne(new String[] {word})).isFalse());
        assertThat(Commands.isOne(new String[0])).isFalse();
    }
}
