package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.DataDirectory.Use;
import org.etcdmedic.evidence.DiskConsumers;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row P4: is the file system of etcd's data directory full, by blocks or by inodes, and who fills it. */
final class DataDiskExamination implements Examination {
    /** etcd needs 64 MB for the next WAL segment; below this it cannot go on whatever the percentage says. */
    private static final long NEXT_SEGMENT_KILOBYTES = 64_000;

    private static final int FULL_PERCENT = 100;

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().dataDirectory()) {
            case Reading.Unknown<DataDirectory> unknown -> List.of(Observation.notLooked("P4", unknown));
            case Reading.Known<DataDirectory>(DataDirectory directory, Source source) -> judge(node, directory);
        };
    }

    private static List<Observation> judge(NodeCase node, DataDirectory directory) {
        if (directory.blocks().isEmpty()) {
            return List.of(new Observation.NotLooked("P4", Reading.Gap.UNREADABLE, directory.path()));
        }
        Use blocks = directory.blocks().get();
        String mountPoint = directory.mountPoint().orElse("?");
        var seen = new ArrayList<Observation>();
        boolean blocksFull = full(blocks);
        boolean inodesFull = directory
                .inodes()
                .filter(use -> use.total() > 0 && use.available() == 0)
                .isPresent();
        if (blocksFull || inodesFull) {
            if (!node.etcd().down()) {
                Use fuller = blocksFull ? blocks : directory.inodes().orElse(blocks);
                seen.add(Observation.seen(
                        node.etcd() instanceof EtcdState.Unseen
                                ? "data-disk-full-unseen"
                                : "data-disk-full-while-running",
                        Map.of("path", directory.path(), "mountPoint", mountPoint, "percent", percent(fuller)),
                        fuller.source()));
            } else if (blocksFull) {
                seen.add(Observation.seen(
                        "data-disk-full",
                        Map.of(
                                "path", directory.path(),
                                "mountPoint", mountPoint,
                                "percent", percent(blocks),
                                "availableKilobytes", String.valueOf(blocks.available())),
                        blocks.source()));
            } else {
                Use inodes = directory.inodes().orElseThrow();
                seen.add(Observation.seen(
                        "data-inodes-full",
                        Map.of("path", directory.path(), "mountPoint", mountPoint, "percent", percent(inodes)),
                        inodes.source()));
            }
            seen.addAll(consumers(node, directory, mountPoint, blocks));
        } else {
            seen.add(Observation.seen(
                    "data-disk-has-room",
                    Map.of("path", directory.path(), "mountPoint", mountPoint, "percent", percent(blocks)),
                    blocks.source()));
        }
        return seen;
    }

    private static boolean full(Use blocks) {
        return blocks.total() > 0
                && (blocks.available() == 0
                        || (blocks.percent() >= FULL_PERCENT && blocks.available() < NEXT_SEGMENT_KILOBYTES));
    }

    /** Whose files they are decides who repairs it: etcd's own go to the engineers, anything else is named. */
    private static List<Observation> consumers(NodeCase node, DataDirectory directory, String mountPoint, Use blocks) {
        Optional<DiskConsumers> known = node.evidence().diskConsumers().known();
        if (directory.ownKilobytes().isPresent()
                && directory.ownKilobytes().getAsLong() * 2 > blocks.used()
                && known.map(c -> foreign(c, directory).isEmpty()).orElse(true)) {
            return List.of(Observation.seen(
                    "disk-filled-by-etcd",
                    Map.of(
                            "path", directory.path(),
                            "ownKilobytes",
                                    String.valueOf(directory.ownKilobytes().getAsLong())),
                    blocks.source()));
        }
        if (known.isEmpty() || known.get().files().isEmpty()) {
            return List.of();
        }
        List<DiskConsumers.BigFile> foreign = foreign(known.get(), directory);
        if (foreign.isEmpty()) {
            return List.of();
        }
        return List.of(new Observation.Seen(
                "disk-filled-by-others",
                Map.of(
                        "mountPoint",
                        mountPoint,
                        "files",
                        String.join(
                                ", ",
                                foreign.stream()
                                        .limit(5)
                                        .map(file -> file.path() + " (" + megabytes(file.bytes()) + " MB)")
                                        .toList()),
                        "largest",
                        foreign.getFirst().path()),
                foreign.stream().limit(5).map(DiskConsumers.BigFile::source).toList(),
                Optional.empty()));
    }

    private static List<DiskConsumers.BigFile> foreign(DiskConsumers consumers, DataDirectory directory) {
        String own = directory.path() + "/member/";
        return consumers.files().stream()
                .filter(file -> !file.path().startsWith(own))
                .sorted(Comparator.comparingLong(DiskConsumers.BigFile::bytes).reversed())
                .toList();
    }

    private static String megabytes(long bytes) {
        return String.valueOf(Math.ceilDiv(bytes, 1_000_000));
    }

    private static String percent(Use use) {
        return String.valueOf(use.percent());
    }
}
