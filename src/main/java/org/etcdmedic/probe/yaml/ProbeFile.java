package org.etcdmedic.probe.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.RunAs;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One file of the catalogue, and everything that is wrong with it. */
final class ProbeFile {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int LARGEST = 2 * 1024 * 1024;
    private static final Set<String> KEYS =
            Set.of("id", "checks", "runAs", "shell", "script", "arguments", "timeLimit", "byteLimit", "why");
    private static final Set<String> LANGUAGES = Set.of("en", "zh-CN");
    private static final Pattern WHOLE_SECONDS = Pattern.compile("[1-9][0-9]{0,5}s");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final List<String> problems = new ArrayList<>();
    private final Optional<Probe> probe;

    ProbeFile(String name, String expectedId, byte[] text) {
        this.name = name;
        this.probe = read(expectedId, text);
    }

    /** What it holds; empty when there are {@link #problems()}. */
    Optional<Probe> probe() {
        return probe;
    }

    /** Each with the file and the key. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private Optional<Probe> read(String expectedId, byte[] text) {
        JsonNode file;
        try {
            file = YAML.readTree(text);
        } catch (JacksonException notYaml) {
            problems.add(name + ": " + notYaml.getOriginalMessage());
            return Optional.empty();
        }
        if (!file.isObject()) {
            problems.add(name + ": is not a mapping");
            return Optional.empty();
        }
        keysAre(file, KEYS, "");
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        String id = string(file, "id");
        if (!id.equals(expectedId)) {
            wrong("id", "is not the file's name");
        }
        List<String> checks = strings(file, "checks", "[A-Z][0-9]{1,2}");
        if (checks.isEmpty()) {
            wrong("checks", "is empty");
        }
        String runAs = oneOf(file, "runAs", Set.of("LOGIN", "DATABASE_USER", "ROOT"));
        String shell = oneOf(file, "shell", Set.of("sh", "bash"));
        String script = script(file);
        List<String> arguments = strings(file, "arguments", "[a-zA-Z][a-zA-Z0-9]{0,31}");
        Duration timeLimit = timeLimit(file);
        int byteLimit = byteLimit(file);
        Map<String, String> why = why(file.get("why"));
        return problems.isEmpty()
                ? Optional.of(new Probe(
                        new ProbeId(id),
                        checks,
                        RunAs.valueOf(runAs),
                        shell,
                        script,
                        arguments,
                        timeLimit,
                        byteLimit,
                        why))
                : Optional.empty();
    }

    private String script(JsonNode file) {
        String script = string(file, "script");
        if (script.indexOf('\'') >= 0) {
            wrong("script", "has a single quote, which would end the word that it is on the command line");
        }
        if (script.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            wrong("script", "has a newline or another control character");
        }
        return script;
    }

    private Duration timeLimit(JsonNode file) {
        String text = string(file, "timeLimit");
        Duration limit = WHOLE_SECONDS.matcher(text).matches() ? Duration.parse("PT" + text) : Duration.ZERO;
        if (limit.isZero() || limit.compareTo(LONGEST) > 0) {
            wrong("timeLimit", "is not 1s to " + LONGEST.toSeconds() + "s");
        }
        return limit;
    }

    private int byteLimit(JsonNode file) {
        JsonNode value = file.path("byteLimit");
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > LARGEST) {
            wrong("byteLimit", "is not 1 to " + LARGEST);
            return 0;
        }
        return value.intValue();
    }

    private Map<String, String> why(JsonNode why) {
        var texts = new HashMap<String, String>();
        if (!why.isObject()) {
            wrong("why", "is not a mapping");
        } else if (keysAre(why, LANGUAGES, "why.")) {
            LANGUAGES.forEach(language -> texts.put(language, string(why, language)));
        }
        return texts;
    }

    private boolean keysAre(JsonNode mapping, Set<String> expected, String prefix) {
        var unknown = new TreeSet<>(mapping.propertyNames());
        unknown.removeAll(expected);
        unknown.forEach(key -> wrong(prefix + key, "is not a key of a probe"));
        var missing = new TreeSet<>(expected);
        missing.removeAll(mapping.propertyNames());
        missing.forEach(key -> wrong(prefix + key, "is missing"));
        return unknown.isEmpty() && missing.isEmpty();
    }

    private String string(JsonNode mapping, String key) {
        JsonNode value = mapping.path(key);
        if (!value.isString() || value.stringValue().isBlank()) {
            wrong(key, "is not a text");
            return "";
        }
        return value.stringValue();
    }

    private String oneOf(JsonNode mapping, String key, Set<String> allowed) {
        String value = string(mapping, key);
        if (!allowed.contains(value)) {
            wrong(key, "is none of " + new TreeSet<>(allowed));
        }
        return value;
    }

    private List<String> strings(JsonNode mapping, String key, String shape) {
        JsonNode list = mapping.path(key);
        var values = new ArrayList<String>();
        if (!list.isArray()) {
            wrong(key, "is not a list");
            return values;
        }
        for (JsonNode value : list.values()) {
            if (value.isString() && value.stringValue().matches(shape)) {
                values.add(value.stringValue());
            } else {
                wrong(key, "has an item that is not " + shape);
            }
        }
        if (new HashSet<>(values).size() != values.size()) {
            wrong(key, "has an item twice");
        }
        return values;
    }

    private void wrong(String key, String what) {
        problems.add(name + ": " + key + ": " + what);
    }
}
