package org.etcdmedic.evidence;

import java.util.List;

/**
 * How busy a node was while it was looked at, over one second. This is now, not the time of the alarm.
 *
 * @param cores processors
 * @param running processes that ran or wanted to
 * @param blocked processes that waited for a disk
 * @param busyPercent processor time in use
 * @param waitPercent processor time idle while a disk was waited for
 * @param stealPercent processor time that the host took away
 * @param totalKilobytes memory
 * @param availableKilobytes memory that programs can still have
 * @param disks block devices
 * @param pressures pressure stall information, where the kernel has it
 * @param byCpu processes that used most processor time, most first
 * @param byMemory processes that use most memory, most first
 */
public record SystemLoad(
        int cores,
        long running,
        long blocked,
        int busyPercent,
        int waitPercent,
        int stealPercent,
        long totalKilobytes,
        long availableKilobytes,
        List<Disk> disks,
        List<Pressure> pressures,
        List<Consumer> byCpu,
        List<Consumer> byMemory) {
    /** Copies the lists. */
    public SystemLoad {
        disks = List.copyOf(disks);
        pressures = List.copyOf(pressures);
        byCpu = List.copyOf(byCpu);
        byMemory = List.copyOf(byMemory);
    }

    /** A block device and the share of the second in which it worked. */
    public record Disk(String name, int busyPercent) {}

    /** A line of {@code /proc/pressure}: {@code cpu}, {@code memory} or {@code io}, and its text. */
    public record Pressure(String resource, String text) {}

    /** A process, the share of one processor that it used, and its resident memory. */
    public record Consumer(long pid, String name, int percent, long kilobytes) {}
}
