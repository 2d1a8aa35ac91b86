package org.etcdmedic.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.etcdmedic.api.OfflineView;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleLimits;
import org.etcdmedic.bundle.BundleReader;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.BundleRequest;
import org.etcdmedic.bundle.Handed;
import org.etcdmedic.bundle.archive.Packed;
import org.etcdmedic.bundle.json.JsonOwnCaptures;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OpaqueId;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Reasoner;
import org.etcdmedic.verdict.Verdict;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code analyze}: judges logs, archives and directories that were collected by hand. Connects to nothing. */
@Command(
        name = "analyze",
        description = {
            "Judges collected files: a log, a .zip or .tar.gz, a directory. Nothing is connected to, nothing is written.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:no fault found",
            "10:a cause is confirmed",
            "11:a cause is likely",
            "12:undetermined: the collected files do not decide",
            " 1:the program itself failed",
            " 2:the command line is not well-formed",
            " 3:nothing that was given can be read or judged"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AnalyzeCommand implements Callable<Integer> {
    static final int NO_FAULT = 0;
    static final int CONFIRMED = 10;
    static final int LIKELY = 11;
    static final int UNDETERMINED = 12;
    static final int UNREADABLE = 3;

    /** As for a window that our own captures state. */
    private static final Duration LONGEST_SIDE = Duration.ofDays(1);

    private final PrintWriter out;
    private final PrintWriter error;
    private final boolean colours;
    private final InstantSource clock;

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Log, archive or directory; several are one case.")
    private List<Path> paths = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When it hurt: 2026-11-22T18:40:03+08:00, or without an offset by the nodes' own clock."
                    + " Default: the last sign of trouble.")
    private String at = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of the logs: +08:00 or Asia/Shanghai. Default: what the logs tell, else UTC.")
    private String zone = "";

    @Option(
            names = "--before",
            paramLabel = "DURATION",
            description = "How long before that time lines testify: 10m, 90s, 1h. Default: 10m. At most a day.")
    private String before = "10m";

    @Option(
            names = "--after",
            paramLabel = "DURATION",
            description = "How long after it. Default: 2m. At most a day. Captures that state a window keep theirs.")
    private String after = "2m";

    @Option(names = "--node", paramLabel = "NODE", description = "The node that the alarm names.")
    private String node = "";

    @Option(names = "--instance", paramLabel = "ID", description = "The instance that the files are from.")
    private String instance = "";

    @Option(names = "--json", description = "Prints the diagnosis as the API does.")
    private boolean json;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "en or zh-CN. Default: en.",
            defaultValue = "en")
    private String language = "en";

    AnalyzeCommand(PrintWriter out, PrintWriter error, boolean colours, InstantSource clock) {
        this.out = out;
        this.error = error;
        this.colours = colours;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Locale locale = locale();
        BundleRequest request = request();
        List<Handed> handed = handed();
        Instant now = clock.instant();
        Knowledge knowledge = YamlKnowledge.shipped();
        var words = new Words(locale);
        Bundle bundle;
        try {
            bundle = new BundleReader(knowledge, BundleLimits.DEFAULT, new JsonOwnCaptures(), clock)
                    .read(handed, request);
        } catch (BundleRefused refused) {
            words.refusal(refused).forEach(error::println);
            return refused.reason() == BundleRefused.Reason.UNKNOWN_NODE ? CommandLine.ExitCode.USAGE : UNREADABLE;
        } catch (UncheckedIOException unreadable) {
            error.println(words.text("cli.unreadable"));
            return UNREADABLE;
        }
        Judgement judgement = bundle.bundleCase().judge(new Reasoner(knowledge), bundle.captures());
        if (json) {
            out.println(OfflineView.json(bundle.bundleCase(), judgement, now, clock.instant(), locale));
        } else {
            new Report(out, words, colours).print(bundle, judgement);
        }
        return status(judgement.verdict().outcome());
    }

    private static int status(Verdict.Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> CONFIRMED;
            case LIKELY -> LIKELY;
            case UNDETERMINED -> UNDETERMINED;
            case NO_FAULT_FOUND -> NO_FAULT;
        };
    }

    private Locale locale() {
        return switch (language) {
            case "en" -> Locale.ENGLISH;
            case "zh-CN", "zh" -> Locale.SIMPLIFIED_CHINESE;
            default -> throw wrong("--language is en or zh-CN");
        };
    }

    private BundleRequest request() {
        Optional<OffsetDateTime> given = Optional.empty();
        Optional<LocalDateTime> local = Optional.empty();
        Optional<ZoneId> zoneId = Optional.empty();
        try {
            if (!zone.isEmpty()) {
                zoneId = Optional.of(ZoneId.of(zone));
            }
        } catch (DateTimeException noZone) {
            throw wrong("--zone is an offset such as +08:00 or a name such as Asia/Shanghai");
        }
        try {
            if (at.matches(".*(?:[Zz]|[+-]\\d\\d:?\\d\\d)") && at.length() > 16) {
                given = Optional.of(
                        OffsetDateTime.parse(at.replaceFirst(" ", "T").replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")));
            } else if (!at.isEmpty()) {
                local = Optional.of(LocalDateTime.parse(at.replaceFirst(" ", "T")));
            }
        } catch (DateTimeException noTime) {
            throw wrong("--at is a time such as 2026-11-22T18:40:03+08:00 or 2026-11-22T18:40:03");
        }
        return new BundleRequest(
                identifier("--instance", instance).map(InstanceId::new),
                identifier("--node", node).map(NodeId::new),
                given.map(OffsetDateTime::toInstant),
                local,
                zoneId,
                given.map(OffsetDateTime::getOffset).orElse(ZoneOffset.UTC),
                side("--before", before),
                side("--after", after));
    }

    private Duration side(String option, String value) {
        try {
            Duration side = DurationStyle.SIMPLE.parse(value);
            // A bare number would be milliseconds, which nobody means.
            if (value.matches(".*[a-z]") && !side.isNegative() && side.compareTo(LONGEST_SIDE) <= 0) {
                return side;
            }
        } catch (IllegalArgumentException | ArithmeticException noDuration) {
            // told below
        }
        throw wrong(option + " is at most a day, such as 90s, 10m or 1h");
    }

    private Optional<String> identifier(String option, String value) {
        if (!value.isEmpty() && !OpaqueId.fits(value)) {
            throw wrong(option + " is 1 to 64 of A-Z a-z 0-9 _ . : -");
        }
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private List<Handed> handed() {
        var handed = new ArrayList<Handed>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw wrong("there is no " + org.etcdmedic.bundle.EntryName.shown(path.toString()));
            }
            handed.add(Packed.path(path));
        }
        return handed;
    }

    private CommandLine.ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli fills the command in before it calls it");
        }
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
