package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import org.etcdmedic.evidence.ExecutableFact;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row P3: does the etcd executable exist, with the right owner and mode. */
final class ExecutableExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().executable()) {
            case Reading.Unknown<ExecutableFact> unknown -> List.of(Observation.notLooked("P3", unknown));
            case Reading.Known<ExecutableFact>(ExecutableFact fact, Source source) -> List.of(judge(fact, source));
        };
    }

    private static Observation judge(ExecutableFact fact, Source source) {
        return switch (fact.state()) {
            case UNREADABLE -> new Observation.NotLooked("P3", Reading.Gap.NOT_PERMITTED, fact.path());
            case ABSENT, DANGLING_LINK, NO_DIRECTORY ->
                Observation.seen(
                        "executable-missing",
                        Map.of("path", fact.path(), "state", fact.state().name().toLowerCase(java.util.Locale.ROOT)),
                        source);
            case PRESENT ->
                fact.file()
                        .map(file -> present(fact, file, source))
                        .orElseGet(() -> new Observation.NotLooked("P3", Reading.Gap.UNREADABLE, fact.path()));
        };
    }

    private static Observation present(ExecutableFact fact, FileFact file, Source source) {
        String mode = Modes.text(file.mode());
        if (!fact.executableByUs() || !file.type().contains("file")) {
            return Observation.seen(
                    "executable-not-executable",
                    Map.of("path", fact.path(), "mode", mode, "owner", file.owner(), "user", fact.observer()),
                    source);
        }
        if (fact.elf().isPresent() && !fact.elf().get()) {
            return file.bytes() == 0
                    ? Observation.seen(
                            "executable-not-a-program",
                            Map.of("path", fact.path(), "bytes", String.valueOf(file.bytes())),
                            source)
                    : Observation.seen("executable-is-script", Map.of("path", fact.path()), source);
        }
        return Observation.seen(
                "executable-fine", Map.of("path", fact.path(), "mode", mode, "owner", file.owner()), source);
    }
}
