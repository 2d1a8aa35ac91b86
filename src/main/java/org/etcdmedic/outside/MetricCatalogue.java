package org.etcdmedic.outside;

import java.util.Map;
import java.util.Optional;

/**
 * What the shipped metrics are called, for people.
 *
 * @param entries by the metric's id
 */
public record MetricCatalogue(Map<String, Entry> entries) {
    /** Copies the map. */
    public MetricCatalogue {
        entries = Map.copyOf(entries);
    }

    /**
     * A metric.
     *
     * @param unit of its values: {@code seconds}, {@code share}, {@code bytes}, or what is counted
     * @param en its title in English
     * @param zhCn its title in Chinese
     */
    public record Entry(String unit, String en, String zhCn) {}

    /** The metric with this id; empty for one that only the configuration knows. */
    public Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }
}
