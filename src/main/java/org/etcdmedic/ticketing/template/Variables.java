package org.etcdmedic.ticketing.template;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.etcdmedic.ticketing.markup.Markup;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Reference;

/**
 * The values that a template may use. What is not known is an empty text, so that {@code {{#link}}...{{/link}}} stands only where there is
 * one.
 */
final class Variables {
    /** Single values. */
    static final Set<String> NAMES = Set.of(
            "event",
            "action",
            "id",
            "marker",
            "reference",
            "ticket",
            "revision",
            "first",
            "language",
            "diagnosis",
            "instance",
            "alarmedNode",
            "node",
            "severity",
            "outcome",
            "family",
            "cause",
            "owner",
            "alarmedAt",
            "endedAt",
            "now",
            "title",
            "summary",
            "ownerName",
            "severityName",
            "changed",
            "text",
            "markdown",
            "marked",
            "quietTitle",
            "link",
            "report",
            "secret",
            "basic");

    /** Lists, and what each item of {@code steps} has; the others are lists of texts ({@code {{.}}}). */
    private static final Set<String> LISTS =
            Set.of("facts", "steps", "notLooked", "what", "who", "risk", "command", "verify");

    private Variables() {}

    /** Every name that may stand in a template of such a target. */
    static Set<String> names(Preset preset) {
        var names = new TreeSet<>(NAMES);
        names.addAll(LISTS);
        names.add("settings");
        preset.ownSettings().keySet().forEach(name -> names.add("settings." + name));
        preset.mappings().keySet().forEach(name -> names.add("map." + name));
        return names;
    }

    /**
     * Their values for one errand.
     *
     * @param settings what the operator says
     */
    static Map<String, Object> of(Errand errand, Access access, Map<String, String> settings, Preset preset) {
        Letter letter = errand.letter();
        Letter.Matter matter = letter.matter();
        Letter.Words words = letter.words();
        var values = new HashMap<String, Object>();
        values.put("event", letter.event().type());
        values.put("action", errand.action().name());
        values.put("id", errand.id());
        values.put("marker", errand.marker());
        values.put("reference", errand.reference().map(Reference::id).orElse(""));
        values.put("ticket", letter.ticket().toString());
        values.put("revision", String.valueOf(letter.revision()));
        values.put("first", letter.revision() == 1 ? "true" : "");
        values.put("language", letter.language().toLanguageTag());
        values.put("diagnosis", matter.diagnosis().toString());
        values.put("instance", matter.instance());
        values.put("alarmedNode", matter.alarmedNode());
        values.put("node", matter.node().orElse(""));
        values.put("severity", matter.severity().name());
        values.put("outcome", matter.ending().name());
        values.put("family", matter.family().orElse(""));
        values.put("cause", matter.cause().orElse(""));
        values.put("owner", matter.owner().name());
        values.put("alarmedAt", matter.alarmedAt().toString());
        values.put("endedAt", matter.endedAt().toString());
        values.put("now", errand.now().toString());
        values.put("title", words.title());
        values.put("summary", words.summary());
        values.put("ownerName", words.owner());
        values.put("severityName", words.severity());
        values.put("changed", words.changed().orElse(""));
        values.put("text", words.whole());
        values.put("markdown", words.markdown());
        values.put("quietTitle", Markup.quiet(letter));
        values.put("link", letter.links().page().orElse(""));
        values.put("report", letter.links().report().orElse(""));
        values.put("secret", access.secret());
        values.put("basic", basic(settings.getOrDefault("user", ""), access.secret()));
        values.put("facts", words.facts());
        values.put("notLooked", words.notLooked());
        values.put("steps", words.steps().stream().map(Variables::step).toList());
        values.put("settings", settings);
        var mapped = new HashMap<String, String>();
        preset.mappings().forEach((name, map) -> mapped.put(name, map.of(String.valueOf(values.get(map.from())))));
        values.put("map", mapped);
        preset.cuts()
                .forEach((name, length) -> values.computeIfPresent(
                        name, (same, value) -> value instanceof String text ? length.cut(text) : value));
        values.put(
                "marked",
                preset.cuts()
                        .getOrDefault("marked", new Preset.Length(null, null))
                        .marked(preset.markupOrPlain(), letter));
        return values;
    }

    private static Map<String, String> step(Letter.StepWords step) {
        return Map.of(
                "what", step.action(),
                "who", step.who(),
                "risk", step.risk(),
                "command", step.command().orElse(""),
                "verify", step.verify());
    }

    private static String basic(String user, String secret) {
        return Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
