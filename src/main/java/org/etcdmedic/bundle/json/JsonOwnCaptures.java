package org.etcdmedic.bundle.json;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.BundleCase.CaseNode;
import org.etcdmedic.bundle.BundleCase.Packaged;
import org.etcdmedic.bundle.BundleCase.ReadFile;
import org.etcdmedic.bundle.BundleCase.TimeBy;
import org.etcdmedic.bundle.BundleCase.Visited;
import org.etcdmedic.bundle.BundleCase.ZoneBy;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.BundleRequest;
import org.etcdmedic.bundle.OwnCaptures;
import org.etcdmedic.bundle.PackageFiles;
import org.etcdmedic.bundle.Recorded;
import org.etcdmedic.bundle.Skipped;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.platform.TimeOrderedId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Who;
import org.etcdmedic.verdict.AlarmTold;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Our own captures, as a diagnosis keeps them and as the lab records them:
 *
 * <pre>
 * bundle.yaml    alarm: {instanceId, nodeId, occurredAt, clusterStatus, vmEvents}, instance: {name, nodes: [...]},
 *                window: {before: PT10M, after: PT2M}, notIn: {node: {obstacle, detail, hostAnswers}}
 * captures.json  [{nodeId, probe, args, startedAt, durationMillis, exitStatus, text, errorText, bytes, truncated}, ...]
 * </pre>
 *
 * A package says more, so that it is judged alike: {@code visited: {node: {visited, zone, zoneBy}}}, {@code told: {node: {clusterStatus,
 * vmEvents}}} of nodes that the first alarm does not name, {@code packaged: {diagnosis, product, knowledge}}.
 *
 * <p>A recording's {@code scenario.yaml} is such a {@code bundle.yaml}, with what is known of the truth beside it.
 */
public final class JsonOwnCaptures implements OwnCaptures {
    private static final int MOST_CAPTURES = 5_000;
    private static final int MOST_NODES = 64;
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The manifest. */
    record Manifest(
            Alarm alarm,
            InstanceDocument instance,
            @Nullable Window window,
            @Nullable Map<String, Obstructed> notIn,
            @Nullable Map<String, Stay> visited,
            @Nullable Map<String, Word> told,
            @Nullable Source packaged) {}

    /** Whether somebody was on a node, and in which zone its logs are written. */
    record Stay(Visited visited, String zone, ZoneBy zoneBy) {}

    /** What alarms told of a node. */
    record Word(@Nullable String clusterStatus, @Nullable List<VmEvent> vmEvents) {
        AlarmTold told() {
            return new AlarmTold(
                    Optional.ofNullable(vmEvents).orElse(List.of()).stream()
                            .map(event -> new AlarmTold.Event(
                                    AlarmTold.Kind.valueOf(event.type()),
                                    event.occurredAt().toInstant()))
                            .toList(),
                    Optional.ofNullable(clusterStatus));
        }
    }

    /** Where a package comes from. */
    record Source(String diagnosis, String product, String knowledge) {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

        Packaged packaged() {
            for (String word : List.of(diagnosis, product, knowledge)) {
                if (!PLAIN.matcher(word).matches()) {
                    throw new IllegalArgumentException("where a package comes from is told in plain words");
                }
            }
            return new Packaged(diagnosis, product, knowledge);
        }
    }

    /** The alarm that the bundle is about. */
    record Alarm(
            @Nullable String instanceId,
            String nodeId,
            OffsetDateTime occurredAt,
            @Nullable String clusterStatus,
            @Nullable List<VmEvent> vmEvents) {}

    /** What was done to the machine. */
    record VmEvent(String type, OffsetDateTime occurredAt) {}

    /** When log lines testify. */
    record Window(Duration before, Duration after) {}

    /** A node that our probes did not get into. */
    record Obstructed(
            Reach.Obstacle obstacle,
            @Nullable String detail,
            @Nullable Boolean hostAnswers) {}

    /** One answer, or why there is none. */
    record Item(
            @Nullable UUID id,
            String nodeId,
            String probe,
            @Nullable Map<String, String> args,
            @Nullable String command,
            Instant startedAt,
            long durationMillis,
            @Nullable Integer exitStatus,
            Capture.@Nullable Reason reason,
            @Nullable String detail,
            @Nullable String text,
            @Nullable String errorText,
            long bytes,
            boolean truncated,
            @Nullable String login,
            @Nullable String account,
            Who.@Nullable Through through) {
        Optional<Who> who() {
            return login == null || account == null || through == null
                    ? Optional.empty()
                    : Optional.of(new Who(login, account, through));
        }
    }

    @Override
    public Bundle read(
            String manifestText, String capturesText, BundleRequest request, List<Skipped> skipped, Instant now) {
        try {
            Manifest manifest = YAML.readValue(manifestText, Manifest.class);
            List<Item> items = JSON.readValue(capturesText, new TypeReference<List<Item>>() {});
            return bundle(manifest, items, request, skipped, now);
        } catch (JacksonException
                | IllegalArgumentException
                | NullPointerException
                | ArithmeticException
                | DateTimeException notOurs) {
            // A key that is missing comes as a null where none may be.
            throw new BundleRefused(
                    BundleRefused.Reason.MANIFEST,
                    skipped,
                    notOurs instanceof JacksonException json && json.getLocation() != null
                            ? "line " + json.getLocation().getLineNr()
                            : "");
        }
    }

    private static Bundle bundle(
            Manifest manifest, List<Item> items, BundleRequest request, List<Skipped> skipped, Instant now) {
        if (items.size() > MOST_CAPTURES || manifest.instance().nodes().size() > MOST_NODES) {
            throw new IllegalArgumentException("more captures or nodes than a bundle has");
        }
        InstanceId instance = request.instance()
                .orElseGet(() -> new InstanceId(
                        Optional.ofNullable(manifest.alarm().instanceId()).orElse("offline")));
        List<Node> nodes = manifest.instance().toInstance(instance).nodes();
        NodeId named =
                request.node().orElseGet(() -> new NodeId(manifest.alarm().nodeId()));
        if (nodes.stream().noneMatch(node -> node.id().equals(named))) {
            throw new BundleRefused(
                    BundleRefused.Reason.UNKNOWN_NODE,
                    skipped,
                    String.join(", ", nodes.stream().map(n -> n.id().value()).toList()));
        }
        Instant at = request.at().orElseGet(() -> manifest.alarm().occurredAt().toInstant());
        List<Capture> captures = captures(items, now);
        var bundleCase = new BundleCase(
                instance,
                named,
                nodes.stream()
                        .map(node -> caseNode(node, manifest, captures, at))
                        .toList(),
                window(manifest.window(), at, request),
                TimeBy.GIVEN,
                new Word(manifest.alarm().clusterStatus(), manifest.alarm().vmEvents()).told(),
                nodes.stream()
                        .map(node -> new ReadFile(PackageFiles.CAPTURES, node.id(), BundleCase.What.CAPTURES))
                        .toList(),
                skipped,
                Optional.ofNullable(manifest.told()).map(JsonOwnCaptures::told),
                Optional.ofNullable(manifest.packaged()).map(Source::packaged));
        return new Bundle(bundleCase, captures);
    }

    private static EvidenceWindow window(@Nullable Window window, Instant at, BundleRequest request) {
        if (window == null) {
            return EvidenceWindow.around(at, request.before(), request.after());
        }
        for (Duration side : List.of(window.before(), window.after())) {
            if (side.isNegative() || side.compareTo(LONGEST_WINDOW) > 0) {
                throw new IllegalArgumentException("a window opens and closes within a day");
            }
        }
        return EvidenceWindow.around(at, window.before(), window.after());
    }

    private static CaseNode caseNode(Node node, Manifest manifest, List<Capture> captures, Instant at) {
        Optional<Reach.NotIn> notIn = Optional.ofNullable(manifest.notIn())
                .map(all -> all.get(node.id().value()))
                .map(way -> new Reach.NotIn(
                        at,
                        Duration.ZERO,
                        way.obstacle(),
                        Redactor.clean(Optional.ofNullable(way.detail()).orElse("")),
                        Optional.ofNullable(way.hostAnswers())));
        Stay stay = Optional.ofNullable(manifest.visited())
                .orElse(Map.of())
                .get(node.id().value());
        if (stay != null) {
            if (stay.visited() == Visited.NOT_IN && notIn.isEmpty()) {
                throw new IllegalArgumentException("why nobody came into a node is told");
            }
            return new CaseNode(node, stay.visited(), notIn, ZoneOffset.of(stay.zone()), stay.zoneBy());
        }
        boolean answered = captures.stream()
                .anyMatch(c -> c instanceof Capture.Answer && c.node().equals(node.id()));
        return new CaseNode(
                node,
                notIn.isPresent() ? Visited.NOT_IN : answered ? Visited.LOGGED_IN : Visited.BY_HAND,
                notIn,
                ZoneOffset.UTC,
                ZoneBy.TOLD);
    }

    private static Map<String, AlarmTold> told(Map<String, Word> words) {
        var told = new HashMap<String, AlarmTold>();
        words.forEach((node, word) -> told.put(new NodeId(node).value(), word.told()));
        return told;
    }

    private static List<Capture> captures(List<Item> items, Instant now) {
        var captures = new ArrayList<Capture>();
        items.forEach(item -> captures.add(Redactor.clean(capture(item, now))));
        return captures;
    }

    /** Identifiers are new ones: the same bundle may be handed in twice. */
    private static Capture capture(Item item, Instant now) {
        var id = TimeOrderedId.at(now);
        var node = new NodeId(item.nodeId());
        var question = Recorded.question(
                item.probe(), new HashMap<>(Optional.ofNullable(item.args()).orElse(Map.of())));
        String command = Optional.ofNullable(item.command()).orElse("");
        Duration took = Duration.ofMillis(
                Math.clamp(item.durationMillis(), 0, Duration.ofDays(1).toMillis()));
        String text = Optional.ofNullable(item.text()).orElse("");
        if (item.reason() != null) {
            return new Capture.NoAnswer(
                    id,
                    node,
                    question,
                    command,
                    item.startedAt(),
                    took,
                    item.reason(),
                    Optional.ofNullable(item.detail()).orElse(""),
                    text,
                    item.who());
        }
        return new Capture.Answer(
                id,
                node,
                question,
                command,
                item.startedAt(),
                took,
                Optional.ofNullable(item.exitStatus()),
                text,
                Optional.ofNullable(item.errorText()).orElse(""),
                Math.max(0, item.bytes()),
                item.truncated(),
                item.who());
    }
}
