package org.etcdmedic.bundle.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.BundleCase.CaseNode;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Alarm;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Item;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Manifest;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Obstructed;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Source;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Stay;
import org.etcdmedic.bundle.json.JsonOwnCaptures.VmEvent;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Window;
import org.etcdmedic.bundle.json.JsonOwnCaptures.Word;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Who;
import org.etcdmedic.verdict.AlarmTold;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A case and its captures in our own format, as {@link JsonOwnCaptures} reads it.
 *
 * @param manifest text of {@code bundle.yaml}
 * @param captures text of {@code captures.json}
 */
public record OwnCapturesText(String manifest, String captures) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .changeDefaultPropertyInclusion(incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Writes it. */
    public static OwnCapturesText of(BundleCase about, List<Capture> captures) {
        return new OwnCapturesText(
                YAML.writeValueAsString(manifest(about)),
                JSON.writeValueAsString(
                        captures.stream().map(OwnCapturesText::item).toList()));
    }

    private static Manifest manifest(BundleCase about) {
        var window = about.window();
        Word first = word(about.told());
        return new Manifest(
                new Alarm(
                        about.instance().value(),
                        about.named().value(),
                        window.alarmedAt().atOffset(ZoneOffset.UTC),
                        first.clusterStatus(),
                        first.vmEvents()),
                InstanceDocument.of(new Instance(
                        about.instance(),
                        about.instance().value(),
                        about.nodes().stream().map(CaseNode::node).toList())),
                new Window(
                        Duration.between(window.from(), window.alarmedAt()),
                        Duration.between(window.alarmedAt(), window.to())),
                about.nodes().stream()
                        .filter(node -> node.notIn().isPresent())
                        .collect(Collectors.toMap(
                                node -> node.node().id().value(),
                                OwnCapturesText::obstructed,
                                (one, other) -> one,
                                TreeMap::new)),
                about.nodes().stream()
                        .collect(Collectors.toMap(
                                node -> node.node().id().value(),
                                node -> new Stay(node.visited(), node.zone().getId(), node.zoneBy()),
                                (one, other) -> one,
                                TreeMap::new)),
                about.toldOfOthers()
                        .map(others -> others.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        told -> word(told.getValue()),
                                        (one, other) -> one,
                                        TreeMap::new)))
                        .orElse(null),
                about.packaged()
                        .map(from -> new Source(from.diagnosis(), from.product(), from.knowledge()))
                        .orElse(null));
    }

    private static Obstructed obstructed(CaseNode node) {
        var notIn = node.notIn().orElseThrow();
        return new Obstructed(
                notIn.obstacle(), notIn.detail(), notIn.hostAnswers().orElse(null));
    }

    private static Word word(AlarmTold told) {
        return new Word(
                told.clusterStatus().orElse(null),
                told.events().stream()
                        .map(event ->
                                new VmEvent(event.kind().name(), event.at().atOffset(ZoneOffset.UTC)))
                        .toList());
    }

    private static Item item(Capture capture) {
        return switch (capture) {
            case Capture.Answer a -> item(a, a.exitStatus(), a.text(), a.errorText(), a.bytes(), a.truncated());
            case Capture.NoAnswer n ->
                new Item(
                        n.id(),
                        n.node().value(),
                        n.question().probe().id().value(),
                        n.question().arguments(),
                        n.command(),
                        n.startedAt(),
                        n.took().toMillis(),
                        null,
                        n.reason(),
                        n.detail(),
                        n.text(),
                        null,
                        n.bytes(),
                        false,
                        n.who().map(Who::login).orElse(null),
                        n.who().map(Who::account).orElse(null),
                        n.who().map(Who::through).orElse(null));
        };
    }

    private static Item item(
            Capture.Answer a,
            Optional<Integer> exitStatus,
            String text,
            String errorText,
            long bytes,
            boolean truncated) {
        return new Item(
                a.id(),
                a.node().value(),
                a.question().probe().id().value(),
                a.question().arguments(),
                a.command(),
                a.startedAt(),
                a.took().toMillis(),
                exitStatus.orElse(null),
                null,
                null,
                text,
                errorText,
                bytes,
                truncated,
                a.who().map(Who::login).orElse(null),
                a.who().map(Who::account).orElse(null),
                a.who().map(Who::through).orElse(null));
    }
}
