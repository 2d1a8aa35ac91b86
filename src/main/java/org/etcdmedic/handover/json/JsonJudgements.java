package org.etcdmedic.handover.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.etcdmedic.handover.Judgements;
import org.etcdmedic.verdict.Judgement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Judgements as trees of JSON: whatever is added to one later is walked, too. */
public final class JsonJudgements implements Judgements {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Words of our own: codes, states and references, which no machine is called by. */
    private static final Set<String> OUR_OWN = Set.of(
            "id",
            "cause",
            "effects",
            "others",
            "explainedBy",
            "family",
            "outcome",
            "state",
            "kind",
            "check",
            "checks",
            "lane",
            "what",
            "capture",
            "knowledgeVersion",
            "actor",
            "risk",
            "at",
            "until",
            "finding",
            "findings",
            "effect",
            "how",
            "probe",
            "gap",
            "plane",
            "ping",
            "peerPort",
            "clientPort",
            "ssh",
            "etcd");

    /** Lists of those names hold more than references. */
    private static final Set<String> WALKED = Set.of("findings");

    @Override
    public List<String> texts(Judgement judgement) {
        var texts = new ArrayList<String>();
        changed(judgement, text -> {
            texts.add(text);
            return text;
        });
        return texts;
    }

    @Override
    public Judgement changed(Judgement judgement, UnaryOperator<String> change) {
        return JSON.treeToValue(changed(JSON.<JsonNode>valueToTree(judgement), change, true), Judgement.class);
    }

    private static JsonNode changed(JsonNode node, UnaryOperator<String> change, boolean ourWords) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.forEachEntry((name, value) -> {
                    boolean stays = ourWords && OUR_OWN.contains(name) && !holdsMore(name, value);
                    // What a statement is filled with may be called anything.
                    copy.set(name, stays ? value : changed(value, change, ourWords && !name.equals("variables")));
                });
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(item -> copy.add(changed(item, change, ourWords)));
                yield copy;
            }
            default -> node.isString() ? JSON.getNodeFactory().stringNode(change.apply(node.stringValue())) : node;
        };
    }

    /** A list of findings themselves, and not of references to some. */
    private static boolean holdsMore(String name, JsonNode value) {
        return WALKED.contains(name) && value.path(0).isObject();
    }

    @Override
    public String verdict(Judgement judgement) {
        ObjectNode tree = JSON.valueToTree(judgement);
        tree.remove(List.of("findings", "timeline"));
        return JSON.writeValueAsString(tree);
    }

    @Override
    public String findings(Judgement judgement) {
        return JSON.writeValueAsString(judgement.findings());
    }

    @Override
    public String timeline(Judgement judgement) {
        return JSON.writeValueAsString(judgement.timeline());
    }
}
