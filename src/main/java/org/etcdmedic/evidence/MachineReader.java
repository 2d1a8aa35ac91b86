package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.etcdmedic.evidence.MachineRecord.Action;
import org.etcdmedic.evidence.MachineRecord.Migration;
import org.etcdmedic.evidence.MachineRecord.Server;
import org.etcdmedic.evidence.json.JsonTree;
import org.etcdmedic.probe.Capture;

/**
 * Reads what an OpenStack-compatible compute API answers about a virtual machine. It writes times in UTC, mostly without
 * saying so:
 *
 * <pre>
 * {"instanceActions": [{"action": "reboot", "request_id": "req-0d81", "user_id": "admin",
 *   "start_time": "2018-04-25T01:26:36.341290", "updated_at": "2018-04-25T01:26:36.790544", "message": null}]}
 * {"migrations": [{"migration_type": "evacuation", "status": "done", "created_at": "2016-06-23T14:42:02.000000"}]}
 * </pre>
 */
final class MachineReader {
    private static final int MOST = 200;

    private MachineReader() {}

    /** What the captures of one node tell of its machine. */
    static MachineRecord read(List<Capture> captures) {
        Reading<List<Action>> actions =
                last(captures, "compute-actions", MachineReader::actions, MachineRecord.NOT_ASKED.actions());
        return new MachineRecord(
                last(captures, "compute-server", MachineReader::server, MachineRecord.NOT_ASKED.server()),
                actions instanceof Reading.Known<List<Action>>(List<Action> known, Source source)
                        ? new Reading.Known<>(detailed(known, OutsideReader.of(captures, "compute-action")), source)
                        : actions,
                last(captures, "compute-migrations", MachineReader::migrations, MachineRecord.NOT_ASKED.migrations()));
    }

    private static <T> Reading<T> last(
            List<Capture> captures,
            String probe,
            BiFunction<Capture.Answer, JsonTree, Optional<T>> reader,
            Reading<T> notAsked) {
        List<Capture> own = OutsideReader.of(captures, probe);
        if (own.isEmpty()) {
            return notAsked;
        }
        return switch (own.getLast()) {
            case Capture.NoAnswer none -> OutsideReader.silent(none, none.detail());
            case Capture.Answer answer ->
                answer.exitStatus().orElse(0) == 404
                        ? OutsideReader.silent(answer, "it does not know this machine (HTTP 404)")
                        : tree(answer)
                                .flatMap(tree -> reader.apply(answer, tree))
                                .<Reading<T>>map(fact -> new Reading.Known<>(
                                        fact, Lines.of(answer).all()))
                                .orElseGet(() -> OutsideReader.unusable(answer));
        };
    }

    private static Optional<JsonTree> tree(Capture.Answer answer) {
        return answer.truncated() || answer.exitStatus().orElse(0) != 0
                ? Optional.empty()
                : JsonTree.object(answer.text());
    }

    private static Optional<Server> server(Capture.Answer answer, JsonTree tree) {
        JsonTree server = tree.at("server");
        String status = server.at("status").text();
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Server(
                        status,
                        server.at("OS-EXT-STS:task_state").text(),
                        server.at("fault").at("message").text()));
    }

    private static Optional<List<Action>> actions(Capture.Answer answer, JsonTree tree) {
        if (!tree.at("instanceActions").isList()) {
            return Optional.empty();
        }
        Duration ahead = OutsideReader.ahead(answer);
        Source source = Lines.of(answer).all();
        return Optional.of(tree.at("instanceActions").items().stream()
                .limit(MOST)
                .flatMap(item -> action(item, ahead, source).stream())
                .sorted(Comparator.comparing(Action::startedAt))
                .toList());
    }

    private static Optional<Action> action(JsonTree item, Duration ahead, Source source) {
        return instant(item.at("start_time"), ahead)
                .filter(at -> !item.at("action").text().isEmpty())
                .map(at -> new Action(
                        item.at("action").text(),
                        item.at("request_id").text(),
                        item.at("user_id").text(),
                        at,
                        instant(item.at("updated_at"), ahead),
                        !item.at("message").text().isEmpty(),
                        source));
    }

    /** The same actions, with what the API tells of their steps: when the last one ended and whether one failed. */
    private static List<Action> detailed(List<Action> actions, List<Capture> details) {
        var byRequest = new LinkedHashMap<String, Action>();
        for (Action action : actions) {
            byRequest.put(action.requestId().isEmpty() ? "#" + byRequest.size() : action.requestId(), action);
        }
        for (Capture capture : details) {
            if (capture instanceof Capture.Answer answer) {
                tree(answer)
                        .map(tree -> tree.at("instanceAction"))
                        .ifPresent(tree -> byRequest.computeIfPresent(
                                tree.at("request_id").text(), (id, action) -> withSteps(action, tree, answer)));
            }
        }
        return new ArrayList<>(byRequest.values());
    }

    private static Action withSteps(Action action, JsonTree tree, Capture.Answer answer) {
        Duration ahead = OutsideReader.ahead(answer);
        List<JsonTree> steps = tree.at("events").items();
        Optional<Instant> ended = steps.stream()
                .flatMap(step -> instant(step.at("finish_time"), ahead).stream())
                .max(Comparator.naturalOrder());
        boolean failed =
                steps.stream().anyMatch(step -> step.at("result").text().equals("Error"));
        return new Action(
                action.kind(),
                action.requestId(),
                action.user(),
                action.startedAt(),
                ended.or(action::endedAt),
                failed || action.failed(),
                Lines.of(answer).all());
    }

    private static Optional<List<Migration>> migrations(Capture.Answer answer, JsonTree tree) {
        if (!tree.at("migrations").isList()) {
            return Optional.empty();
        }
        Duration ahead = OutsideReader.ahead(answer);
        Source source = Lines.of(answer).all();
        String machine = answer.question().arguments().getOrDefault("vmId", "");
        return Optional.of(tree.at("migrations").items().stream()
                .limit(MOST)
                // A compute API that does not know the filter answers with everybody's.
                .filter(item -> item.at("instance_uuid").text().equals(machine))
                .flatMap(item -> instant(item.at("created_at"), ahead)
                        .map(at -> new Migration(
                                kind(item),
                                item.at("status").text(),
                                at,
                                instant(item.at("updated_at"), ahead),
                                source))
                        .stream())
                .sorted(Comparator.comparing(Migration::startedAt))
                .toList());
    }

    /** Before microversion 2.23 the kind is not told: a resize changes the flavour, what does not is called a migration. */
    private static String kind(JsonTree item) {
        String kind = item.at("migration_type").text();
        return kind.isEmpty() ? "migration" : kind;
    }

    private static Optional<Instant> instant(JsonTree value, Duration ahead) {
        String text = value.text().replace(' ', 'T');
        if (text.isEmpty() || text.length() > 40) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().minus(ahead));
        } catch (DateTimeParseException withoutZone) {
            try {
                return Optional.of(
                        LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).minus(ahead));
            } catch (DateTimeParseException notATime) {
                return Optional.empty();
            }
        }
    }
}
