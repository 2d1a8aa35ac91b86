package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Optional;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.evidence.MarkerFiles.Directory;
import org.etcdmedic.evidence.MarkerFiles.Marker;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code markers} prints:
 *
 * <pre>
 * directory /usr/local/core/app/bin
 * state readable
 * marker cluster_manual_start
 * stat 600 Ruby dbgrp 0 1795395255
 * content
 * marker etcd_manual_start
 * stat 600 Ruby dbgrp 8 1795395255
 * content cm_agent
 * directory /var/lib/log/Ruby/bin
 * state absent
 * end
 * </pre>
 *
 * Where the last line is missing, a marker may be too: the directory that was being looked at then counts as one that
 * could not be read. A text without a {@code directory} line is unusable.
 */
final class MarkersParser {
    private MarkersParser() {}

    static Optional<MarkerFiles> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        var directories = new ArrayList<Directory>();
        var markers = new ArrayList<Marker>();
        String directory = "";
        boolean ended = false;
        for (int number = 1; number <= lines.count(); number++) {
            String line = lines.at(number);
            Optional<String> path = Lines.after(line, "directory");
            Optional<String> name = Lines.after(line, "marker");
            if (path.isPresent()) {
                directory = path.get();
                directories.add(new Directory(directory, state(lines, number + 1)));
            } else if (name.isPresent() && !directory.isEmpty()) {
                marker(lines, number, directory, name.get()).ifPresent(markers::add);
            } else if (line.equals("end")) {
                ended = true;
            }
        }
        if (directories.isEmpty()) {
            return Optional.empty();
        }
        if (!ended) {
            directories.set(
                    directories.size() - 1, new Directory(directories.getLast().path(), Directory.State.UNREADABLE));
        }
        return Optional.of(new MarkerFiles(directories, markers));
    }

    /** The state that stands in a line; what is no known state could not be read. */
    static Directory.State state(Lines lines, int number) {
        String state = number > lines.count() ? "" : lines.at(number).strip();
        return switch (state) {
            case "state readable" -> Directory.State.READABLE;
            case "state absent" -> Directory.State.ABSENT;
            default -> Directory.State.UNREADABLE;
        };
    }

    private static Optional<Marker> marker(Lines lines, int number, String directory, String name) {
        Optional<FileFact> file = number < lines.count() ? StatLine.parse(lines.at(number + 1)) : Optional.empty();
        Optional<String> content =
                number + 1 < lines.count() ? Lines.after(lines.at(number + 2), "content") : Optional.empty();
        return file.map(f -> new Marker(
                name,
                directory + "/" + name,
                f.owner(),
                f.mode(),
                f.bytes(),
                f.modifiedAt(),
                content.orElse(""),
                lines.source(number, content.isPresent() ? number + 2 : number + 1)));
    }
}
