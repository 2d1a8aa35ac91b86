package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * How busy a node was while it was looked at, over about a second. This is now, not the time of the alarm; only the
 * pressures reach back.
 *
 * @param at when it was looked at, by the service's clock
 * @param processors who wanted processor time, and who had it
 * @param memory what is left
 * @param disks block devices, by name
 * @param pressures pressure stall information, where the kernel has it
 * @param consumers the processes that matter: those that use most of something, and those that wait for a disk
 * @param writersSeen whether what every process writes could be seen, and not only what our own account's do
 */
public record SystemLoad(
        Instant at,
        Processors processors,
        Memory memory,
        List<Disk> disks,
        List<Pressure> pressures,
        List<Consumer> consumers,
        boolean writersSeen) {
    /** Copies the lists. */
    public SystemLoad {
        disks = List.copyOf(disks);
        pressures = List.copyOf(pressures);
        consumers = List.copyOf(consumers);
    }

    /**
     * Processors over the second; the shares are percent of all of them together.
     *
     * @param count how many there are
     * @param running processes that ran or wanted to
     * @param blocked processes that waited for a disk
     * @param busy time in use, what the host took away included
     * @param waiting time idle while a disk was waited for
     * @param stolen time that the host took away
     * @param interrupts time spent on interrupts, hard and soft
     * @param load the load average of the last minute, in hundredths
     */
    public record Processors(
            int count, long running, long blocked, int busy, int waiting, int stolen, int interrupts, long load) {}

    /** Memory and swap space, and what programs can still have of them, in KiB. */
    public record Memory(long total, long available, long swapTotal, long swapFree) {}

    /**
     * A block device over the second, as {@code iostat -x} reckons it from {@code /proc/diskstats}.
     *
     * @param name the kernel's name
     * @param number major and minor number, such as {@code 254:0}
     * @param busy percent of the time in which it worked ({@code %util})
     * @param writes write requests that ended
     * @param kilobytesWritten KiB written in a second
     * @param writeWait milliseconds that a write took on average, waiting included ({@code w_await})
     * @param queue requests under way on average, in hundredths ({@code aqu-sz})
     */
    public record Disk(
            String name, String number, int busy, long writes, long kilobytesWritten, long writeWait, long queue) {}

    /**
     * A process; its command line is never looked at, as it may hold a secret.
     *
     * @param pid its number
     * @param name the kernel's short name of it ({@code comm}): free text of whoever named the program
     * @param user the account it belongs to
     * @param processor percent of one processor
     * @param residentKilobytes memory
     * @param swappedKilobytes what of it lies in swap space
     * @param writtenKilobytes KiB written to disks in a second; empty where our account may not see it
     * @param waitsIn where in the kernel it waits without taking a signal; empty when it does not, a dash when unknown
     */
    public record Consumer(
            long pid,
            String name,
            String user,
            int processor,
            long residentKilobytes,
            long swappedKilobytes,
            OptionalLong writtenKilobytes,
            String waitsIn) {}

    /** Those that use most processor time, most first. */
    public List<Consumer> byProcessor() {
        return most(Consumer::processor);
    }

    /** Those that hold most memory, most first. */
    public List<Consumer> byMemory() {
        return most(Consumer::residentKilobytes);
    }

    /** Those that write most to disks, most first. */
    public List<Consumer> byWriting() {
        return most(consumer -> consumer.writtenKilobytes().orElse(0));
    }

    /** Those that wait for a disk and take no signal (state D). */
    public List<Consumer> waiting() {
        return consumers.stream()
                .filter(consumer -> !consumer.waitsIn().isEmpty())
                .limit(5)
                .toList();
    }

    private List<Consumer> most(ToLongFunction<Consumer> use) {
        return consumers.stream()
                .filter(consumer -> use.applyAsLong(consumer) > 0)
                .sorted(Comparator.comparingLong(use).reversed().thenComparingLong(Consumer::pid))
                .limit(3)
                .toList();
    }
}
