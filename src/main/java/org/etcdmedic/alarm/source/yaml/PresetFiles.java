package org.etcdmedic.alarm.source.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.etcdmedic.alarm.source.SourceDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The presets that come with the program, one file each, named after the preset. */
public final class PresetFiles {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private PresetFiles() {}

    /**
     * A preset.
     *
     * @param title what it understands
     * @param source how
     * @param samples bodies and what they have to become; a test holds the preset to them
     */
    public record Preset(String title, SourceDocument source, List<Sample> samples) {}

    /**
     * A body and what becomes of it.
     *
     * @param says what it shows
     * @param headers by lower-case name
     * @param becomes one line for each element
     */
    public record Sample(String says, @Nullable Map<String, String> headers, String body, List<String> becomes) {}

    /** All of them, by name. */
    public static Map<String, Preset> all() {
        var presets = new TreeMap<String, Preset>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:sources/*.yaml")) {
                String name = Objects.requireNonNull(file.getFilename()).replace(".yaml", "");
                try (InputStream in = file.getInputStream()) {
                    presets.put(name, YAML.readValue(in, Preset.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return presets;
    }

    /** How each understands its bodies. */
    public static Map<String, SourceDocument> documents() {
        var documents = new TreeMap<String, SourceDocument>();
        all().forEach((name, preset) -> documents.put(name, preset.source()));
        return documents;
    }
}
