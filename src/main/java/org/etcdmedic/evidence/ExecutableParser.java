package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.evidence.ExecutableFact.State;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code executable} prints:
 *
 * <pre>
 * path /usr/local/core/app/bin/etcd
 * state present
 * stat 700 Ruby dbgrp 23564288 1795395255 regular file
 * executable yes
 * magic  7f 45 4c 46
 * user Ruby
 * </pre>
 *
 * Without {@code path} and a known {@code state} it is unusable.
 */
final class ExecutableParser {
    private static final List<String> ELF = List.of("7f", "45", "4c", "46");

    private ExecutableParser() {}

    static Optional<ExecutableFact> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        Optional<String> path = lines.value("path");
        Optional<State> state = lines.value("state").flatMap(ExecutableParser::state);
        Optional<FileFact> file = lines.list().stream()
                .flatMap(line -> StatLine.parse(line).stream())
                .findFirst();
        if (path.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ExecutableFact(
                path.get(),
                state.get(),
                file,
                lines.value("executable").filter("yes"::equals).isPresent(),
                lines.value("magic").flatMap(magic -> elf(magic, file)),
                lines.value("user").orElse("")));
    }

    private static Optional<State> state(String word) {
        return switch (word) {
            case "present" -> Optional.of(State.PRESENT);
            case "absent" -> Optional.of(State.ABSENT);
            case "dangling" -> Optional.of(State.DANGLING_LINK);
            case "no-directory" -> Optional.of(State.NO_DIRECTORY);
            case "unreadable" -> Optional.of(State.UNREADABLE);
            default -> Optional.empty();
        };
    }

    /** No bytes were read: of an empty file that says it all, of another one that it may not be read. */
    private static Optional<Boolean> elf(String magic, Optional<FileFact> file) {
        List<String> bytes = Words.of(magic);
        if (bytes.isEmpty()) {
            return file.filter(f -> f.bytes() == 0).map(empty -> false);
        }
        return Optional.of(bytes.equals(ELF));
    }
}
