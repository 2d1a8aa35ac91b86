package org.etcdmedic.page.measured;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.Pressure;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.page.measured.Measured.Bar;
import org.etcdmedic.page.measured.Measured.Look;

/** How busy a node was while it was asked, beside the limits that the knowledge states. */
final class LoadLooks {
    private final Knowledge knowledge;

    LoadLooks(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    Look of(String node, SystemLoad load) {
        var bars = new ArrayList<Bar>();
        SystemLoad.Processors cpu = load.processors();
        bars.add(above("cpu", cpu.busy(), limit("cpu-busy-now", "busyPercent")));
        bars.add(above("steal", cpu.stolen(), limit("cpu-stolen-now", "stolenPercent")));
        SystemLoad.Memory memory = load.memory();
        if (memory.total() > 0) {
            int used = (int) (100 - memory.available() * 100 / memory.total());
            bars.add(above("memory", used, 100 - limit("memory-short-now", "availablePercent")));
        }
        load.disks().stream()
                .max(Comparator.comparingInt(SystemLoad.Disk::busy))
                .ifPresent(disk -> bars.add(named(
                        above("disk", disk.busy(), limit("disk-busy-now", "busyPercent")), " (" + disk.name() + ")")));
        pressure(load, Pressure.Resource.CPU, "psi-cpu", "cpu-pressure-now").ifPresent(bars::add);
        pressure(load, Pressure.Resource.IO, "psi-io", "io-pressure-now").ifPresent(bars::add);
        pressure(load, Pressure.Resource.MEMORY, "psi-memory", "memory-pressure-now")
                .ifPresent(bars::add);
        return new Look(node, load.at(), List.copyOf(bars));
    }

    private Optional<Bar> pressure(SystemLoad load, Pressure.Resource resource, String name, String finding) {
        return load.pressures().stream()
                .filter(pressure -> pressure.resource() == resource)
                // Of processors only "some" tells anything; of the others what stops everything weighs.
                .filter(pressure -> pressure.whole() == (resource != Pressure.Resource.CPU))
                .findFirst()
                .map(pressure -> above(name, pressure.last10() / 100.0, limit(finding, "last10Percent")));
    }

    private int limit(String finding, String name) {
        return knowledge.findings().stream()
                .filter(kind -> kind.id().equals(finding))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is known as " + finding))
                .threshold(name);
    }

    private static Bar above(String name, double percent, int limit) {
        double shown = Math.clamp(percent, 0, 100);
        return new Bar(name, shown, Math.round(shown) + " %", Optional.of(limit), percent >= limit);
    }

    private static Bar named(Bar bar, String what) {
        return new Bar(bar.name(), bar.percent(), bar.text() + what, bar.limit(), bar.over());
    }
}
