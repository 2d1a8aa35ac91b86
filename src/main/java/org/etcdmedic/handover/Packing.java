package org.etcdmedic.handover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.BundleCase.Packaged;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.veil.Pseudonym;
import org.etcdmedic.veil.Scene;
import org.etcdmedic.veil.Secret;
import org.etcdmedic.veil.Veil;
import org.etcdmedic.verdict.Judgement;

/**
 * A diagnosis under its veil: what goes into a package, and what stays here to read it by.
 *
 * @param about the case
 * @param captures what was captured
 * @param judgement what was concluded
 * @param names what each pseudonym stands for
 */
public record Packing(BundleCase about, List<Capture> captures, Judgement judgement, List<Pseudonym> names) {
    private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z]+");

    /** Copies the lists. */
    public Packing {
        captures = List.copyOf(captures);
        names = List.copyOf(names);
    }

    /**
     * What is packed.
     *
     * @param about the case, as it was judged
     * @param captures what was captured
     * @param judgement what was concluded
     * @param calls what people call the instance
     */
    public record Content(BundleCase about, List<Capture> captures, Judgement judgement, List<String> calls) {
        /** Copies the lists. */
        public Content {
            captures = List.copyOf(captures);
            calls = List.copyOf(calls);
        }
    }

    /** Puts all of it under one veil. The same content and secret give the same packing. */
    public static Packing of(
            Content content, Packaged source, Secret secret, Knowledge knowledge, Judgements judgements) {
        BundleCase about = content.about();
        List<String> words = new ArrayList<>(VeiledCase.words(about));
        words.addAll(judgements.texts(content.judgement()));
        var scene = new Scene(
                about.instance(),
                content.calls(),
                about.nodes().stream().map(BundleCase.CaseNode::node).toList(),
                content.captures(),
                words,
                plain(knowledge));
        Veil veil = Veil.over(scene, secret);
        VeiledCase veiled = VeiledCase.of(about, content.captures(), source, veil);
        Judgement judgement = judgements.changed(content.judgement(), veil::text);
        return new Packing(veiled.about(), veiled.captures(), judgement, veil.used());
    }

    /** Words by which our knowledge finds lines: replaced, a line would not be found again. */
    private static Set<String> plain(Knowledge knowledge) {
        var words = new HashSet<String>();
        knowledge
                .signatures()
                .forEach(signature -> signature
                        .patterns()
                        .forEach(pattern -> NO_WORD.splitAsStream(
                                        pattern.message().pattern())
                                .filter(word -> word.length() > 2)
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .forEach(words::add)));
        return words;
    }
}
