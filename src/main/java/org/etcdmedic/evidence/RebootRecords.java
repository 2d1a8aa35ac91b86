package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a machine was booted and shut down in order, as its login records (wtmp) tell. A machine that crashed or lost its
 * power leaves a boot without a shutdown before it.
 *
 * @param entries the records, oldest first
 */
public record RebootRecords(List<Entry> entries) {
    /** How far a boot record and the kernel's own boot time lie apart at most, in seconds: it is written by the first programs. */
    private static final long APART = 180;

    /** Copies the list. */
    public RebootRecords {
        entries = List.copyOf(entries);
    }

    /** What a record tells of. */
    public enum Kind {
        /** The machine was booted. */
        BOOT,
        /** It was shut down in order, to stop or to boot again. */
        SHUTDOWN
    }

    /**
     * One record.
     *
     * @param kind what happened
     * @param at when, by the service's clock
     * @param text the record as the node shows it
     * @param source its line
     */
    public record Entry(Kind kind, Instant at, String text, Source source) {}

    /** The record of the boot at that time. */
    public Optional<Entry> boot(Instant booted) {
        return entries.stream()
                .filter(entry -> entry.kind() == Kind.BOOT && near(entry.at(), booted))
                .reduce((first, second) -> second);
    }

    /** The boot before that one; empty when the records do not reach back to one, so that they tell nothing of what lies between. */
    public Optional<Entry> bootBefore(Entry boot) {
        return entries.stream()
                .takeWhile(entry -> !entry.equals(boot))
                .filter(entry -> entry.kind() == Kind.BOOT)
                .reduce((first, second) -> second);
    }

    /** The last shutdown in order between two boots. */
    public Optional<Entry> shutdownBetween(Entry earlier, Entry boot) {
        return entries.stream()
                .dropWhile(entry -> !entry.equals(earlier))
                .takeWhile(entry -> !entry.equals(boot))
                .filter(entry -> entry.kind() == Kind.SHUTDOWN)
                .reduce((first, second) -> second);
    }

    private static boolean near(Instant record, Instant booted) {
        return !record.isBefore(booted.minusSeconds(APART)) && !record.isAfter(booted.plusSeconds(APART));
    }
}
