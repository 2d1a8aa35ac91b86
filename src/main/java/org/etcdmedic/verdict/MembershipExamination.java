package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/**
 * Row B3: a member that starts with an empty directory while the cluster knows it. An unmounted disk looks the same; where
 * the very disk that /etc/fstab assigns is mounted, the data have been taken away from it.
 */
final class MembershipExamination implements Examination {
    private static final String BOOTSTRAPPED = "already-bootstrapped";

    @Override
    public List<Observation> examine(NodeCase node) {
        Optional<KnownLine> refused = node.known().stream()
                .filter(line -> line.program() == Log.Program.ETCD
                        && line.signature().id().equals(BOOTSTRAPPED))
                .filter(line -> line.at().filter(node.window()::contains).isPresent()
                        || node.etcd().down())
                .reduce((first, second) -> second);
        if (refused.isEmpty()
                || !(node.evidence().dataDirectory() instanceof Reading.Known<DataDirectory>(var directory, Source at))
                || !onItsOwnDisk(directory)
                || !withoutLog(directory)) {
            return List.of();
        }
        return List.of(new Observation.Seen(
                "member-data-lost",
                Map.of(
                        "path", directory.path(),
                        "place", directory.mountPoint().orElse("?"),
                        "peer", refused.get().captured().getOrDefault("peer", "?")),
                List.of(refused.get().line().source(), at),
                refused.get().at()));
    }

    /** The mount in effect is the innermost one that /etc/fstab assigns. */
    private static boolean onItsOwnDisk(DataDirectory directory) {
        int innermost = directory.expectedMounts().stream()
                .mapToInt(mount -> mount.place().length())
                .max()
                .orElse(Integer.MAX_VALUE);
        return directory
                .mount()
                .filter(mount -> mount.place().length() >= innermost && !mount.readOnly())
                .isPresent();
    }

    private static boolean withoutLog(DataDirectory directory) {
        return directory.entries().stream()
                .filter(entry -> entry.path().equals(directory.path() + "/member/wal"))
                .anyMatch(entry -> entry.file().isEmpty() && entry.error().contains("No such file"));
    }
}
