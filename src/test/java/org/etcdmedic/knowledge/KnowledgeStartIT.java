package org.etcdmedic.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.etcdmedic.testing.KnowledgeCopy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** The service does not start with knowledge that is not sound: here a class path with files beside the shipped ones. */
class KnowledgeStartIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path added;

    @Test
    void stopsTheStartWithOneMessageThatListsEveryMistakeByFileAndLine() throws IOException {
        put("causes/ETCD_HAUNTED.yaml", """
                code: ETCD_HAUNTED
                family: PROCESS
                rank: 999
                title: {en: etcd is haunted, zh-CN: ETCD 闹鬼}
                summary: {en: It is haunted., zh-CN: 闹鬼。}
                needs: [P1]
                explains: [ETCD_PROCES_DOWN]
                onlyByEndingEtcd: false
                decidedBy: [{check: P1, probe: ouija-board}]
                remediation: [verify-etcd-up]
                source: hearsay
                """);
        put("findings/ghost-seen.yaml", """
                id: ghost-seen
                check: P1
                variables: []
                statement: {en: A ghost was seen on node {{node}}., zh-CN: A ghost}
                supports: {ETCD_HAUNTED: 1.5}
                source: hearsay
                """);

        assertThat(start()).contains("knowledge files").satisfies(message -> {
            assertThat(message)
                    .contains("causes/ETCD_HAUNTED.yaml:7:12: explains: there is no ETCD_PROCES_DOWN; did you mean"
                            + " ETCD_PROCESS_DOWN?");
            assertThat(message).contains("causes/ETCD_HAUNTED.yaml:9:").contains("there is no probe ouija-board");
            assertThat(message).contains("findings/ghost-seen.yaml:4:");
        });
    }

    @Test
    void stopsTheStartWhereAShippedFileStandsOnTheClassPathTwice() throws IOException {
        put("causes/ETCD_DISK_FULL.yaml", "code: ETCD_DISK_FULL\n");

        assertThat(start()).contains("causes/ETCD_DISK_FULL.yaml:1:1: stands on the class path twice");
    }

    @Test
    void judgesByADirectoryOfTheSitesOwnAndStopsTheStartWithItsMistakes() throws IOException {
        KnowledgeCopy copy = KnowledgeCopy.make().without("signatures/grpc-transport-closing.yaml");
        copy.writeTo(added);
        Files.createDirectories(added.resolve(".git"));
        Files.writeString(added.resolve(".git").resolve("config.yaml"), "none of the knowledge");

        own("file:" + added)
                .run(context -> assertThat(context.getBean(Knowledge.class).version())
                        .isNotEqualTo(YamlKnowledge.shipped().version()));
        KnowledgeCopy.make().writeTo(added);
        own(added.toString())
                .run(context -> assertThat(context.getBean(Knowledge.class).version())
                        .isEqualTo(YamlKnowledge.shipped().version()));
        copy.edit("causes/ETCD_DISK_FULL.yaml", "rank:", "rnak:").writeTo(added);
        own(added.toString())
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("causes/ETCD_DISK_FULL.yaml:3:")
                        .hasMessageContaining("unknown key"));
        own(added.resolve("nowhere").toString())
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("medic.knowledge.location: there is no directory"));
    }

    @Test
    void namesAMistakeOnceAndWithoutAStackTrace() throws IOException {
        KnowledgeCopy.make()
                .edit("causes/ETCD_DISK_FULL.yaml", "rank:", "rnak:")
                .writeTo(added);

        own(added.toString())
                .run(context -> assertThat(explained(context.getStartupFailure()))
                        .singleElement(STRING)
                        .containsOnlyOnce("causes/ETCD_DISK_FULL.yaml:3:")
                        .contains("medic.knowledge.location"));
    }

    /** What Spring Boot prints in place of a stack trace: the words of each analyzer that knows this failure. */
    private static List<String> explained(@Nullable Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, unmade) -> {}))
                .stream()
                .flatMap(analyzer -> Optional.ofNullable(analyzer.analyze(Objects.requireNonNull(failure))).stream())
                .map(analysis -> analysis.getDescription() + analysis.getAction())
                .toList();
    }

    private static ApplicationContextRunner own(String location) {
        return new ApplicationContextRunner()
                .withBean(ProbeCatalogue.class, YamlProbes::shipped)
                .withPropertyValues("medic.knowledge.location=" + location)
                .withUserConfiguration(KnowledgeConfiguration.class);
    }

    private void put(String path, String content) throws IOException {
        Path file = added.resolve("knowledge").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** What a start with the added files says, all causes joined. */
    private String start() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {added.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            var said = new StringBuilder();
            new ApplicationContextRunner()
                    .withClassLoader(loader)
                    .withBean(ProbeCatalogue.class, YamlProbes::shipped)
                    .withUserConfiguration(KnowledgeConfiguration.class)
                    .run(context -> {
                        for (Throwable at = context.getStartupFailure(); at != null; at = at.getCause()) {
                            said.append(at.getMessage()).append(System.lineSeparator());
                        }
                    });
            return said.toString();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
