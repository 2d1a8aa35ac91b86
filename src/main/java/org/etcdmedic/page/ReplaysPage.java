package org.etcdmedic.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.replay.Change;
import org.etcdmedic.replay.Replay;
import org.etcdmedic.replay.ReplayId;
import org.etcdmedic.replay.Replayed;
import org.etcdmedic.replay.Replayed.Result;
import org.etcdmedic.replay.Replays;
import org.etcdmedic.replay.SideBySide;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Replays, to look at: which verdicts other knowledge would change, side by side. They are started with the API. */
@Controller
class ReplaysPage {
    private static final int SHOWN = 50;

    private final Replays replays;
    private final Knowledge knowledge;

    ReplaysPage(Replays replays, Knowledge knowledge) {
        this.replays = replays;
        this.knowledge = knowledge;
    }

    /** So many diagnoses that differ so much. */
    record CountLine(String change, int count) {}

    /** One replay. */
    record ReplayLine(Replay replay, List<CountLine> changes, List<CountLine> drifts) {
        static ReplayLine of(Replay replay) {
            return new ReplayLine(
                    replay,
                    counts(replay.tally().changes()),
                    counts(replay.tally().drifts()));
        }

        private static List<CountLine> counts(java.util.Map<Change, Integer> counted) {
            return java.util.Arrays.stream(Change.values())
                    .map(change -> new CountLine(change.name(), counted.getOrDefault(change, 0)))
                    .toList();
        }
    }

    /** One of the three verdicts. */
    record SideCell(String outcome, String title, Optional<String> node, long percent, String version) {}

    /** One diagnosis. */
    record ItemLine(
            String id,
            Optional<String> instance,
            Optional<String> change,
            Optional<String> drift,
            List<SideCell> sides,
            List<String> appeared,
            List<String> vanished,
            Optional<String> reason) {}

    @GetMapping("/ui/replays")
    String list(Model model) {
        model.addAttribute(
                "replays",
                replays.newest(Optional.empty(), SHOWN).stream()
                        .map(ReplayLine::of)
                        .toList());
        return "page/replays";
    }

    @GetMapping("/ui/replays/{id}")
    String show(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "0") int after,
            Model model,
            Locale locale) {
        var replay = new ReplayId(id);
        model.addAttribute("line", ReplayLine.of(replays.find(replay).orElseThrow(NotThere::new)));
        List<Replayed> found = replays.done(replay, !all, after, SHOWN + 1);
        List<Replayed> page = found.stream().limit(SHOWN).toList();
        model.addAttribute("items", page.stream().map(one -> item(one, locale)).toList());
        model.addAttribute("all", all);
        model.addAttribute("next", found.size() > SHOWN ? page.getLast().ordinal() : 0);
        return "page/replay";
    }

    private ItemLine item(Replayed one, Locale locale) {
        String id = one.diagnosis().toString();
        return switch (one.result().orElseThrow()) {
            case Result.Compared(SideBySide sides) ->
                new ItemLine(
                        id,
                        Optional.of(sides.instance().value()),
                        Optional.of(sides.change().name()),
                        Optional.of(sides.drift().name()),
                        List.of(
                                cell(sides.stored(), locale),
                                cell(sides.inUse(), locale),
                                cell(sides.candidate(), locale)),
                        sides.appeared().stream().map(ReplaysPage::seen).toList(),
                        sides.vanished().stream().map(ReplaysPage::seen).toList(),
                        Optional.empty());
            case Result.NotReplayed(Replayed.Reason reason, String ignored) ->
                new ItemLine(
                        id,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of(reason.name()));
        };
    }

    /** A cause of the candidate may be unknown here: then its code has to do. */
    private SideCell cell(SideBySide.Side side, Locale locale) {
        return new SideCell(
                side.outcome().name(),
                knowledge
                        .findCause(side.cause())
                        .map(cause -> cause.title().in(locale))
                        .orElse(side.cause().value()),
                side.node().map(NodeId::value),
                Math.round(side.confidence() * 100),
                side.knowledgeVersion());
    }

    private static String seen(SideBySide.Seen seen) {
        return seen.kind() + " · " + seen.node();
    }
}
