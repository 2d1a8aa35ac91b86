package org.etcdmedic.knowledge.yaml;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Decider;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Phrase;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.yaml.Yaml.Mapping;
import org.etcdmedic.probe.ProbeCatalogue;
import tools.jackson.core.JacksonException;

/**
 * Reads knowledge from YAML files, one item per file, the file named after the item. Nothing is read halfway: either all
 * files are sound, alone and together, or every problem is told at once.
 */
public final class YamlKnowledge {
    private static final Pattern PATH =
            Pattern.compile("(causes|findings|signatures|remediation|phrases)/[A-Za-z0-9_-]+\\.yaml");

    private final Problems problems = new Problems();
    private final List<Item<Cause>> causes = new ArrayList<>();
    private final List<Item<FindingKind>> findings = new ArrayList<>();
    private final List<Item<Signature>> signatures = new ArrayList<>();
    private final List<Item<Remediation>> remediation = new ArrayList<>();
    private final List<Item<Phrase>> phrases = new ArrayList<>();

    /** What was read from a file, beside the file, so that later problems can still name it. */
    record Item<T>(KnowledgeFile file, T value) {}

    private YamlKnowledge() {}

    /** The knowledge that comes with the program, held against the probes that it names. */
    public static Knowledge shipped(ProbeCatalogue probes) {
        return read(KnowledgeFiles.shipped().texts(), Optional.of(probes), Optional.empty());
    }

    /** The knowledge that comes with the program. */
    public static Knowledge shipped() {
        return read(KnowledgeFiles.shipped().texts());
    }

    /**
     * Knowledge of a site's own, held against the probes that it names and against what the program needs.
     *
     * @throws org.etcdmedic.knowledge.InvalidKnowledge when anything is wrong with it
     */
    public static Knowledge own(KnowledgeFiles files, ProbeCatalogue probes) {
        return read(files.texts(), Optional.of(probes), Optional.of(shipped()));
    }

    /**
     * Knowledge from these files, content by path, such as {@code causes/ETCD_DISK_FULL.yaml}.
     *
     * @throws org.etcdmedic.knowledge.InvalidKnowledge when anything is wrong with them
     */
    public static Knowledge read(SortedMap<String, String> files) {
        return read(files, Optional.empty(), Optional.empty());
    }

    private static Knowledge read(
            SortedMap<String, String> files, Optional<ProbeCatalogue> probes, Optional<Knowledge> shipped) {
        var reader = new YamlKnowledge();
        files.forEach(reader::read);
        new CrossChecks(reader.causes, reader.findings, reader.signatures, reader.remediation, Ids.of(files.keySet()))
                .run();
        reader.phrases.forEach(item -> CrossChecks.phrase(item.file(), item.value()));
        probes.ifPresent(
                catalogue -> reader.causes.forEach(item -> CrossChecks.probes(item.file(), item.value(), catalogue)));
        shipped.ifPresent(own -> reader.needs(new ProgramNeeds(own, reader.problems), files.keySet()));
        reader.problems.throwIfAny();
        return new Knowledge(
                version(files),
                values(reader.causes),
                values(reader.findings),
                values(reader.signatures),
                values(reader.remediation),
                values(reader.phrases));
    }

    /** Held against the files' names too, so that a mistake in one file does not make it look missing. */
    private void needs(ProgramNeeds program, Set<String> paths) {
        Set<String> phraseIds = Ids.in(paths, "phrases/");
        program.findings(findings, Ids.in(paths, "findings/"));
        program.phrases(phrases, phraseIds);
        program.causes(Ids.in(paths, "causes/"));
        findings.forEach(item -> program.row(item.file(), "check", item.value().check(), phraseIds));
        signatures.forEach(
                item -> program.row(item.file(), "check", item.value().check(), phraseIds));
        causes.forEach(item -> item.value().needs().forEach(row -> program.row(item.file(), "needs", row, phraseIds)));
    }

    private static <T> List<T> values(List<Item<T>> items) {
        return items.stream().map(Item::value).toList();
    }

    private static String version(SortedMap<String, String> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update((path + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update((content + '\0').getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void read(String path, String content) {
        if (!PATH.matcher(path).matches()) {
            problems.add(
                    path,
                    Yaml.Place.BEGIN,
                    "",
                    "knowledge stands in causes, findings, signatures, remediation or phrases, one .yaml file each");
            return;
        }
        if (content.startsWith("\uFEFF")) {
            problems.add(path, Yaml.Place.BEGIN, "", "begins with a byte order mark; save it as UTF-8 without one");
            return;
        }
        if (tabs(path, content)) {
            return;
        }
        try {
            if (Yaml.parse(content) instanceof Mapping mapping) {
                var file = new KnowledgeFile(path, mapping, problems);
                switch (path.substring(0, path.indexOf('/'))) {
                    case "causes" -> read(file, causes, YamlKnowledge::cause);
                    case "findings" -> read(file, findings, YamlKnowledge::finding);
                    case "signatures" -> read(file, signatures, YamlKnowledge::signature);
                    case "phrases" -> read(file, phrases, YamlKnowledge::phrase);
                    default -> read(file, remediation, YamlKnowledge::remediation);
                }
            } else {
                problems.add(path, Yaml.Place.BEGIN, "", "keys with values are expected here");
            }
        } catch (JacksonException e) {
            Yaml.Place place = e.getLocation() == null ? Yaml.Place.BEGIN : Yaml.Place.of(e.getLocation());
            String said = e.getOriginalMessage()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replace("Duplicate Object property", "this key stands here twice:");
            problems.add(path, place, "", "not YAML as we read it: " + said);
        }
    }

    /** YAML forbids tabs before a key, and its parser says so in words that few understand. */
    private boolean tabs(String path, String content) {
        List<String> lines = content.lines().toList();
        boolean any = false;
        for (int i = 0; i < lines.size(); i++) {
            int tab = lines.get(i).indexOf('\t');
            if (tab >= 0 && lines.get(i).substring(0, tab).isBlank()) {
                problems.add(path, new Yaml.Place(i + 1, tab + 1), "", "a tab indents here; use spaces");
                any = true;
            }
        }
        return any;
    }

    private <T> void read(KnowledgeFile file, List<Item<T>> items, Function<KnowledgeFile, T> reading) {
        int before = problems.count();
        T value = reading.apply(file);
        file.refuseUnknownKeys();
        if (problems.count() == before) {
            items.add(new Item<>(file, value));
        }
    }

    private static String id(KnowledgeFile file, String key) {
        String id = file.string(key);
        if (!id.equals(file.stem())) {
            file.problem(key, "differs from the file's name: " + id + " in " + file.stem() + ".yaml");
        }
        return id;
    }

    private static Cause cause(KnowledgeFile file) {
        return new Cause(
                file.cause("code", id(file, "code")),
                file.word(Family.class, "family"),
                file.integer("rank"),
                file.text("title"),
                file.text("summary"),
                file.strings("needs"),
                file.causes("explains"),
                file.causesIfAny("explainsOnPeers"),
                file.spans("mayPrecede"),
                file.bool("onlyByEndingEtcd"),
                file.flag("repairedAsEffect"),
                file.strings("certainAfter"),
                Set.copyOf(file.strings("sharedIfSeen")),
                file.mappings("decidedBy").stream().map(YamlKnowledge::decider).toList(),
                file.optional("byHand"),
                file.strings("remediation"),
                file.string("source"));
    }

    private static Decider decider(KnowledgeFile file) {
        var decider = new Decider(file.string("check"), file.optional("probe"));
        file.refuseUnknownKeys();
        return decider;
    }

    private static Phrase phrase(KnowledgeFile file) {
        return new Phrase(id(file, "id"), file.strings("variables"), file.text("text"));
    }

    private static FindingKind finding(KnowledgeFile file) {
        return new FindingKind(
                id(file, "id"),
                file.string("check"),
                Set.copyOf(file.strings("covers")),
                file.strings("variables"),
                file.text("statement"),
                file.confidences("supports"),
                file.causes("refutes"),
                file.subject("subject"),
                file.thresholds("thresholds"),
                file.string("source"));
    }

    private static Signature signature(KnowledgeFile file) {
        return new Signature(
                id(file, "id"),
                file.words(Log.Program.class, "programs"),
                file.string("check"),
                file.word(Signature.Kind.class, "kind"),
                file.word(Signature.About.class, "about"),
                file.string("versions"),
                Set.copyOf(file.strings("narrows")),
                file.mappings("patterns").stream().map(YamlKnowledge::pattern).toList(),
                file.text("statement"),
                file.confidences("supports"),
                file.causes("refutes"),
                file.string("source"),
                file.strings("match"),
                file.strings("noMatch"));
    }

    private static Signature.Pattern pattern(KnowledgeFile file) {
        Optional<String> field = file.optional("field");
        Optional<Pattern> value = field.map(name -> file.expression("value"));
        var pattern = new Signature.Pattern(file.expression("message"), field, value);
        file.refuseUnknownKeys();
        return pattern;
    }

    private static Remediation remediation(KnowledgeFile file) {
        return new Remediation(
                id(file, "id"),
                file.text("action"),
                file.optional("command"),
                Set.copyOf(file.strings("onlyIfSeen")),
                Set.copyOf(file.strings("unlessSeen")),
                Set.copyOf(file.strings("onlyIfKnown")),
                file.word(Remediation.Actor.class, "actor"),
                file.word(Remediation.Risk.class, "risk"),
                file.text("verify"));
    }
}
