package org.etcdmedic.outside.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.etcdmedic.outside.MetricCatalogue;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shipped queries, one YAML file each, and the configuration's own in their place. A wrong file stops the start. */
final class MetricQueries {
    private static final String SHIPPED = "classpath*:metrics/*.yaml";
    private static final Set<String> KEYS = Set.of("id", "unit", "needed", "query", "title", "source");
    private static final String ID = "[a-z][a-z0-9-]{1,40}";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final MetricCatalogue.Entry UNNAMED = new MetricCatalogue.Entry("", "", "");

    private MetricQueries() {}

    /** The queries on the class path, by id. */
    static List<MetricQuery> shipped() {
        var found = new TreeMap<String, MetricQuery>();
        var problems = new ArrayList<String>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
                try (InputStream in = file.getInputStream()) {
                    MetricQuery query = read(String.valueOf(file.getFilename()), in.readAllBytes(), problems);
                    found.put(query.id(), query);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the metrics cannot be read", unreadable);
        }
        if (!problems.isEmpty() || found.isEmpty()) {
            throw new IllegalStateException("the metrics are not usable: " + String.join("; ", problems));
        }
        return List.copyOf(found.values());
    }

    static MetricQuery read(String name, byte[] text, List<String> problems) {
        JsonNode file;
        try {
            file = YAML.readTree(text);
        } catch (JacksonException notYaml) {
            problems.add("metrics/" + name + ": is not YAML");
            return new MetricQuery(name, false, "", UNNAMED);
        }
        var keys = new TreeSet<>(file.propertyNames());
        if (!keys.equals(KEYS)) {
            problems.add("metrics/" + name + ": has the keys " + keys + ", not " + new TreeSet<>(KEYS));
        }
        String id = file.path("id").stringValue("");
        if (!id.matches(ID) || !name.equals(id + ".yaml")) {
            problems.add("metrics/" + name + ": id: is not the file's name");
        }
        if (!file.path("needed").isBoolean()) {
            problems.add("metrics/" + name + ": needed: is not true or false");
        }
        for (String key : List.of("unit", "query", "source")) {
            if (file.path(key).stringValue("").isBlank()) {
                problems.add("metrics/" + name + ": " + key + ": is not a text");
            }
        }
        for (String language : List.of("en", "zh-CN")) {
            if (file.path("title").path(language).stringValue("").isBlank()) {
                problems.add("metrics/" + name + ": title." + language + ": is missing");
            }
        }
        return new MetricQuery(
                id,
                file.path("needed").booleanValue(false),
                oneLine(file.path("query").stringValue("")),
                new MetricCatalogue.Entry(
                        file.path("unit").stringValue(""),
                        file.path("title").path("en").stringValue(""),
                        file.path("title").path("zh-CN").stringValue("")));
    }

    /** The shipped ones, each in the configuration's own way where it has one, and those of its own. An empty text switches one off. */
    static List<MetricQuery> with(Map<String, String> own) {
        var all = new LinkedHashMap<String, MetricQuery>();
        shipped().forEach(query -> all.put(query.id(), query));
        own.forEach((id, text) -> {
            MetricQuery known = all.get(id);
            if (text.isBlank()) {
                all.remove(id);
            } else if (known != null) {
                all.put(id, known.asked(oneLine(text)));
            } else {
                all.put(id, new MetricQuery(id, false, oneLine(text), UNNAMED));
            }
        });
        return List.copyOf(all.values());
    }

    /** PromQL takes any white space for one. */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
