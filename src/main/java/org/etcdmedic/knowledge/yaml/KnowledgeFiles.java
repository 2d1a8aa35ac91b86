package org.etcdmedic.knowledge.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of a body of knowledge, not read yet.
 *
 * @param texts content by path, such as {@code causes/ETCD_DISK_FULL.yaml}
 */
public record KnowledgeFiles(SortedMap<String, String> texts) {
    private static final String ENDING = ".yaml";

    /** Copies the map. */
    public KnowledgeFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /** Those that come with the program. */
    public static KnowledgeFiles shipped() {
        var files = new TreeMap<String, String>();
        var twice = new Problems();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:knowledge/**/*.yaml")) {
                String url = file.getURL().toString();
                String path = url.substring(url.lastIndexOf("knowledge/") + "knowledge/".length());
                if (files.put(path, file.getContentAsString(StandardCharsets.UTF_8)) != null) {
                    twice.add(path, Yaml.Place.BEGIN, "", "stands on the class path twice, also at " + url);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the knowledge files cannot be read", e);
        }
        twice.throwIfAny();
        return new KnowledgeFiles(files);
    }

    /**
     * Those of a directory of this machine. What is hidden there is left aside: a version control's files, and the copies
     * that a container platform keeps behind the links that it shows.
     *
     * @throws org.etcdmedic.knowledge.InvalidKnowledge when one is not text
     */
    public static KnowledgeFiles directory(Path root) {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path inside = root.relativize(file);
                if (!hidden(inside)) {
                    files.put(inside.toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the knowledge in " + root + " cannot be read", e);
        }
        return of(files);
    }

    private static boolean hidden(Path inside) {
        return Stream.iterate(0, i -> i < inside.getNameCount(), i -> i + 1)
                .anyMatch(i -> inside.getName(i).toString().startsWith("."));
    }

    /**
     * Those among these files that can be knowledge, which is all YAML; the folder in which {@code causes} lies is left out of
     * their paths.
     *
     * @throws org.etcdmedic.knowledge.InvalidKnowledge when one is not text
     */
    public static KnowledgeFiles of(Map<String, byte[]> all) {
        String root = all.keySet().stream()
                .filter(path -> path.endsWith(ENDING))
                .filter(path -> path.startsWith("causes/") || path.contains("/causes/"))
                .map(path -> path.startsWith("causes/") ? "" : path.substring(0, path.indexOf("/causes/") + 1))
                .min(java.util.Comparator.comparingInt(String::length))
                .orElse("");
        var files = new TreeMap<String, String>();
        var unreadable = new Problems();
        all.forEach((path, bytes) -> {
            if (path.endsWith(ENDING) || path.endsWith(".yml")) {
                String inside = path.startsWith(root) ? path.substring(root.length()) : path;
                try {
                    files.put(
                            inside,
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString());
                } catch (CharacterCodingException e) {
                    unreadable.add(inside, Yaml.Place.BEGIN, "", "is not UTF-8 text");
                }
            }
        });
        unreadable.throwIfAny();
        return new KnowledgeFiles(files);
    }
}
