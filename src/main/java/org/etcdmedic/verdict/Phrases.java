package org.etcdmedic.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.TextTemplate;

/** The sentences of the knowledge in which the brain explains itself, filled in for each language with its own words. */
final class Phrases {
    private final Knowledge knowledge;

    Phrases(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    Text say(String id, Map<String, Text> variables) {
        Text text = knowledge.phrase(id).text();
        var en = new HashMap<String, String>();
        var zhCn = new HashMap<String, String>();
        variables.forEach((name, value) -> {
            en.put(name, value.en());
            zhCn.put(name, value.zhCn());
        });
        return new Text(TextTemplate.fill(text.en(), en), TextTemplate.fill(text.zhCn(), zhCn));
    }

    /** A word that is the same in both languages: an id, a number. */
    static Text word(String word) {
        return new Text(word, word);
    }

    /** A list as each language writes it. */
    static Text list(List<Text> items) {
        return new Text(
                items.stream().map(Text::en).collect(Collectors.joining("; ")),
                items.stream().map(Text::zhCn).collect(Collectors.joining("；")));
    }

    /** A list within a list. */
    static Text enumeration(List<Text> items) {
        return new Text(
                items.stream().map(Text::en).collect(Collectors.joining(", ")),
                items.stream().map(Text::zhCn).collect(Collectors.joining("、")));
    }

    /** Sentences one after the other. */
    static Text together(List<Text> sentences) {
        return new Text(
                sentences.stream().map(Text::en).map(text -> ended(text, ".")).collect(Collectors.joining(" ")),
                sentences.stream().map(Text::zhCn).map(text -> ended(text, "。")).collect(Collectors.joining()));
    }

    /** A sentence that closes with a node's own words has no full stop of its own. */
    private static String ended(String sentence, String stop) {
        return sentence.endsWith(".") || sentence.endsWith("。") ? sentence : sentence + stop;
    }
}
