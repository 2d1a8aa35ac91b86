package org.etcdmedic.knowledge.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etcdmedic.knowledge.InvalidKnowledge;
import org.etcdmedic.knowledge.InvalidKnowledge.Mistake;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.etcdmedic.testing.KnowledgeCopy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site's own knowledge: as sound as the shipped one, and enough for the program to judge by. */
class OwnKnowledgeTest {
    private static final ProbeCatalogue PROBES = YamlProbes.shipped();

    private static List<Mistake> mistakes(KnowledgeCopy copy) {
        return catchThrowableOfType(
                        InvalidKnowledge.class, () -> YamlKnowledge.own(KnowledgeFiles.of(copy.files()), PROBES))
                .mistakes();
    }

    @Test
    void hasTheSameVersionAsTheShippedOneWhenItSaysTheSameWhereverItLies() {
        String shipped = YamlKnowledge.shipped().version();
        var deeper = new LinkedHashMap<String, byte[]>();
        KnowledgeCopy.make().files().forEach((path, content) -> deeper.put("a/b/knowledge/" + path, content));
        deeper.put("a/README.md", new byte[] {(byte) 0xff});

        assertThat(YamlKnowledge.own(KnowledgeFiles.of(deeper), PROBES).version())
                .isEqualTo(shipped)
                .matches("[0-9a-f]{12}");
    }

    @Test
    void hasAnotherVersionWhenOneCharacterDiffersOrAFileIsNamedOtherwise() {
        var texts = KnowledgeFiles.of(KnowledgeCopy.make().files());
        String blank = YamlKnowledge.own(
                        KnowledgeFiles.of(KnowledgeCopy.make()
                                .edit("causes/ETCD_DISK_FULL.yaml", "rank:", "rank: ")
                                .files()),
                        PROBES)
                .version();
        String fewer = YamlKnowledge.own(
                        KnowledgeFiles.of(KnowledgeCopy.make()
                                .without("signatures/grpc-transport-closing.yaml")
                                .files()),
                        PROBES)
                .version();

        assertThat(List.of(YamlKnowledge.own(texts, PROBES).version(), blank, fewer))
                .doesNotHaveDuplicates();
    }

    /** Pinned: the same files have the same version on every machine, Java and replica. */
    @Test
    void hasAVersionThatIsMadeOfPathsAndContentsAlone() {
        var files = new java.util.TreeMap<>(Map.of(
                "phrases/b.yaml", "id: b\nvariables: []\ntext: {en: Two, zh-CN: 二}\n",
                "phrases/a.yaml", "id: a\nvariables: []\ntext: {en: One, zh-CN: 一}\n"));

        assertThat(YamlKnowledge.read(files).version()).isEqualTo("0114e714916c");
    }

    @Test
    void namesWhatTheProgramCannotJudgeWithout() {
        assertThat(mistakes(KnowledgeCopy.make()
                        .without("findings/gap-missing.yaml")
                        .without("phrases/likely.yaml")
                        .without("phrases/row-p3.yaml")
                        .without("causes/UNDETERMINED.yaml")))
                .extracting(Mistake::toString)
                .anyMatch(mistake -> mistake.startsWith("findings/gap-missing.yaml:1:1: is missing"))
                .anyMatch(mistake -> mistake.startsWith("phrases/likely.yaml:1:1: is missing"))
                .anyMatch(mistake -> mistake.startsWith("causes/UNDETERMINED.yaml:1:1: is missing"))
                .anyMatch(
                        mistake -> mistake.contains("findings/executable-missing.yaml:2:8: check: there are no words"));
    }

    @Test
    void namesValuesThatTheProgramDoesNotTellAndThresholdsThatItAsksFor() {
        assertThat(mistakes(KnowledgeCopy.make()
                        .edit("findings/executable-missing.yaml", "[path, state]", "[path, state, colour]")
                        .edit("findings/data-disk-busy.yaml", "busyPercent:", "busyPerCent:")))
                .extracting(Mistake::toString)
                .anyMatch(mistake ->
                        mistake.contains("executable-missing.yaml:3:12: variables: the program does not tell colour"))
                .anyMatch(mistake -> mistake.contains("data-disk-busy.yaml:") && mistake.contains("busyPercent"));
    }

    @Test
    void namesAFileThatIsNoTextAndOneThatStandsElsewhere() {
        var files = new LinkedHashMap<>(KnowledgeCopy.make().files());
        files.put("causes/ETCD_DISK_FULL.yaml", new byte[] {'a', (byte) 0xff, '\n'});

        assertThat(catchThrowableOfType(InvalidKnowledge.class, () -> KnowledgeFiles.of(files))
                        .problems())
                .containsExactly("causes/ETCD_DISK_FULL.yaml:1:1: is not UTF-8 text");
        assertThat(mistakes(KnowledgeCopy.make().with("elsewhere/x.yaml", "a: b\n")))
                .extracting(Mistake::file)
                .containsExactly("elsewhere/x.yaml");
    }

    /** Whoever writes an expression may be mistaken, or hostile: it is refused, and nothing falls over it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\Q(\\E lost",
                "(a+)+lost",
                "(lost",
                "[lost",
                "lost{",
                "(?i)lost",
                "(?<x>lost)\\k<x>",
                "lost\\",
                "[]lost]("
            })
    void refusesAnExpressionThatCannotBeWeighed(String expression) {
        assertThat(mistakes(KnowledgeCopy.make()
                        .edit(
                                "signatures/grpc-transport-closing.yaml",
                                "patterns:\n",
                                "patterns:\n  - message: '" + expression + "'\n")))
                .extracting(Mistake::file)
                .contains("signatures/grpc-transport-closing.yaml");
        assertThat(mistakes(KnowledgeCopy.make()
                        .edit(
                                "signatures/grpc-transport-closing.yaml",
                                "patterns:\n",
                                "patterns:\n  - message: '" + "(".repeat(50_000) + "'\n")))
                .extracting(Mistake::file)
                .contains("signatures/grpc-transport-closing.yaml");
    }
}
