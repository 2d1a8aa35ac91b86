package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.DataDirectory.Entry;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row P5: owner and mode of etcd's data directory (700, the database user). */
final class DataDirectoryExamination implements Examination {
    private static final int RIGHT_MODE = 0700;

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().dataDirectory()) {
            case Reading.Unknown<DataDirectory> unknown -> List.of(Observation.notLooked("P5", unknown));
            case Reading.Known<DataDirectory>(DataDirectory directory, Source source) ->
                List.of(judge(node, directory, source));
        };
    }

    private static Observation judge(NodeCase node, DataDirectory directory, Source source) {
        Optional<FileFact> own = directory.self().flatMap(Entry::file);
        if (own.isEmpty()) {
            // Not there at all is row P6's matter: a data directory that is gone is a lost mount before all else.
            return new Observation.NotLooked("P5", Reading.Gap.MISSING, directory.path());
        }
        String user = node.node().dbUser().name();
        for (Entry entry : directory.entries()) {
            if (entry.file().filter(file -> !file.owner().equals(user)).isPresent()) {
                FileFact file = entry.file().get();
                return Observation.seen(
                        "data-directory-owner-wrong",
                        Map.of("path", entry.path(), "owner", file.owner(), "user", user),
                        entry.source());
            }
        }
        boolean readOnly =
                directory.mount().filter(DataDirectory.Mount::readOnly).isPresent();
        for (Entry entry : directory.entries()) {
            if (entry.file().isPresent()
                    && !accessible(entry, readOnly, directory.observer().equals(user))) {
                return Observation.seen(
                        "data-directory-not-accessible",
                        Map.of(
                                "path", entry.path(),
                                "mode", Modes.text(entry.file().get().mode()),
                                "user", user),
                        entry.source());
            }
        }
        if ((own.get().mode() & 0777) != RIGHT_MODE) {
            return Observation.seen(
                    "data-directory-mode-loose",
                    Map.of(
                            "path",
                            directory.path(),
                            "mode",
                            Modes.text(own.get().mode())),
                    source);
        }
        return Observation.seen(
                "data-directory-fine",
                Map.of(
                        "path", directory.path(),
                        "mode", Modes.text(own.get().mode()),
                        "owner", own.get().owner()),
                source);
    }

    /** The kernel's own answer where the database user looked; else the owner's bits, for root may do everything. */
    private static boolean accessible(Entry entry, boolean readOnly, boolean lookedAsOwner) {
        if (lookedAsOwner) {
            return entry.readable() && entry.searchable() && (entry.writable() || readOnly);
        }
        return entry.file().filter(file -> (file.mode() & 0700) == 0700).isPresent();
    }
}
