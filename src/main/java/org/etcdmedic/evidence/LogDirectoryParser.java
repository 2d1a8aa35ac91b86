package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.evidence.LogDirectory.LogFile;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code log-directory} prints, modification time, bytes and name of each file:
 *
 * <pre>
 * directory /var/lib/log/Ruby/cm/etcd
 * state readable
 * 1795394290.2036975990 3498470 etcd-current.log
 * 1795380286.0421620540 16777312 etcd-2026-11-22_184446.log
 * 1795290286.0000000000 1258291 etcd-2026-11-21_174446.log.gz
 * end
 * </pre>
 *
 * Without the first two lines it is unusable; a damaged line is passed over.
 */
final class LogDirectoryParser {
    private LogDirectoryParser() {}

    static Optional<LogDirectory> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        int head = 1;
        while (head <= lines.count() && Lines.after(lines.at(head), "directory").isEmpty()) {
            head++;
        }
        if (head >= lines.count() || !lines.at(head + 1).startsWith("state ")) {
            return Optional.empty();
        }
        var files = new ArrayList<LogFile>();
        for (int number = head + 2; number <= lines.count(); number++) {
            file(lines.at(number)).ifPresent(files::add);
        }
        files.sort(Comparator.comparing(LogFile::modifiedAt).reversed());
        return Optional.of(new LogDirectory(
                Lines.after(lines.at(head), "directory").orElseThrow(), MarkersParser.state(lines, head + 1), files));
    }

    private static Optional<LogFile> file(String line) {
        List<String> words = Words.of(line, 3);
        if (words.size() < 3) {
            return Optional.empty();
        }
        Optional<Instant> modifiedAt = IdentityParser.instant(words.get(0));
        OptionalLong bytes = Words.number(words.get(1));
        return modifiedAt.filter(at -> bytes.isPresent()).map(at -> new LogFile(words.get(2), bytes.getAsLong(), at));
    }
}
