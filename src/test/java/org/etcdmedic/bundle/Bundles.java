package org.etcdmedic.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.etcdmedic.bundle.archive.Packed;
import org.etcdmedic.bundle.json.JsonOwnCaptures;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Reasoner;

/** Bundles as somebody would pack them, and what becomes of them. */
public final class Bundles {
    public static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final Reasoner REASONER = new Reasoner(KNOWLEDGE);

    private Bundles() {}

    /** Nothing is said of the bundle. */
    public static BundleRequest nothingSaid() {
        return said(Optional.empty());
    }

    public static BundleRequest said(Optional<Instant> at) {
        return new BundleRequest(
                Optional.empty(),
                Optional.empty(),
                at,
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                Duration.ofMinutes(10),
                Duration.ofMinutes(2));
    }

    public static Bundle read(String name, byte[] bytes, BundleRequest request) {
        return read(name, bytes, request, BundleLimits.DEFAULT);
    }

    public static Bundle read(String name, byte[] bytes, BundleRequest request, BundleLimits limits) {
        return new BundleReader(KNOWLEDGE, limits, new JsonOwnCaptures(), InstantSource.fixed(NOW))
                .read(List.of(Packed.upload(name, bytes)), request);
    }

    public static Judgement judge(Bundle bundle) {
        return bundle.bundleCase().judge(REASONER, bundle.captures());
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Map<String, byte[]> files(String... pathsAndTexts) {
        var files = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], bytes(pathsAndTexts[i + 1]));
        }
        return files;
    }

    public static byte[] zip(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] tar(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
