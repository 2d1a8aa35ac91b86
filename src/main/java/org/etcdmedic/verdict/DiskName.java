package org.etcdmedic.verdict;

import java.util.Optional;
import org.etcdmedic.evidence.DataDirectory;

/** Whether a block device that a log names is the one below etcd's data directory. */
final class DiskName {
    private DiskName() {}

    /** What can be told of the two names. */
    enum Match {
        /** The same device, or the whole disk of that partition. */
        SAME,
        /** Another one. */
        OTHER,
        /** A mapped device goes by several names, and so nothing can be told. */
        UNKNOWN
    }

    static Match compare(NodeCase node, String device) {
        return compare(
                node.evidence()
                        .dataDirectory()
                        .known()
                        .flatMap(DataDirectory::mount)
                        .map(DataDirectory.Mount::device),
                device);
    }

    /** The same against the device that is mounted, as far as that is known. */
    static Match compare(Optional<String> device, String other) {
        Optional<String> mounted = device.filter(name -> name.startsWith("/dev/") && !name.startsWith("/dev/mapper/"));
        if (mounted.isEmpty() || mounted.get().startsWith("/dev/dm-") || other.startsWith("dm-")) {
            return Match.UNKNOWN;
        }
        String own = mounted.get().substring("/dev/".length());
        String named = other.substring(other.lastIndexOf('/') + 1);
        return own.equals(named) || isPartition(own, named) || isPartition(named, own) ? Match.SAME : Match.OTHER;
    }

    /** {@code vdb1} of {@code vdb}, {@code nvme0n1p2} of {@code nvme0n1}. */
    private static boolean isPartition(String part, String disk) {
        if (disk.isEmpty() || !part.startsWith(disk)) {
            return false;
        }
        String rest = part.substring(disk.length());
        boolean endsInDigit = Character.isDigit(disk.charAt(disk.length() - 1));
        String number = endsInDigit && rest.startsWith("p") ? rest.substring(1) : endsInDigit ? "" : rest;
        return !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
