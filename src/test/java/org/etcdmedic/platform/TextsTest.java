package org.etcdmedic.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etcdmedic.alarm.source.Mapped;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.Skipped;
import org.etcdmedic.diagnosis.Comparison;
import org.etcdmedic.diagnosis.NodeProgress;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.memory.GiveFeedback;
import org.etcdmedic.memory.History;
import org.etcdmedic.memory.Statement;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.RunAs;
import org.etcdmedic.replay.CandidateRefused;
import org.etcdmedic.replay.Change;
import org.etcdmedic.replay.Replayed;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.target.Severity;
import org.etcdmedic.verdict.Moment;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the service and its commands say, they say in both languages. */
class TextsTest {
    private static final Path FOLDER = Path.of("src/main/resources");

    /** The same in every language. */
    private static final Set<String> NAMES = Set.of(
            "cli.actor.DBA",
            "page.json",
            "page.lane.CLUSTER_MANAGER",
            "page.lane.ETCD",
            "page.lane.MANAGEMENT",
            "page.language.other",
            "page.look.steal",
            "page.nav.api",
            "report.ping",
            "report.ssh");

    private static final WordBook BOOK =
            WordBook.read(FOLDER.resolve("messages.properties"), FOLDER.resolve("messages_zh.properties"));
    private static final WordUse USE = WordUse.shipped(built());

    /** Keys that are put together of a beginning and a word; whoever builds another one tells here what of. */
    private static Map<String, List<String>> built() {
        var built = new HashMap<String, List<String>>();
        built.put("bundle.refused.", names(BundleRefused.Reason.values()));
        built.put("bundle.skipped.", names(Skipped.Reason.values()));
        built.put("source.problem.", names(Mapped.Problem.Code.values()));
        built.put("bundle.what.", names(BundleCase.What.values()));
        built.put("knowledge.refused.", names(CandidateRefused.Reason.values()));
        built.put("cli.actor.", names(Remediation.Actor.values()));
        built.put("cli.lost.", names(hidden("org.etcdmedic.cli.Answer$Lost$Why")));
        built.put("cli.node.", names(NodeProgress.State.values()));
        built.put("cli.outcome.", names(Verdict.Outcome.values()));
        built.put("cli.risk.", names(Remediation.Risk.values()));
        built.put("cli.run-as.", names(RunAs.values()));
        built.put("cli.status.", names(Status.values()));
        built.put("page.ticket.", names(Ticket.State.values()));
        built.put("ticket.changed.", names(Comparison.Result.values()));
        built.put("ticket.severity.", names(Severity.values()));
        built.put("cli.time.", names(BundleCase.TimeBy.values()));
        built.put("cli.zone.", names(BundleCase.ZoneBy.values()));
        built.put("history.basis.", names(History.Basis.values()));
        built.put(
                "history.help.",
                names(History.Where.values()).stream()
                        .flatMap(where -> Stream.of(where, where + ".once"))
                        .toList());
        built.put(
                "history.times.",
                IntStream.rangeClosed(2, 10).mapToObj(Integer::toString).toList());
        built.put("problem.feedback.", names(GiveFeedback.Mistake.values()));
        built.put("page.change.", names(Change.values()));
        built.put("page.replay.state.", names(Status.values()));
        built.put("page.replay.reason.", names(Replayed.Reason.values()));
        built.put("page.asked.", names(NodeProgress.State.values()));
        built.put("page.effect.", List.of("LOST", "LAST", "SPARE"));
        built.put("page.family.", names(Family.values()));
        built.put("page.kind.", names(Moment.Kind.values()));
        built.put("page.lane.", names(Moment.Lane.values()));
        built.put("page.look.", List.of("cpu", "steal", "memory", "disk", "psi-cpu", "psi-io", "psi-memory"));
        built.put(
                "page.problem.",
                Stream.of("401", "403", "404", "503")
                        .flatMap(status -> Stream.of(status, status + ".detail"))
                        .toList());
        built.put("page.reach.", List.of("GOOD", "PARTLY", "BAD", "UNKNOWN"));
        built.put("page.says.", List.of("QUEUED", "RUNNING", "FAILED", "CANCELLED"));
        built.put("page.said.", names(Statement.Said.values()));
        built.put("page.since.", names(hidden("org.etcdmedic.page.Wanted$Since")));
        built.put(
                "page.state.",
                Stream.of(hidden("org.etcdmedic.page.Wanted$State"), Status.values())
                        .flatMap(states -> names(states).stream())
                        .distinct()
                        .toList());
        built.put(
                "problem.",
                names(hidden("org.etcdmedic.api.Problem")).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                        .flatMap(slug -> Stream.of(slug + ".title", slug + ".detail"))
                        .toList());
        built.put("report.", List.of("ping", "peer-port", "client-port", "ssh", "etcd"));
        built.put("report.contact.", names(Contact.values()));
        built.put("report.etcd.", names(EtcdHealth.Word.values()));
        built.put("report.reason.", names(Capture.Reason.values()));
        built.put("rerun.", names(Comparison.Result.values()));
        return built;
    }

    private static List<String> names(Object[] constants) {
        return Arrays.stream(constants).map(one -> ((Enum<?>) one).name()).toList();
    }

    /** The words of an enum that its room keeps to itself. */
    private static Object[] hidden(String type) {
        try {
            return Class.forName(type).getEnumConstants();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> faults(WordBook book, WordUse use) {
        Set<String> families =
                book.keys().stream().map(key -> key.replaceFirst("\\..*", "")).collect(Collectors.toSet());
        var faults = new ArrayList<>(book.faults(use.keys(families), NAMES));
        faults.addAll(use.faults(families));
        return faults;
    }

    @Test
    void everyTextIsThereInBothLanguagesAndIsUsed() {
        assertThat(faults(BOOK, USE)).isEmpty();
    }

    /** A fault that somebody makes, and what is said of it. */
    record Fault(String name, UnaryOperator<WordBook> book, UnaryOperator<WordUse> use, String told) {
        static Fault english(String name, UnaryOperator<String> change, String told) {
            return new Fault(
                    name, book -> new WordBook(change.apply(book.english()), book.chinese()), use -> use, told);
        }

        static Fault chinese(String name, UnaryOperator<String> change, String told) {
            return new Fault(
                    name, book -> new WordBook(book.english(), change.apply(book.chinese())), use -> use, told);
        }

        static Fault use(String name, UnaryOperator<WordUse> change, String told) {
            return new Fault(name, book -> book, change, told);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.chinese("a key without Chinese", without("report.about"), "report.about is missing in Chinese"),
                Fault.english("a key without English", without("report.about"), "report.about is missing in English"),
                Fault.chinese("an empty text", with("report.about", ""), "report.about is missing in Chinese"),
                Fault.chinese(
                        "English in the Chinese file", with("report.about", "About"), "report.about is not translated"),
                Fault.english(
                        "Chinese in the English file",
                        with("report.about", "项目"),
                        "report.about is Chinese in English"),
                Fault.chinese(
                        "a value that is left out", with("report.verify", "处理后"), "report.verify has other places"),
                Fault.english("another value", with("report.verify", "Then: {1}"), "report.verify has other places"),
                Fault.english("an apostrophe", with("report.verify", "Don't: {0}"), "report.verify loses"),
                Fault.english(
                        "a key that stands twice", text -> text + "report.about=Also\n", "report.about stands twice"),
                Fault.use(
                        "a key that is used and not there",
                        source("texts.text(\"report.brand-new\")"),
                        "report.brand-new is used and is missing"),
                Fault.use(
                        "a page that asks for one that is not there",
                        use -> new WordUse(
                                use.sources(),
                                more(use.templates(), "<p th:text=\"#{report.gone(${x})}\">"),
                                use.built()),
                        "report.gone is used and is missing"),
                Fault.use(
                        "a word that is new in an enum",
                        use -> new WordUse(use.sources(), use.templates(), more(use.built(), "rerun.", "MADE_WORSE")),
                        "rerun.MADE_WORSE is used and is missing"),
                Fault.use(
                        "a key that is put together of what nobody knows",
                        source("texts.text(\"report.colour.\" + colour)"),
                        "what follows report.colour. is told nowhere"),
                new Fault(
                        "a text that nobody asks for",
                        book -> new WordBook(book.english() + "report.old=Old\n", book.chinese() + "report.old=旧\n"),
                        use -> use,
                        "report.old is used by nobody"));
    }

    private static UnaryOperator<String> without(String key) {
        return text -> text.replaceFirst("(?m)^" + key + "=.*\n", "");
    }

    private static UnaryOperator<String> with(String key, String other) {
        return text -> text.replaceFirst("(?m)^" + key + "=.*", key + "=" + other);
    }

    private static UnaryOperator<WordUse> source(String code) {
        return use -> new WordUse(more(use.sources(), code), use.templates(), use.built());
    }

    private static Map<String, String> more(Map<String, String> files, String content) {
        var more = new TreeMap<>(files);
        more.put("planted", content);
        return more;
    }

    private static Map<String, List<String>> more(Map<String, List<String>> built, String beginning, String word) {
        var more = new HashMap<>(built);
        var words = new ArrayList<>(built.getOrDefault(beginning, List.of()));
        words.add(word);
        more.put(beginning, words);
        return more;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void tellsAFault(Fault fault) {
        assertThat(faults(fault.book().apply(BOOK), fault.use().apply(USE)))
                .singleElement()
                .asString()
                .startsWith(fault.told());
    }
}
