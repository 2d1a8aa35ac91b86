package org.etcdmedic.verdict;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kernel's words for a disk or file system in trouble (block layer, ext4, XFS, NVMe). */
final class DiskWords {
    private static final Pattern PARTITION = Pattern.compile("(?:(nvme\\d+n\\d+|mmcblk\\d+)p|([a-z]+))\\d+");

    /** The kernel speaks of an NVMe disk by its controller where the controller does not answer. */
    private static final Pattern NVME = Pattern.compile("(nvme\\d+)n\\d+(?:p\\d+)?");

    private DiskWords() {}

    /** Whether the line names the device, or the disk that the device is a partition of, as a word of its own. */
    static boolean names(String line, String device) {
        String own = device.substring(device.lastIndexOf('/') + 1);
        Matcher partition = PARTITION.matcher(own);
        Optional<String> disk = partition.matches()
                ? Optional.ofNullable(partition.group(1)).or(() -> Optional.ofNullable(partition.group(2)))
                : Optional.empty();
        Matcher nvme = NVME.matcher(own);
        Optional<String> controller =
                nvme.matches() && speaksOfATimeout(line) ? Optional.of(nvme.group(1)) : Optional.empty();
        return Stream.of(Stream.of(own), disk.stream(), controller.stream())
                .flatMap(names -> names)
                .filter(name -> name.length() > 2)
                .anyMatch(name -> Pattern.compile("(?<![A-Za-z0-9-])" + Pattern.quote(name) + "(?![A-Za-z0-9-])")
                        .matcher(line)
                        .find());
    }

    /** Commands to a disk that were given up or are awaited too long (NVMe, SCSI, the block layer). */
    static boolean speaksOfATimeout(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return Stream.of(
                        "timeout, aborting",
                        "timeout, reset controller",
                        "timeout, disable controller",
                        "timeout, completion polled",
                        "hostbyte=did_time_out",
                        "rejecting i/o to offline device",
                        "abnormal completion: timeout")
                .anyMatch(lower::contains);
    }

    static boolean speaksOfADisk(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return Stream.of(
                        "i/o error",
                        "ext4-fs error",
                        "remounting filesystem",
                        "critical medium",
                        "metadata corruption",
                        "corruption detected",
                        "shutting down filesystem",
                        "device offline")
                .anyMatch(lower::contains);
    }
}
