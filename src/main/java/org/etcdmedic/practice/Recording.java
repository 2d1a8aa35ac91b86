package org.etcdmedic.practice;

import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.etcdmedic.inventory.Node.StatedEtcd;
import org.etcdmedic.inventory.Node.StatedPaths;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the nodes of one instance answered while a fault was there.
 *
 * @param scenario what was recorded
 * @param captures the answers of all nodes
 */
record Recording(Scenario scenario, List<Answer> captures) {
    private static final String FOLDER = "/practice/recording/";

    /** Copies the answers. */
    Recording {
        captures = List.copyOf(captures);
    }

    /**
     * The recorded instance and its alarm.
     *
     * @param recordedAt when it was written down
     */
    record Scenario(Instant recordedAt, Alarm alarm, RecordedInstance instance) {}

    /** The node that the alarm was about. */
    record Alarm(String nodeId) {}

    /** The instance as the inventory had it. */
    record RecordedInstance(List<RecordedNode> nodes) {}

    /** A node as the inventory had it; host, port and login are those of the lab and of no use here. */
    record RecordedNode(
            String nodeId,
            @Nullable String dbUser,
            @Nullable StatedEtcd etcd,
            @Nullable StatedPaths paths) {}

    /**
     * One answer.
     *
     * @param args the question's arguments
     * @param startedAt when it was asked
     * @param exitStatus absent when the output had been cut at the probe's byte limit
     */
    record Answer(
            String nodeId,
            String probe,
            Map<String, String> args,
            Instant startedAt,
            @Nullable Integer exitStatus,
            String text,
            @Nullable String errorText) {}

    /** The one that the practice jar carries. */
    static Recording shipped() {
        return new Recording(
                YAMLMapper.shared().readValue(resource("scenario.yaml"), Scenario.class),
                JsonMapper.shared().readValue(resource("captures.json"), new TypeReference<List<Answer>>() {}));
    }

    /**
     * When the recorded visit to the node began: the moment that becomes now. Taken from its first answer, as the
     * recording is only written down when all is over, and the node's clock would look wrong by the difference.
     */
    Instant visitedAt(String nodeId) {
        return captures.stream()
                .filter(answer -> answer.nodeId().equals(nodeId))
                .map(Answer::startedAt)
                .min(Comparator.naturalOrder())
                .orElse(scenario.recordedAt());
    }

    /**
     * What the node answered to this question, with its time stamps moved. Arguments that name a file by its time stamp
     * are asked for with the stamp that was told, so the recorded ones are moved before they are compared. Numbers follow
     * from when the alarm comes and from how much room there is: what was recorded is the best answer there is.
     */
    Optional<Answer> answer(String nodeId, String probe, Map<String, String> args, TimeShift shift) {
        return captures.stream()
                .filter(answer ->
                        answer.nodeId().equals(nodeId) && answer.probe().equals(probe))
                .filter(answer -> answer.args().keySet().equals(args.keySet()))
                .filter(answer -> answer.args().keySet().stream()
                        .allMatch(name -> same(answer, args, name, shift) || number(args.get(name))))
                .max(Comparator.comparingLong((Answer answer) -> answer.args().keySet().stream()
                        .filter(name -> same(answer, args, name, shift))
                        .count()))
                .map(answer -> new Answer(
                        nodeId,
                        probe,
                        args,
                        answer.startedAt(),
                        answer.exitStatus(),
                        shift.apply(answer.text()),
                        shift.apply(Objects.requireNonNullElse(answer.errorText(), ""))));
    }

    private static boolean same(Answer answer, Map<String, String> args, String name, TimeShift shift) {
        return shift.apply(Objects.requireNonNull(answer.args().get(name))).equals(args.get(name));
    }

    private static boolean number(@Nullable String argument) {
        return argument != null && argument.matches("-?[0-9]{1,18}");
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                Recording.class.getResourceAsStream(FOLDER + name), () -> "the jar lacks " + FOLDER + name);
    }
}
