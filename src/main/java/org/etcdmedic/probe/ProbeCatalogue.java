package org.etcdmedic.probe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every command that can ever be run on a node. Closed: nothing else is sent. */
public final class ProbeCatalogue {
    private final Map<ProbeId, Probe> probes;

    /** A catalogue of these probes, each id once. */
    public ProbeCatalogue(List<Probe> probes) {
        var byId = new TreeMap<ProbeId, Probe>();
        for (Probe probe : probes) {
            if (byId.put(probe.id(), probe) != null) {
                throw new IllegalArgumentException("probe " + probe.id() + " stands in the catalogue twice");
            }
        }
        this.probes = Map.copyOf(byId);
    }

    /** The probe with this id; asking for one that is not in the catalogue is a programming error. */
    public Probe get(ProbeId id) {
        Probe probe = probes.get(id);
        if (probe == null) {
            throw new IllegalArgumentException("no probe " + id + " in the catalogue");
        }
        return probe;
    }

    /** All probes, by id. */
    public List<Probe> all() {
        return probes.values().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }
}
