package org.etcdmedic.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.etcdmedic.api.OfflineView;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleLimits;
import org.etcdmedic.bundle.BundleReader;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.BundleRequest;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.bundle.Handed;
import org.etcdmedic.bundle.archive.Packed;
import org.etcdmedic.bundle.json.JsonOwnCaptures;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Reasoner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code analyze}: judges logs, archives and directories that were collected by hand. Connects to nothing. */
@Command(name = "analyze", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
final class AnalyzeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Words words;
    private final Paint paint;
    private final Arguments arguments;

    @Parameters(paramLabel = "PATH", descriptionKey = "PATH", arity = "1..*")
    private List<Path> paths = List.of();

    @Option(names = "--at", paramLabel = "TIME")
    private String at = "";

    @Option(names = "--zone", paramLabel = "ZONE")
    private String zone = "";

    @Option(names = "--before", paramLabel = "DURATION")
    private String before = "10m";

    @Option(names = "--after", paramLabel = "DURATION")
    private String after = "2m";

    @Option(names = "--node", paramLabel = "NODE")
    private String node = "";

    @Option(names = "--instance", paramLabel = "ID")
    private String instance = "";

    @Option(names = "--json")
    private boolean json;

    AnalyzeCommand(Terminal terminal, Words words, Paint paint) {
        this.terminal = terminal;
        this.words = words;
        this.paint = paint;
        this.arguments = new Arguments(words);
    }

    @Override
    public Integer call() {
        BundleRequest request = request();
        var reading = new ReadingProgress(new ProgressLine(terminal), words);
        List<Handed> handed = handed(reading);
        Instant now = terminal.clock().instant();
        Knowledge knowledge = YamlKnowledge.shipped();
        Bundle bundle = read(knowledge, handed, request, reading);
        Judgement judgement = bundle.bundleCase().judge(new Reasoner(knowledge), bundle.captures());
        String view = OfflineView.json(
                bundle.bundleCase(), judgement, now, terminal.clock().instant(), words.locale());
        Diagnosed diagnosed = Diagnosed.read(view);
        reading.over();
        if (json) {
            terminal.out().println(view);
        } else {
            new Report(terminal.out(), words, paint, ZoneId.systemDefault()).print(diagnosed, Quotations.of(bundle));
        }
        return Exit.of(diagnosed);
    }

    private Bundle read(Knowledge knowledge, List<Handed> handed, BundleRequest request, ReadingProgress reading) {
        try {
            return new BundleReader(knowledge, BundleLimits.DEFAULT, new JsonOwnCaptures(), terminal.clock())
                    .read(handed, request);
        } catch (BundleRefused refused) {
            reading.over();
            throw new CommandEnd(
                    refused.reason() == BundleRefused.Reason.UNKNOWN_NODE ? Exit.USAGE : Exit.UNREADABLE,
                    words.refusal(refused));
        } catch (UncheckedIOException unreadable) {
            reading.over();
            throw new CommandEnd(Exit.UNREADABLE, List.of(words.text("cli.unreadable")));
        }
    }

    private BundleRequest request() {
        Optional<OffsetDateTime> given = arguments.withOffset(at);
        return new BundleRequest(
                arguments.identifier("--instance", instance).map(InstanceId::new),
                arguments.identifier("--node", node).map(NodeId::new),
                given.map(OffsetDateTime::toInstant),
                arguments.local(at),
                arguments.zone(zone),
                given.map(OffsetDateTime::getOffset).orElse(ZoneOffset.UTC),
                arguments.span("--before", before),
                arguments.span("--after", after));
    }

    private List<Handed> handed(ReadingProgress reading) {
        var handed = new ArrayList<Handed>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw CommandEnd.usage(words.text("cli.usage.no-file", EntryName.shown(path.toString())));
            }
            handed.add(Packed.path(path, reading));
        }
        return handed;
    }
}
