package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.evidence.DataDirectory.Entry;
import org.etcdmedic.evidence.DataDirectory.Mount;
import org.etcdmedic.evidence.DataDirectory.State;
import org.etcdmedic.evidence.DataDirectory.Use;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code data-directory} prints:
 *
 * <pre>
 * path /usr/local/etcd
 * user Ruby
 * state directory
 * entry /usr/local/etcd
 * stat 700 Ruby dbgrp 4096 1795395255 directory
 * readable
 * writable
 * searchable
 * entry /usr/local/etcd/member
 * stat: cannot statx '/usr/local/etcd/member': Permission denied
 * database stat 600 Ruby dbgrp 20971520 1795395255 regular file
 * own-kilobytes 69632
 * blocks
 * Filesystem     1024-blocks    Used Available Capacity Mounted on
 * /dev/vdb2         65531436 6059428  56100184      10% /usr/local
 * inodes
 * Filesystem      Inodes IUsed   IFree IUse% Mounted on
 * /dev/vdb2      4194304 60112 4134192    2% /usr/local
 * mount-point /usr/local
 * mounts
 * /dev/vdb2 /usr/local ext4 rw,noatime
 * fstab
 * /dev/vdb2 /usr/local ext4 defaults,noatime
 * end
 * </pre>
 *
 * Without {@code path} and a known {@code state} it is unusable. Headings of {@code df} may be in any language: what
 * counts in them is nothing.
 */
final class DataDirectoryParser {
    private DataDirectoryParser() {}

    static Optional<DataDirectory> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        Optional<String> path = lines.value("path");
        Optional<State> state = lines.value("state").flatMap(DataDirectoryParser::state);
        if (path.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        Optional<Use> blocks = section(lines, "blocks").flatMap(range -> use(lines, range));
        // The probe reckons the mount point from what df says: where df was silent, it stands for nothing.
        boolean mountKnown = blocks.isPresent();
        return Optional.of(new DataDirectory(
                path.get(),
                lines.value("user").orElse(""),
                state.get(),
                entries(lines),
                lines.value("database")
                        .flatMap(StatLine::parse)
                        .map(file -> OptionalLong.of(file.bytes()))
                        .orElse(OptionalLong.empty()),
                lines.value("own-kilobytes").map(Words::number).orElse(OptionalLong.empty()),
                blocks,
                section(lines, "inodes").flatMap(range -> use(lines, range)),
                lines.value("mount-point").filter(place -> mountKnown && place.startsWith("/")),
                section(lines, "mounts")
                        .filter(range -> mountKnown)
                        .map(range -> mounts(lines, range))
                        .orElse(List.of()),
                section(lines, "fstab").map(range -> mounts(lines, range)).orElse(List.of())));
    }

    private static Optional<State> state(String word) {
        return switch (word) {
            case "directory" -> Optional.of(State.DIRECTORY);
            case "not-a-directory" -> Optional.of(State.NOT_A_DIRECTORY);
            case "absent" -> Optional.of(State.ABSENT);
            default -> Optional.empty();
        };
    }

    /** Lines of a section, exclusive of its heading and of the next one. */
    private record Range(int first, int last) {}

    private static Optional<Range> section(Lines lines, String heading) {
        int first = lines.list().indexOf(heading) + 2;
        if (first == 1) {
            return Optional.empty();
        }
        int last = first - 1;
        while (last < lines.count() && !heading(lines.at(last + 1))) {
            last++;
        }
        return Optional.of(new Range(first, last));
    }

    private static boolean heading(String line) {
        return switch (line) {
            case "blocks", "inodes", "mounts", "fstab", "end" -> true;
            default ->
                line.startsWith("mount-point ")
                        || line.startsWith("entry ")
                        || line.startsWith("own-kilobytes")
                        || line.startsWith("database ");
        };
    }

    private static List<Entry> entries(Lines lines) {
        var entries = new ArrayList<Entry>();
        for (int number = 1; number <= lines.count(); number++) {
            if (!lines.at(number).startsWith("entry ")) {
                continue;
            }
            int last = number;
            while (last < lines.count() && !heading(lines.at(last + 1))) {
                last++;
            }
            entries.add(entry(lines, number, last));
        }
        return entries;
    }

    private static Entry entry(Lines lines, int first, int last) {
        List<String> told = lines.list().subList(first, last);
        Optional<FileFact> file =
                told.stream().flatMap(line -> StatLine.parse(line).stream()).findFirst();
        String complaint = told.stream()
                .filter(line -> file.isEmpty() && line.startsWith("stat:"))
                .map(line -> line.substring(line.lastIndexOf(": ") + 2).strip())
                .findFirst()
                .orElse("");
        return new Entry(
                Lines.after(lines.at(first), "entry").orElse(""),
                file,
                complaint,
                told.contains("readable"),
                told.contains("writable"),
                told.contains("searchable"),
                lines.source(first, last));
    }

    /** The last line of {@code df} that has numbers. Names of file systems and mount points may hold blanks. */
    private static Optional<Use> use(Lines lines, Range range) {
        for (int number = range.last(); number >= range.first(); number--) {
            List<String> words = Words.of(lines.at(number));
            for (int i = 1; i + 3 < words.size(); i++) {
                OptionalLong total = count(words.get(i));
                OptionalLong used = count(words.get(i + 1));
                OptionalLong available = count(words.get(i + 2));
                boolean share =
                        words.get(i + 3).endsWith("%") || words.get(i + 3).equals("-");
                if (share && total.isPresent() && used.isPresent() && available.isPresent()) {
                    return Optional.of(new Use(
                            String.join(" ", words.subList(0, i)),
                            total.getAsLong(),
                            used.getAsLong(),
                            available.getAsLong(),
                            lines.source(number)));
                }
            }
        }
        return Optional.empty();
    }

    /** A dash stands for what the file system does not count. Above 2^53 {@link Use#percent()} would overflow. */
    private static OptionalLong count(String word) {
        if (word.equals("-")) {
            return OptionalLong.of(0);
        }
        OptionalLong number = Words.number(word);
        return number.isPresent() && number.getAsLong() < 1L << 53 ? number : OptionalLong.empty();
    }

    private static List<Mount> mounts(Lines lines, Range range) {
        var mounts = new ArrayList<Mount>();
        for (int number = range.first(); number <= range.last(); number++) {
            List<String> words = Words.of(lines.at(number));
            if (words.size() >= 4) {
                mounts.add(new Mount(
                        words.get(0),
                        words.get(1),
                        words.get(2),
                        List.of(words.get(3).split(",", -1)),
                        lines.source(number)));
            }
        }
        return mounts;
    }
}
