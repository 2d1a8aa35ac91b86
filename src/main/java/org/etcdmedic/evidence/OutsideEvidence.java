package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What others than the node itself tell of it.
 *
 * @param metrics what monitoring was asked; nothing where none is configured
 * @param machine what the infrastructure says of its virtual machine; not asked where none is configured
 */
public record OutsideEvidence(List<MetricReading> metrics, MachineRecord machine) {
    /** Nobody was asked. */
    public static final OutsideEvidence NOTHING = new OutsideEvidence(List.of(), MachineRecord.NOT_ASKED);

    /** Copies the list. */
    public OutsideEvidence {
        metrics = List.copyOf(metrics);
    }

    /**
     * One metric, known or not known and why.
     *
     * @param id which
     * @param needed row O4 is not looked at without it
     */
    public record MetricReading(String id, boolean needed, Reading<Metric> reading) {}

    /** The metric, when it is known. */
    public Optional<Reading.Known<Metric>> metric(String id) {
        for (MetricReading reading : metrics) {
            if (reading.id().equals(id) && reading.reading() instanceof Reading.Known<Metric> known) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
