package org.etcdmedic.knowledge.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Phrase;
import org.etcdmedic.knowledge.yaml.YamlKnowledge.Item;

/**
 * What the program itself names and cannot judge without: the kinds of findings that it makes, with the values that it fills
 * in and the thresholds that it asks for, the phrases in which it speaks, and the words for the rows. All of that is what the
 * knowledge it comes with holds.
 */
final class ProgramNeeds {
    private final Knowledge shipped;
    private final Problems problems;

    ProgramNeeds(Knowledge shipped, Problems problems) {
        this.shipped = shipped;
        this.problems = problems;
    }

    void findings(List<Item<FindingKind>> items, Set<String> named) {
        shipped.findings().stream()
                .filter(own -> !named.contains(own.id()))
                .forEach(own -> missing("findings", own.id(), "the program makes this finding"));
        for (Item<FindingKind> item : items) {
            shipped.findings().stream()
                    .filter(own -> own.id().equals(item.value().id()))
                    .forEach(own -> {
                        filled(item.file(), item.value().variables(), own.variables());
                        own.thresholds().keySet().stream()
                                .filter(name -> !item.value().thresholds().containsKey(name))
                                .sorted()
                                .forEach(name -> item.file()
                                        .problem(
                                                "thresholds",
                                                "the program asks for " + name + ", which is missing here"));
                    });
        }
    }

    void phrases(List<Item<Phrase>> items, Set<String> named) {
        shipped.phrases().stream()
                .filter(own -> !named.contains(own.id()))
                .forEach(own -> missing("phrases", own.id(), "the program speaks with this phrase"));
        for (Item<Phrase> item : items) {
            shipped.phrases().stream()
                    .filter(own -> own.id().equals(item.value().id()))
                    .forEach(own -> filled(item.file(), item.value().variables(), own.variables()));
        }
    }

    void causes(Set<String> named) {
        shipped.causes().stream()
                .filter(own -> own.family() == Family.NONE)
                .map(Cause::code)
                .filter(code -> !named.contains(code.value()))
                .forEach(code -> missing("causes", code.value(), "the program gives this verdict"));
    }

    /** A row is told in words that only a phrase has. */
    void row(KnowledgeFile file, String key, String row, Set<String> phrases) {
        if (!phrases.contains("row-" + row.toLowerCase(Locale.ROOT))) {
            file.problem(
                    key,
                    row,
                    "there are no words for row " + row + ": phrases/row-" + row.toLowerCase(Locale.ROOT)
                            + ".yaml is missing");
        }
    }

    private void missing(String folder, String id, String why) {
        problems.add(folder + "/" + id + ".yaml", Yaml.Place.BEGIN, "", "is missing; " + why);
    }

    private static void filled(KnowledgeFile file, List<String> declared, List<String> given) {
        var unknown = new TreeSet<>(declared);
        given.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            file.problem(
                    "variables",
                    "the program does not tell " + unknown.stream().collect(Collectors.joining(", ")) + "; it tells "
                            + (given.isEmpty() ? "nothing" : String.join(", ", given)));
        }
    }
}
