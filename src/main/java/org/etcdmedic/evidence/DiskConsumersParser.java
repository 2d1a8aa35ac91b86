package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.evidence.DiskConsumers.BigFile;
import org.etcdmedic.evidence.DiskConsumers.FullDirectory;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code disk-consumers} prints: bytes, account number, account and path of the largest files, then
 * number of entries and path of the fullest directories:
 *
 * <pre>
 * files
 * 53687091200 0 root /usr/local/backup/old dump.tar
 * 67108864 1001 Ruby /usr/local/etcd/member/snap/db
 * directories
 *  120034 /usr/local/tmp/spool
 *      39 /usr/local/etcd/member/wal
 * end
 * </pre>
 *
 * Without the first line it is unusable; a list that the probe's time limit cut short is given as far as it goes.
 */
final class DiskConsumersParser {
    private DiskConsumersParser() {}

    static Optional<DiskConsumers> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        var files = new ArrayList<BigFile>();
        var directories = new ArrayList<FullDirectory>();
        String section = "";
        boolean any = false;
        for (int number = 1; number <= lines.count(); number++) {
            String line = lines.at(number);
            switch (line) {
                case "files", "directories", "end" -> {
                    section = line;
                    any |= line.equals("files");
                }
                default -> {
                    if (section.equals("files")) {
                        file(line, lines.source(number)).ifPresent(files::add);
                    } else if (section.equals("directories")) {
                        directory(line, lines.source(number)).ifPresent(directories::add);
                    }
                }
            }
        }
        return any ? Optional.of(new DiskConsumers(files, directories)) : Optional.empty();
    }

    private static Optional<BigFile> file(String line, Source source) {
        List<String> words = Words.of(line, 4);
        OptionalLong bytes = words.isEmpty() ? OptionalLong.empty() : Words.number(words.getFirst());
        return words.size() < 4 || bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new BigFile(bytes.getAsLong(), words.get(2), words.get(3), source));
    }

    private static Optional<FullDirectory> directory(String line, Source source) {
        List<String> words = Words.of(line, 2);
        OptionalLong entries = words.isEmpty() ? OptionalLong.empty() : Words.number(words.getFirst());
        return words.size() < 2 || entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new FullDirectory(entries.getAsLong(), words.get(1), source));
    }
}
