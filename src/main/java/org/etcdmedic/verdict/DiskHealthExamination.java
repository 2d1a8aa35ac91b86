package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.DataDirectory.Mount;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLog;

/** Row P6: is the disk below etcd's data directory broken, mounted read-only, or not mounted at all. */
final class DiskHealthExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().dataDirectory()) {
            case Reading.Unknown<DataDirectory> unknown -> List.of(Observation.notLooked("P6", unknown));
            case Reading.Known<DataDirectory>(DataDirectory directory, Source source) -> judge(node, directory, source);
        };
    }

    private static List<Observation> judge(NodeCase node, DataDirectory directory, Source source) {
        var seen = new ArrayList<Observation>();
        mountFault(node, directory, source).ifPresent(seen::add);
        List<Observation> errors = kernelErrors(node, directory);
        seen.addAll(errors);
        seen.addAll(timeouts(node, directory));
        if (seen.isEmpty()) {
            boolean kernelHeard = Stream.of(
                            node.evidence().kernelLog(), node.evidence().systemLog())
                    .anyMatch(log -> log.known().filter(SystemLog::whole).isPresent());
            // etcd ends at the first write that fails, so a process that ran through the window vouches for its disk.
            if (kernelHeard || node.etcd().ranThroughout()) {
                seen.add(Observation.seen(
                        "data-disk-fine",
                        Map.of(
                                "path", directory.path(),
                                "mountPoint", directory.mountPoint().orElse("?")),
                        source));
            } else if (node.evidence().kernelLog() instanceof Reading.Unknown<SystemLog> unknown) {
                seen.add(Observation.notLooked("P6", unknown));
            } else {
                seen.add(new Observation.NotLooked("P6", Reading.Gap.UNREADABLE, "no log of it was read to its end"));
            }
        }
        return seen;
    }

    private static Optional<Observation> mountFault(NodeCase node, DataDirectory directory, Source source) {
        Optional<Mount> mount = directory.mount();
        if (mount.filter(Mount::readOnly).isPresent()) {
            return Optional.of(Observation.seen(
                    "data-disk-read-only",
                    Map.of(
                            "path", directory.path(),
                            "mountPoint", mount.get().place(),
                            "device", mount.get().device()),
                    mount.get().source()));
        }
        Optional<Mount> expected = directory.expectedMounts().stream()
                .filter(entry -> mount.isEmpty()
                        || entry.place().length() > mount.get().place().length())
                .findFirst();
        if (expected.isPresent()) {
            return Optional.of(Observation.seen(
                    "data-mount-missing",
                    Map.of("path", directory.path(), "device", expected.get().device()),
                    expected.get().source()));
        }
        if (directory.state() != DataDirectory.State.DIRECTORY) {
            return directory
                            .self()
                            .filter(e -> e.error().contains("Permission denied"))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(Observation.seen("data-directory-missing", Map.of("path", directory.path()), source));
        }
        boolean empty = directory.entries().stream()
                .filter(entry -> entry.path().equals(directory.path() + "/member"))
                .anyMatch(entry -> entry.file().isEmpty() && entry.error().contains("No such file"));
        return empty && !(node.etcd() instanceof EtcdState.Running)
                ? Optional.of(Observation.seen("data-directory-empty", Map.of("path", directory.path()), source))
                : Optional.empty();
    }

    private static boolean names(NodeCase node, String device, String line) {
        return DiskWords.names(line, device)
                || DiskName.own(node).stream().anyMatch(name -> DiskWords.names(line, name));
    }

    /** Disks that let the kernel wait: slow or broken, and the kernel cannot tell which. */
    private static List<Observation> timeouts(NodeCase node, DataDirectory directory) {
        String device = directory.mount().map(Mount::device).orElse("");
        return Stream.of(node.evidence().kernelLog(), node.evidence().systemLog())
                .flatMap(log -> log.known().stream())
                .flatMap(log -> log.lines().stream())
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .filter(line -> DiskWords.speaksOfATimeout(line.text()))
                .limit(3)
                .<Observation>map(line -> new Observation.Seen(
                        names(node, device, line.text()) ? "disk-timeouts" : "disk-timeouts-elsewhere",
                        Map.of("line", line.text()),
                        List.of(line.source()),
                        line.at()))
                .toList();
    }

    /** Kernel lines of the window. Those that name the device of the data directory accuse it, others are only told. */
    private static List<Observation> kernelErrors(NodeCase node, DataDirectory directory) {
        String device = directory.mount().map(Mount::device).orElse("");
        var seen = new ArrayList<Observation>();
        for (Reading<SystemLog> log :
                List.of(node.evidence().kernelLog(), node.evidence().systemLog())) {
            log.known().stream()
                    .flatMap(known -> known.lines().stream())
                    .filter(line -> line.at().filter(node.window()::contains).isPresent())
                    .filter(line -> DiskWords.speaksOfADisk(line.text()))
                    .limit(3)
                    .map(line -> names(node, device, line.text())
                            ? new Observation.Seen(
                                    "disk-errors",
                                    Map.of("line", line.text(), "device", device),
                                    List.of(line.source()),
                                    line.at())
                            : new Observation.Seen(
                                    "disk-errors-elsewhere",
                                    Map.of("line", line.text()),
                                    List.of(line.source()),
                                    line.at()))
                    .forEach(seen::add);
        }
        return seen;
    }
}
