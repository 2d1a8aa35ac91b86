package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;

/**
 * On which block devices etcd's data directory and its write-ahead log lie.
 *
 * @param places the data directory, then the directory of the log
 */
public record DataDevice(List<Place> places) {
    /** Copies the list. */
    public DataDevice {
        places = List.copyOf(places);
    }

    /**
     * A directory and what it lies on.
     *
     * @param path the directory
     * @param number major and minor number of its file system; empty when it could not be looked at
     * @param blocks the devices from its own down to the disks; none when no local block device lies below it
     */
    public record Place(String path, Optional<String> number, List<Block> blocks) {
        /** Copies the list. */
        public Place {
            blocks = List.copyOf(blocks);
        }
    }

    /** A block device: the kernel's name, its number, and the name of a mapped one (LVM, multipath). */
    public record Block(String name, String number, Optional<String> mapped) {}

    /** All devices below either of the two, each once. */
    public List<Block> blocks() {
        return places.stream()
                .flatMap(place -> place.blocks().stream())
                .distinct()
                .toList();
    }
}
