package org.etcdmedic.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.Log.Program;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.evidence.Reading.Known;
import org.etcdmedic.evidence.Reading.Unknown;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.SudoWords;

/** Finds a program's log among the captures of one node. */
final class LogReader {
    private static final ProbeId WINDOW = new ProbeId("log-window");
    private static final ProbeId DIRECTORY = new ProbeId("log-directory");

    private final NodeCaptures captures;
    private final Optional<NodeIdentity> identity;
    private final EvidenceWindow window;

    LogReader(NodeCaptures captures, Optional<NodeIdentity> identity, EvidenceWindow window) {
        this.captures = captures;
        this.identity = identity;
        this.window = window;
    }

    /** The files of the program's log directory, when it could be looked at. */
    static Reading<LogDirectory> directory(NodeCaptures captures, Program program) {
        return captures.read(
                DIRECTORY,
                capture -> LogPlace.ofDirectory(argument(capture, "directory"))
                        .filter(program::equals)
                        .isPresent(),
                answer -> {
                    Reading<LogDirectory> reading = NodeCaptures.reading(answer, LogDirectoryParser.parse(answer));
                    return switch (reading.known()
                            .map(LogDirectory::state)
                            .orElse(MarkerFiles.Directory.State.READABLE)) {
                        case READABLE -> reading;
                        case UNREADABLE -> NodeCaptures.unknown(answer, Gap.NOT_PERMITTED, answer.text());
                        case ABSENT -> NodeCaptures.unknown(answer, Gap.MISSING, answer.text());
                    };
                });
    }

    /** The program's log, all files that were read joined. */
    Reading<Log> read(Program program) {
        Reading<LogDirectory> directory = directory(captures, program);
        Map<String, Reading<LogPart>> files = files(program);
        List<LogPart> parts =
                files.values().stream().flatMap(part -> part.known().stream()).toList();
        if (parts.isEmpty()) {
            return nothing(directory, files);
        }
        Log log = LogJoin.join(
                program,
                parts,
                window,
                parts.size() == files.size(),
                directory.known().filter(listing -> allRead(listing, parts)).isPresent());
        return new Known<>(log, log.lines().isEmpty() ? anySource(files) : ofNewestFile(log));
    }

    /** Each line has a source of its own; the whole is found where its newest lines are. */
    private static Source ofNewestFile(Log log) {
        Source last = log.lines().getLast().source();
        int first = log.lines().stream()
                .map(LogLine::source)
                .filter(source -> source.capture().equals(last.capture()))
                .mapToInt(Source::firstLine)
                .findFirst()
                .orElse(last.firstLine());
        return new Source(last.capture(), first, last.lastLine());
    }

    private static Source anySource(Map<String, Reading<LogPart>> files) {
        return files.values().stream()
                .<Source>mapMulti((part, sources) -> {
                    if (part instanceof Known<LogPart>(LogPart ignored, Source source)) {
                        sources.accept(source);
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    /** Each file by its path, as the latest capture that could be read tells it. */
    private Map<String, Reading<LogPart>> files(Program program) {
        NodeClock clock = NodeClock.of(identity);
        var files = new LinkedHashMap<String, Reading<LogPart>>();
        for (Capture capture : captures.of(WINDOW)) {
            String file = argument(capture, "file");
            if (LogPlace.ofFile(file).filter(program::equals).isPresent()) {
                files.computeIfAbsent(
                        file,
                        path -> captures.read(
                                WINDOW,
                                other -> argument(other, "file").equals(path),
                                answer -> part(answer, clock, window)));
            }
        }
        return files;
    }

    private static Reading<LogPart> part(Capture.Answer answer, NodeClock clock, EvidenceWindow window) {
        boolean failed = answer.text().isEmpty()
                && (answer.exitStatus().orElse(-1) != 0
                        || !SudoWords.withoutWarnings(answer.errorText()).isEmpty());
        return failed
                ? NodeCaptures.unusable(answer)
                : new Known<>(
                        LogPart.of(answer, clock, window), Lines.of(answer).all());
    }

    private boolean allRead(LogDirectory directory, List<LogPart> parts) {
        Set<String> read = parts.stream().map(LogPart::name).collect(Collectors.toSet());
        return LogChoice.reaching(directory, window, identity).stream()
                .map(LogDirectory.LogFile::name)
                .allMatch(read::contains);
    }

    /** No file was read: why that is, as the files tell it or else the directory. */
    private Reading<Log> nothing(Reading<LogDirectory> directory, Map<String, Reading<LogPart>> files) {
        for (Reading<LogPart> file : files.values()) {
            if (file instanceof Unknown<LogPart>(ProbeId probe, Gap gap, String detail)) {
                return new Unknown<>(probe, gap, detail);
            }
        }
        return switch (directory) {
            case Unknown<LogDirectory>(ProbeId probe, Gap gap, String detail) -> new Unknown<>(probe, gap, detail);
            case Known<LogDirectory>(LogDirectory listing, Source ignored) ->
                LogChoice.chosen(listing, window, identity).isEmpty()
                        ? new Unknown<>(DIRECTORY, Gap.MISSING, "no log file in " + listing.path())
                        : captures.notAsked(WINDOW);
        };
    }

    private static String argument(Capture capture, String name) {
        return capture.question().arguments().getOrDefault(name, "");
    }
}
