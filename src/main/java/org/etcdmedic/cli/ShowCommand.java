package org.etcdmedic.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.etcdmedic.api.UnseenCharacters;
import org.etcdmedic.bundle.EntryName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code show}: tells a diagnosis that a running service keeps, or which ones there are. */
@Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
final class ShowCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 200;

    private final Terminal terminal;
    private final Words words;
    private final Paint paint;

    @Parameters(paramLabel = "ID", descriptionKey = "ID", arity = "0..1")
    private String id = "";

    @Option(names = "--last")
    private boolean last;

    @Option(names = "--node", paramLabel = "NODE")
    private String node = "";

    @Option(names = "--instance", paramLabel = "ID")
    private String instance = "";

    @Option(names = "--limit", paramLabel = "COUNT")
    private int limit = 20;

    @Option(names = "--markdown")
    private boolean markdown;

    @Option(names = "--json")
    private boolean json;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    ShowCommand(Terminal terminal, Words words, Paint paint) {
        this.terminal = terminal;
        this.words = words;
        this.paint = paint;
    }

    /** A page of diagnoses. */
    record Page(List<Diagnosed> items) {
        Page {
            items = List.copyOf(items);
        }
    }

    @Override
    public Integer call() {
        var arguments = new Arguments(words);
        String filter = arguments
                        .identifier("--node", node)
                        .map(value -> "&nodeId=" + value)
                        .orElse("")
                + arguments
                        .identifier("--instance", instance)
                        .map(value -> "&instanceId=" + value)
                        .orElse("");
        boolean one = !id.isEmpty() || last;
        boolean together = id.isEmpty() || (!last && filter.isEmpty());
        boolean written = !markdown || (one && !json);
        if (!together || !written || limit < 1 || limit > MOST) {
            throw CommandEnd.usage(words.text("cli.usage.show"));
        }
        String named = id.isEmpty() ? "" : arguments.diagnosis(id);
        Remote remote = service.remote(terminal, words);
        var refusals = new Refusals(words, remote.address());
        if (!one) {
            return list(remote, refusals, filter);
        }
        return show(remote, refusals, last ? newest(remote, refusals, filter) : named);
    }

    private int list(Remote remote, Refusals refusals, String filter) {
        Answer.Good good = good(remote.get("/diagnoses?limit=" + limit + filter, PATIENCE), refusals);
        List<Diagnosed> page = page(good, refusals);
        if (json) {
            terminal.out().println(UnseenCharacters.shown(good.body()));
        } else if (page.isEmpty()) {
            terminal.out().println(words.text("cli.no-diagnoses"));
        } else {
            new Listing(words, paint, ZoneId.systemDefault()).lines(page).forEach(terminal.out()::println);
        }
        return Exit.NO_FAULT;
    }

    private String newest(Remote remote, Refusals refusals, String filter) {
        List<Diagnosed> page = page(good(remote.get("/diagnoses?limit=1" + filter, PATIENCE), refusals), refusals);
        if (page.isEmpty()) {
            throw CommandEnd.usage(words.text("cli.no-diagnoses"));
        }
        return new Arguments(words).diagnosis(page.getFirst().id());
    }

    private int show(Remote remote, Refusals refusals, String diagnosis) {
        Answer answer = remote.get("/diagnoses/" + diagnosis, PATIENCE);
        if (answer instanceof Answer.Refused refused && refused.kind().equals("not-found")) {
            throw CommandEnd.usage(words.text("cli.no-such-diagnosis", diagnosis));
        }
        Answer.Good good = good(answer, refusals);
        Diagnosed diagnosed = read(good, refusals);
        if (json) {
            terminal.out().println(UnseenCharacters.shown(good.body()));
        } else if (markdown) {
            terminal.out().println(UnseenCharacters.shown(report(remote, refusals, diagnosed)));
        } else {
            new Report(terminal.out(), words, paint, ZoneId.systemDefault())
                    .print(diagnosed, new RemoteQuotations(remote, diagnosis), remote.address());
        }
        return Exit.of(diagnosed);
    }

    /** One without a verdict has no report; that it has none is told by the status, as without this option. */
    private static String report(Remote remote, Refusals refusals, Diagnosed diagnosed) {
        Answer answer =
                remote.get("/diagnoses/" + EntryName.shown(diagnosed.id()) + "/report", "text/markdown", PATIENCE);
        if (answer instanceof Answer.Refused refused && refused.kind().equals("no-verdict")) {
            throw new CommandEnd(Exit.of(diagnosed), refusals.sentences(answer));
        }
        return good(answer, refusals).body().stripTrailing();
    }

    private static Answer.Good good(Answer answer, Refusals refusals) {
        if (answer instanceof Answer.Good good) {
            return good;
        }
        throw refusals.end(answer);
    }

    private static Diagnosed read(Answer.Good good, Refusals refusals) {
        try {
            return Diagnosed.read(good.body());
        } catch (JacksonException noDiagnosis) {
            throw refusals.foreign();
        }
    }

    private static List<Diagnosed> page(Answer.Good good, Refusals refusals) {
        try {
            return Json.read(good.body(), Page.class).items();
        } catch (JacksonException noPage) {
            throw refusals.foreign();
        }
    }
}
