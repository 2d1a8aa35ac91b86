package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A line of the kernel's or the system's log about an end or a beginning of the machine.
 *
 * @param kind what it tells
 * @param text the line
 * @param at when it was written, by the service's clock
 * @param source the line's place
 */
public record BootLine(Kind kind, String text, Instant at, Source source) {
    /** What such a line tells, the most telling first. */
    public enum Kind {
        /** The kernel gave up. */
        PANIC,
        /** An account asked for a shutdown by this command. */
        COMMAND,
        /** The host or somebody at its console asked the guest to shut down. */
        FROM_HOST,
        /** The system shuts down in order, whoever asked. */
        ORDERLY,
        /** A kernel begins. */
        BOOT
    }

    private static final Map<Kind, Pattern> PATTERNS = new TreeMap<>(Map.of(
            Kind.PANIC,
            Pattern.compile("Kernel panic - not syncing|\\bsaving vmcore"),
            Kind.COMMAND,
            Pattern.compile(
                    "sudo(?:\\[\\d{1,9}\\])?: .{1,300}COMMAND=[^ ]{0,40}(?:/reboot|/shutdown|/poweroff|/halt)\\b"),
            Kind.FROM_HOST,
            Pattern.compile("Power key pressed|qemu-ga.{0,80}guest-shutdown|hv_utils: Shutdown request received"),
            Kind.ORDERLY,
            Pattern.compile(
                    "systemd-logind\\[\\d{1,9}\\]: (?:System is (?:rebooting|powering)|The system will (?:reboot|power))"
                            + "|systemd-shutdown\\[1\\]: |shutdown\\[\\d{1,9}\\]: shutting down for"
                            + "|reboot: (?:Restarting system|Power down|System halted)"),
            Kind.BOOT,
            Pattern.compile("Linux version \\d")));

    /** Those among these lines, in their order; a line without a time is none, for it may be old. */
    public static List<BootLine> in(List<SystemLog.Line> lines) {
        return lines.stream()
                .filter(line -> line.at().isPresent())
                .flatMap(
                        line -> kind(line.text())
                                .map(kind -> new BootLine(
                                        kind, line.text(), line.at().get(), line.source()))
                                .stream())
                .toList();
    }

    private static Optional<Kind> kind(String text) {
        return PATTERNS.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
