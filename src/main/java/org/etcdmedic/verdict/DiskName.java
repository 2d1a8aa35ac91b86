package org.etcdmedic.verdict;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.DataDevice;
import org.etcdmedic.evidence.DataDirectory;

/** Whether a block device that a log or a counter names is the one below etcd's data or its write-ahead log. */
final class DiskName {
    private static final String MAPPER = "mapper/";

    private DiskName() {}

    /** What can be told of the two names. */
    enum Match {
        /** The same device, one that it lies on, or the whole disk of that partition. */
        SAME,
        /** Another partition of the same disk: what loads it loads etcd's as well. */
        SHARED,
        /** Another one. */
        OTHER,
        /** A mapped device goes by several names, and so nothing can be told. */
        UNKNOWN
    }

    static Match compare(NodeCase node, String device) {
        String named = bare(device);
        List<DataDevice.Block> blocks =
                node.evidence().dataDevice().known().map(DataDevice::blocks).orElse(List.of());
        return blocks.isEmpty() ? byMount(mounted(node), named) : byDevice(blocks, named);
    }

    /** The same against the device that is mounted, such as {@code /dev/vdb1}, as far as that is known. */
    static Match compare(Optional<String> mounted, String device) {
        return byMount(plain(mounted), bare(device));
    }

    /** All names by which the kernel and its logs may call a device below etcd's data. */
    static List<String> own(NodeCase node) {
        Stream<String> looked = node.evidence().dataDevice().known().stream()
                .flatMap(device -> device.blocks().stream())
                .flatMap(block -> Stream.concat(Stream.of(block.name()), block.mapped().stream()));
        return Stream.concat(looked, mounted(node).stream())
                .filter(name -> name.length() > 1)
                .distinct()
                .toList();
    }

    private static Match byDevice(List<DataDevice.Block> blocks, String named) {
        boolean same = blocks.stream()
                .anyMatch(block -> block.name().equals(named)
                        || block.mapped().filter(named::equals).isPresent());
        if (same || isPartition(named, blocks.getFirst().name())) {
            return Match.SAME;
        }
        return blocks.stream().anyMatch(block -> isPartition(named, block.name())) ? Match.SHARED : Match.OTHER;
    }

    private static Match byMount(Optional<String> mounted, String named) {
        if (mounted.isEmpty() || mounted.get().startsWith("dm-") || named.startsWith("dm-")) {
            return Match.UNKNOWN;
        }
        String own = mounted.get();
        if (own.equals(named) || isPartition(own, named) || isPartition(named, own)) {
            return Match.SAME;
        }
        Optional<String> disk = disk(own);
        return disk.isPresent() && disk.equals(disk(named)) ? Match.SHARED : Match.OTHER;
    }

    private static Optional<String> mounted(NodeCase node) {
        return plain(node.evidence()
                .dataDirectory()
                .known()
                .flatMap(DataDirectory::mount)
                .map(DataDirectory.Mount::device));
    }

    /** The device by its plain name; a mapped one has no plain name. */
    private static Optional<String> plain(Optional<String> device) {
        return device.filter(name -> name.startsWith("/dev/") && !name.startsWith("/dev/" + MAPPER))
                .map(DiskName::bare);
    }

    private static String bare(String device) {
        return device.substring(device.lastIndexOf('/') + 1);
    }

    /** {@code vdb1} of {@code vdb}, {@code nvme0n1p2} of {@code nvme0n1}. */
    private static boolean isPartition(String part, String disk) {
        if (disk.isEmpty() || !part.startsWith(disk)) {
            return false;
        }
        String rest = part.substring(disk.length());
        boolean endsInDigit = digit(disk.charAt(disk.length() - 1));
        String number = endsInDigit && rest.startsWith("p") ? rest.substring(1) : endsInDigit ? "" : rest;
        return !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The disk of a partition; {@code vdb} of {@code vdb1}. */
    private static Optional<String> disk(String part) {
        int end = part.length();
        while (end > 0 && digit(part.charAt(end - 1))) {
            end--;
        }
        if (end == part.length() || end < 2) {
            return Optional.empty();
        }
        boolean afterDigit = part.charAt(end - 1) == 'p' && digit(part.charAt(end - 2));
        String disk = part.substring(0, afterDigit ? end - 1 : end);
        // "nvme0n1" and "loop0" end in a digit and are whole disks.
        return isPartition(part, disk)
                        && !List.of("loop", "dm-", "md", "zram", "sr").contains(disk)
                ? Optional.of(disk)
                : Optional.empty();
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
