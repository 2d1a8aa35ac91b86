package org.etcdmedic.alarm.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.etcdmedic.platform.WrongSetting;

/** The sources that can send: the shipped presets under their own names, and what the configuration adds or changes. */
public final class Sources {
    private static final SourceDocument NOTHING =
            new SourceDocument(null, null, null, null, null, null, null, null, null, null, null);

    private final SortedMap<String, Source> byName;
    private final Map<String, SourceDocument> presets;

    private Sources(SortedMap<String, Source> byName, Map<String, SourceDocument> presets) {
        this.byName = byName;
        this.presets = Map.copyOf(presets);
    }

    /** These; throws {@link WrongSetting} that names everything that is wrong with them. */
    public static Sources of(Map<String, SourceDocument> presets, Map<String, SourceDocument> configured) {
        var problems = new ArrayList<String>();
        var documents = new TreeMap<String, SourceDocument>(presets);
        configured.forEach((name, document) -> documents.put(name, over(name, document, presets, problems)));
        var byName = new TreeMap<String, Source>();
        documents.forEach((name, document) -> byName.put(name, Source.of(name, document, problems)));
        if (!problems.isEmpty()) {
            throw new WrongSetting(problems);
        }
        return new Sources(byName, presets);
    }

    private static SourceDocument over(
            String name, SourceDocument document, Map<String, SourceDocument> presets, List<String> problems) {
        String preset = document.preset() == null ? name : document.preset();
        SourceDocument below = presets.get(preset);
        if (below == null && document.preset() != null) {
            problems.add("medic.sources." + name + " has a preset that is none of " + new TreeMap<>(presets).keySet());
        }
        return document.over(below == null ? NOTHING : below);
    }

    /** The source of this name. */
    public Optional<Source> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All of them, by name. */
    public List<Source> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The source as it would be with this document over what stands in the configuration, for a try; throws
     * {@link IllegalArgumentException} that names everything that is wrong with it.
     */
    public Source tried(Source source, SourceDocument document) {
        var problems = new ArrayList<String>();
        SourceDocument below =
                document.preset() == null ? source.document() : presets.getOrDefault(document.preset(), NOTHING);
        Source tried = Source.of(source.name(), document.over(below), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return tried;
    }
}
