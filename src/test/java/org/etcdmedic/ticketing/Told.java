package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.testing.TargetStandIn.Received;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request of ours, to be held against that of somebody else's library which was told to do the same. */
record Told(Request request) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Letters that a library is tried with: one in Chinese, and one in which everything is hostile. */
    static Stream<Letter> letters() {
        return Stream.of(
                Letters.usual(Locale.SIMPLIFIED_CHINESE, Letter.Event.COMPLETED, 1),
                Letters.saying(String.join(" ", Letters.HOSTILE)));
    }

    /** What this target is sent to do this with its ticket 17. */
    static Told by(String name, Map<String, String> settings, URI address, Letter letter, Action action)
            throws Unwritable {
        Target target = settings.isEmpty() ? AllTargets.of(name) : AllTargets.of(name, settings);
        Optional<Reference> known =
                action == Action.OPEN ? Optional.empty() : Optional.of(new Reference("17", Optional.empty()));
        return new Told(
                target.write(new Errand(letter, action, known, "msg_1", Letters.AT), AllTargets.access(name, address))
                        .orElseThrow());
    }

    JsonNode body() {
        return JSON.readTree(request.body().orElseThrow());
    }

    /** A text of the body, which has to be there. */
    String text(String pointer) {
        JsonNode value = body().at(pointer);
        assertThat(value.isString()).as(pointer).isTrue();
        return value.asString();
    }

    /** The library went to the same place, with the same body to the last field, and as the same kind of text. */
    void isAsTheLibraryTells(Received theirs) {
        goesWhereTheLibraryGoes(theirs);
        assertThat(body()).isEqualTo(withoutEmpty(theirs.body()));
        assertThat(theirs.header("content-type")).startsWith("application/json");
        assertThat(request.headers().get("Content-Type")).startsWith("application/json");
    }

    /** The library went to the same place. The order of a query, and a slash at the end of a path, mean nothing. */
    void goesWhereTheLibraryGoes(Received theirs) {
        URI to = URI.create(theirs.path());
        assertThat(request.method().name()).isEqualTo(theirs.method());
        assertThat(request.address().getRawPath()).isEqualTo(to.getRawPath().replaceAll("/$", ""));
        assertThat(query(request.address())).isEqualTo(query(to));
    }

    private static Map<String, String> query(URI address) {
        return address.getQuery() == null
                ? Map.of()
                : Arrays.stream(address.getRawQuery().replace("+", "%20").split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, two) -> two, TreeMap::new));
    }

    /** Some libraries also write lists and objects with nothing in them, which tell a target nothing. */
    static JsonNode withoutEmpty(String json) {
        return withoutEmpty(JSON.readTree(json));
    }

    private static JsonNode withoutEmpty(JsonNode node) {
        Function<JsonNode, Boolean> says = it -> it.isValueNode() || !it.isEmpty();
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode kept = JSON.createObjectNode();
                object.properties().forEach(field -> {
                    JsonNode value = withoutEmpty(field.getValue());
                    if (says.apply(value)) {
                        kept.set(field.getKey(), value);
                    }
                });
                yield kept;
            }
            case ArrayNode array -> {
                ArrayNode kept = JSON.createArrayNode();
                array.forEach(item -> kept.add(withoutEmpty(item)));
                yield kept;
            }
            default -> node;
        };
    }
}
