package org.etcdmedic.verdict;

import java.util.Comparator;
import java.util.Optional;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.Reading;

/** Whether a device of the metrics is that of etcd's data directory, as the node tells, else as the metrics of its file systems tell. */
final class MeasuredDevice {
    private MeasuredDevice() {}

    static DiskName.Match compare(NodeCase node, String device) {
        DiskName.Match told = DiskName.compare(node, device);
        return told == DiskName.Match.UNKNOWN ? DiskName.compare(measured(node), device) : told;
    }

    /** The device of the file system that holds the directory: of the mount points above it the longest. */
    private static Optional<String> measured(NodeCase node) {
        Optional<String> directory = node.evidence()
                .dataDirectory()
                .known()
                .map(DataDirectory::path)
                .or(() -> Optional.ofNullable(node.node().paths().etcdDataDir()));
        return directory.flatMap(path -> node.outside().metric("filesystem-size").stream()
                .map(Reading.Known::value)
                .flatMap(metric -> metric.series().stream())
                .filter(series -> above(series.label("mountpoint"), path))
                .max(Comparator.comparingInt(
                        series -> series.label("mountpoint").length()))
                .map(series -> series.label("device")));
    }

    private static boolean above(String mountPoint, String path) {
        return !mountPoint.isEmpty()
                && (path.equals(mountPoint)
                        || path.startsWith(mountPoint.endsWith("/") ? mountPoint : mountPoint + "/"));
    }
}
