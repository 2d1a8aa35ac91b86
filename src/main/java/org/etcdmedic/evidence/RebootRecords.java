package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a machine was booted and shut down in order, as its login records (wtmp) and its journal tell. A machine that crashed
 * or lost its power leaves a boot without a shutdown before it.
 *
 * @param entries the login records, oldest first
 * @param boots the boots of which the journal holds lines, oldest first; empty where it keeps none
 */
public record RebootRecords(List<Entry> entries, List<Boot> boots) {
    /** How far a boot record and the kernel's own boot time lie apart at most, in seconds: it is written by the first programs. */
    private static final long APART = 180;

    /** Copies the list. */
    public RebootRecords {
        entries = List.copyOf(entries);
        boots = List.copyOf(boots);
    }

    /** Login records alone. */
    public RebootRecords(List<Entry> entries) {
        this(entries, List.of());
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

    /**
     * One boot in the journal.
     *
     * @param id the kernel's random id of it, 32 hexadecimal digits
     * @param first its first line, by the service's clock
     * @param last its last line; of the boot that runs, the newest
     * @param source its line
     */
    public record Boot(String id, Instant first, Instant last, Source source) {}

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
