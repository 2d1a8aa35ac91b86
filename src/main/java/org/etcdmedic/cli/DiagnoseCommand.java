package org.etcdmedic.cli;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.etcdmedic.api.UnseenCharacters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code diagnose}: has a running service ask the nodes of an instance now, and tells the verdict. */
@Command(name = "diagnose", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
final class DiagnoseCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Words words;
    private final Paint paint;

    @Parameters(paramLabel = "NODE", descriptionKey = "NODE")
    private String node = "";

    @Option(names = "--instance", paramLabel = "ID")
    private String instance = "";

    @Option(names = "--at", paramLabel = "TIME")
    private String at = "";

    @Option(names = "--no-wait")
    private boolean noWait;

    @Option(names = "--timeout", paramLabel = "DURATION")
    private String timeout = "5m";

    @Option(names = "--json")
    private boolean json;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    DiagnoseCommand(Terminal terminal, Words words, Paint paint) {
        this.terminal = terminal;
        this.words = words;
        this.paint = paint;
    }

    private record Taken(String diagnosisId, String status, boolean joined) {
        Taken {
            requireNonNull(diagnosisId);
            requireNonNull(status);
        }
    }

    @Override
    public Integer call() {
        var arguments = new Arguments(words);
        String named = arguments
                .identifier("NODE", node)
                .orElseThrow(() -> CommandEnd.usage(words.text("cli.usage.identifier", "NODE")));
        Optional<String> given = arguments.identifier("--instance", instance);
        Optional<Instant> time = arguments.instant(at);
        Remote remote = service.remote(terminal, words);
        var refusals = new Refusals(words, remote.address());
        var progress = new ProgressLine(terminal);
        var waiting = new Waiting(remote, refusals, words, progress, arguments.span("--timeout", timeout));

        String owner =
                given.orElseGet(() -> Inventory.of(remote, waiting, refusals).instanceOf(named, words));
        Answer.Good good = start(
                remote,
                waiting,
                new Wish(owner, named, time.map(Instant::toString).orElse(null)),
                given);
        Taken taken = taken(good, arguments, refusals);
        if (noWait) {
            return left(remote, good, taken);
        }
        if (taken.joined()) {
            progress.note(words.text("cli.joined", taken.diagnosisId()));
        }
        return told(remote, waiting.over(taken.diagnosisId()));
    }

    private record Wish(
            String instanceId, String nodeId, @Nullable String at) {
        String json() {
            Map<String, String> body = new HashMap<>(Map.of("instanceId", instanceId, "nodeId", nodeId));
            if (at != null) {
                body.put("at", at);
            }
            return Json.write(body);
        }
    }

    /** Sent again after a loss, it starts no second diagnosis. Whoever names the instance speaks to the service for the first time here. */
    private static Answer.Good start(Remote remote, Waiting waiting, Wish wish, Optional<String> given) {
        String key = UUID.randomUUID().toString();
        return waiting.ask(
                limit -> remote.post("/diagnoses", wish.json(), key, limit),
                given.isPresent() ? Waiting.Again.WHEN_IT_IS_BUSY : Waiting.Again.WHEN_IT_IS_AWAY);
    }

    private static Taken taken(Answer.Good good, Arguments arguments, Refusals refusals) {
        try {
            Taken taken = Json.read(good.body(), Taken.class);
            return new Taken(arguments.diagnosis(taken.diagnosisId()), taken.status(), taken.joined());
        } catch (JacksonException | CommandEnd notOurs) {
            throw refusals.foreign();
        }
    }

    private int left(Remote remote, Answer.Good good, Taken taken) {
        terminal.out()
                .println(
                        json
                                ? UnseenCharacters.shown(good.body())
                                : words.text(
                                        taken.joined() ? "cli.joined" : "cli.started",
                                        taken.diagnosisId(),
                                        remote.address().shown()));
        return Exit.NO_FAULT;
    }

    private int told(Remote remote, Waiting.Over over) {
        if (json) {
            terminal.out().println(UnseenCharacters.shown(over.json()));
        } else {
            String id = over.diagnosed().id();
            new Report(terminal.out(), words, paint, ZoneId.systemDefault())
                    .print(over.diagnosed(), new RemoteQuotations(remote, id), remote.address());
        }
        return Exit.of(over.diagnosed());
    }
}
