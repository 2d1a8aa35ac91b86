package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundles;

/** A copy of the knowledge that comes with the program, to be changed as somebody at a site would. */
public final class KnowledgeCopy {
    private static final Path SHIPPED = Path.of("src", "main", "resources", "knowledge");

    private final Map<String, byte[]> files = new TreeMap<>();

    private KnowledgeCopy() {}

    /** A copy without a change. */
    public static KnowledgeCopy make() {
        var copy = new KnowledgeCopy();
        try (Stream<Path> all = Files.walk(SHIPPED)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                copy.files.put(SHIPPED.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    /** The same with another file, or with another content of one. */
    public KnowledgeCopy with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The same without a file that has to be there. */
    public KnowledgeCopy without(String path) {
        if (files.remove(path) == null) {
            throw new AssertionError("there is no " + path);
        }
        return this;
    }

    /** The same with other words in a file, where they have to be. */
    public KnowledgeCopy edit(String path, String words, String others) {
        String before = new String(files.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
        if (!before.contains(words)) {
            throw new AssertionError(path + " does not say " + words);
        }
        return with(path, before.replace(words, others));
    }

    /** Its files by path. */
    public Map<String, byte[]> files() {
        return Map.copyOf(files);
    }

    /** As a zip of the directory itself. */
    public byte[] zip() {
        return Bundles.zip(inside("site-knowledge/"));
    }

    /** As a tar of what lies in the directory. */
    public byte[] tarGz() {
        return Bundles.gzip(Bundles.tar(inside("")));
    }

    /** Written into a directory. */
    public void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private Map<String, byte[]> inside(String folder) {
        var inside = new TreeMap<String, byte[]>();
        files.forEach((path, content) -> inside.put(folder + path, content));
        return inside;
    }
}
