package org.etcdmedic.ticketing.template;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etcdmedic.ticketing.markup.Marked;
import org.etcdmedic.ticketing.markup.Markup;
import org.etcdmedic.ticketing.target.Cut;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * A file {@code targets/NAME.yaml}: how a target is told of tickets. Names of variables are those of {@link Variables}.
 *
 * <pre>
 * manner: TICKET                  # TICKET, MESSAGE or EVENT
 * source: where this is specified
 * secret: true                    # it cannot do without one
 * settings:                       # what the operator says; those without a usual value must be said
 *   project: {pattern: "[A-Z][A-Z0-9_]{1,19}"}
 *   type: {pattern: ".{1,60}", usual: Task}
 * limits: {bytes: 65536, rates: [10/1s], searchLag: 2m}       # what was just opened may not be found for so long; at once unless said otherwise
 * markup: JIRA                    # how the variable marked is written, the whole letter; PLAIN unless said otherwise
 * maps:                           # what the target calls things; {{map.urgency}} then
 *   urgency: {from: severity, to: {CRITICAL: "1", MAJOR: "2"}, usual: "3"}
 * limited: {status: 403, pointer: /message, pattern: "(?i).*rate limit.*"}     # not a refusal: it passes
 * cut: {title: {characters: 255}, marked: {bytes: 30000}}
 * headers: {Authorization: "Bearer {{secret}}"}
 * open:
 *   method: POST
 *   path: /rest/api/2/issue       # behind the configured address; may have a query
 *   body: |                       # JSON; values are escaped for a JSON string
 *     {"fields": {"summary": "{{title}}"}}
 *   success:                      # 2xx, unless said otherwise
 *     statuses: [201]
 *     pointer: /code              # and what stands there is one of these
 *     values: ["0"]
 *     later: ["11232"]            # these pass: it is tried again
 *   reference: {id: /key, path: "/browse/{{reference}}"}    # or link: /html_url
 * update: {method: POST, path: "/rest/api/2/issue/{{reference}}/comment", body: ...}
 * resolve: {...}                  # an action that is not described is not told, or told like open where manner is MESSAGE
 * find: {method: GET, path: "...{{marker}}...", reference: {id: /issues/0/key}}   # nothing at id: there is none
 * </pre>
 */
@JsonIgnoreProperties(ignoreUnknown = false)
record Preset(
        Manner manner,
        String source,
        boolean secret,
        @Nullable Map<String, Setting> settings,
        @Nullable Bounds limits,
        @Nullable Markup markup,
        @Nullable Map<String, Mapping> maps,
        @Nullable Limited limited,
        @Nullable Map<String, Length> cut,
        @Nullable Map<String, String> headers,
        Step open,
        @Nullable Step update,
        @Nullable Step resolve,
        @Nullable Step find) {

    /** The steps that are described, by the name of their action. */
    Map<String, Step> steps() {
        var steps = new TreeMap<String, Step>();
        steps.put("open", open);
        put(steps, "update", toldLikeOpen("update") ? open : update);
        put(steps, "resolve", toldLikeOpen("resolve") ? open : resolve);
        put(steps, "find", find);
        return steps;
    }

    private static void put(Map<String, Step> steps, String name, @Nullable Step step) {
        if (step != null) {
            steps.put(name, step);
        }
    }

    /** Whether this action is one more message like the first. */
    boolean toldLikeOpen(String action) {
        return manner == Manner.MESSAGE
                && switch (action) {
                    case "update" -> update == null;
                    case "resolve" -> resolve == null;
                    default -> false;
                };
    }

    Map<String, Setting> ownSettings() {
        return settings == null ? Map.of() : settings;
    }

    Markup markupOrPlain() {
        return markup == null ? Markup.PLAIN : markup;
    }

    Map<String, Mapping> mappings() {
        return maps == null ? Map.of() : maps;
    }

    Map<String, Length> cuts() {
        return cut == null ? Map.of() : cut;
    }

    Map<String, String> sharedHeaders() {
        return headers == null ? Map.of() : headers;
    }

    Limits bounds() {
        return limits == null
                ? new Limits(USUAL_BYTES, List.of(Limits.Rate.of(USUAL_RATE)))
                : new Limits(
                        limits.bytes(),
                        limits.rates().stream().map(Limits.Rate::of).toList(),
                        limits.searchLag() == null ? Duration.ZERO : DurationStyle.SIMPLE.parse(limits.searchLag()));
    }

    private static final int USUAL_BYTES = 256 * 1024;
    private static final String USUAL_RATE = "10/1s";

    /** What an operator says: what it has to look like, and what it is when nothing is said. */
    record Setting(@Nullable String pattern, @Nullable String usual) {}

    /** How much it bears. */
    record Bounds(int bytes, List<String> rates, @Nullable String searchLag) {}

    /** What the target says for a value of ours. */
    record Mapping(String from, Map<String, String> to, String usual) {
        String of(String value) {
            return to.getOrDefault(value, usual);
        }
    }

    /** A status that means too many requests only when this stands in the answer. */
    record Limited(int status, String pointer, String pattern) {}

    /** The longest that a value may be. */
    record Length(@Nullable Integer characters, @Nullable Integer bytes) {
        /** The whole letter, cut at whole lines. */
        String marked(Markup markup, Letter letter) {
            return bytes == null
                    ? Marked.characters(markup, letter, characters == null ? Integer.MAX_VALUE : characters)
                    : Marked.bytes(markup, letter, bytes);
        }

        String cut(String text) {
            String shorter = characters == null ? text : Cut.characters(text, characters);
            return bytes == null ? shorter : Cut.bytes(shorter, bytes);
        }
    }

    /** One request, and what its answer means. */
    record Step(
            Request.Method method,
            String path,
            @Nullable String body,
            @Nullable Success success,
            @Nullable ReferenceAt reference) {
        /** The same with another body. */
        Step with(@Nullable String other) {
            return new Step(method, path, other, success, reference);
        }

        Success successOrUsual() {
            return success == null ? new Success(null, null, null, null) : success;
        }
    }

    /** What is acceptance: one of these statuses, and one of these values at that JSON pointer. */
    record Success(
            @Nullable List<Integer> statuses,
            @Nullable String pointer,
            @Nullable List<String> values,
            @Nullable List<String> later) {}

    /** Where the answer has the ticket's identifier, and its page: in the answer too, or by a path behind the configured address. */
    record ReferenceAt(
            String id, @Nullable String link, @Nullable String path) {}
}
