package org.etcdmedic.ticketing.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.ticketing.target.TargetKind;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shipped presets, one YAML file each. A wrong file stops the start. */
public final class Presets {
    private static final String SHIPPED = "classpath*:targets/*.yaml";
    private static final String NAME = "[a-z][a-z0-9-]{1,40}";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Presets() {}

    /** One kind for each file. */
    public static List<TargetKind> shipped() {
        var kinds = new ArrayList<TargetKind>();
        var problems = new ArrayList<String>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
                String name = String.valueOf(file.getFilename()).replace(".yaml", "");
                try (InputStream in = file.getInputStream()) {
                    kinds.add(read(name, in.readAllBytes()));
                } catch (IllegalArgumentException wrong) {
                    problems.add(wrong.getMessage());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the presets of targets cannot be read", unreadable);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the presets of targets are not usable: " + String.join("; ", problems));
        }
        return List.copyOf(kinds);
    }

    /** The kind that a file describes; an {@link IllegalArgumentException} says why it describes none. */
    public static TargetKind read(String name, byte[] text) {
        Preset preset;
        try {
            preset = YAML.readValue(text, Preset.class);
        } catch (JacksonException wrong) {
            throw new IllegalArgumentException("targets/" + name + ".yaml: " + wrong.getOriginalMessage(), wrong);
        }
        if (!name.matches(NAME) || preset == null || preset.manner() == null || preset.open() == null) {
            throw new IllegalArgumentException("targets/" + name
                    + ".yaml: its name is lower-case words, and it has manner, source, secret and open");
        }
        for (String from :
                preset.mappings().values().stream().map(Preset.Mapping::from).toList()) {
            if (!Variables.NAMES.contains(from)) {
                throw new IllegalArgumentException("targets/" + name + ".yaml: maps: there is no variable " + from);
            }
        }
        try {
            preset.bounds();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("targets/" + name + ".yaml: limits: " + wrong.getMessage(), wrong);
        }
        return new PresetKind(name, preset);
    }
}
