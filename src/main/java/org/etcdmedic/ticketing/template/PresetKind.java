package org.etcdmedic.ticketing.template;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.SampleLetter;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Makes targets of one preset. A mistake in a template is found here, by filling it in with two samples, not at the first ticket. */
final class PresetKind implements TargetKind {
    private static final Set<String> ACTIONS = Set.of("open", "update", "resolve");
    private static final Set<String> LINK_NAMES = Set.of("reference");

    private final String name;
    private final Preset preset;

    PresetKind(String name, Preset preset) {
        this.name = name;
        this.preset = preset;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean needsSecret() {
        return preset.secret();
    }

    @Override
    public Target target(Wishes wishes) throws Misconfigured {
        var mistakes = new ArrayList<String>();
        Map<String, String> settings = settings(wishes.settings(), mistakes);
        Set<String> names = Variables.names(preset);
        var headers = new TreeMap<String, Template>();
        preset.sharedHeaders()
                .forEach((header, text) -> template("headers." + header, text, Escape.HEADER, names, mistakes)
                        .ifPresent(template -> headers.put(header, template)));
        Map<String, PresetTarget.CompiledStep> steps = steps(wishes.bodies(), names, mistakes);
        Limits own = preset.bounds();
        var target = new PresetTarget(
                preset,
                new Limits(own.bodyBytes(), wishes.ratesOr(own.rates()), own.searchLag()),
                settings,
                headers,
                steps);
        if (mistakes.isEmpty()) {
            tryOut(target, mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
        return target;
    }

    private Map<String, String> settings(Map<String, String> said, List<String> mistakes) {
        var settings = new HashMap<String, String>();
        preset.ownSettings().forEach((key, setting) -> {
            String value = said.get(key);
            if (value == null) {
                value = setting.usual();
            }
            if (value == null) {
                mistakes.add("settings." + key + " is missing");
            } else if (setting.pattern() != null
                    && !value.equals(setting.usual())
                    && !value.matches(setting.pattern())) {
                mistakes.add("settings." + key + " does not look like " + setting.pattern());
            } else {
                settings.put(key, value);
            }
        });
        new TreeSet<>(said.keySet())
                .stream()
                        .filter(key -> !preset.ownSettings().containsKey(key))
                        .forEach(key -> mistakes.add("settings." + key + " is not known to the preset " + name));
        return settings;
    }

    private Map<String, PresetTarget.CompiledStep> steps(
            Map<String, String> bodies, Set<String> names, List<String> mistakes) {
        bodies.keySet().stream()
                .filter(action -> !ACTIONS.contains(action) || !preset.steps().containsKey(action))
                .sorted()
                .forEach(action ->
                        mistakes.add("templates." + action + " is no action that the preset " + name + " describes"));
        var steps = new HashMap<String, PresetTarget.CompiledStep>();
        preset.steps().forEach((action, described) -> {
            Preset.Step step = described.with(bodies.getOrDefault(action, bodyOf(action, described, bodies)));
            Optional<Template> path = template(action + ".path", step.path(), Escape.ADDRESS, names, mistakes);
            Optional<Template> body = Optional.ofNullable(step.body())
                    .flatMap(text -> template("templates." + action, text, Escape.JSON, names, mistakes));
            pointers(action, step, mistakes);
            Optional<Template> link = Optional.ofNullable(step.reference())
                    .flatMap(at -> Optional.ofNullable(at.path()))
                    .flatMap(text -> template(action + ".reference.path", text, Escape.ADDRESS, linkNames(), mistakes));
            path.ifPresent(compiled -> steps.put(action, new PresetTarget.CompiledStep(step, compiled, body, link)));
        });
        return steps;
    }

    /** What is told like the opening has the opening's text. */
    private @Nullable String bodyOf(String action, Preset.Step described, Map<String, String> bodies) {
        return preset.toldLikeOpen(action) ? bodies.getOrDefault("open", described.body()) : described.body();
    }

    private Set<String> linkNames() {
        var names = new TreeSet<>(LINK_NAMES);
        preset.ownSettings().keySet().forEach(key -> names.add("settings." + key));
        return names;
    }

    private static void pointers(String action, Preset.Step step, List<String> mistakes) {
        var pointers = new ArrayList<String>();
        Optional.ofNullable(step.successOrUsual().pointer()).ifPresent(pointers::add);
        Optional.ofNullable(step.reference()).ifPresent(at -> {
            pointers.add(at.id());
            Optional.ofNullable(at.link()).ifPresent(pointers::add);
        });
        for (String pointer : pointers) {
            try {
                JsonPointer.compile(pointer);
            } catch (IllegalArgumentException none) {
                mistakes.add(action + ": " + pointer + " is not a JSON pointer");
            }
        }
    }

    private static Optional<Template> template(
            String where, String text, Escape escape, Set<String> names, List<String> mistakes) {
        var found = new ArrayList<String>();
        Optional<Template> template = Template.of(text, escape, names, found);
        found.forEach(mistake -> mistakes.add(where + ": " + mistake));
        return template;
    }

    private void tryOut(Target target, List<String> mistakes) {
        var access = new Access(URI.create("https://target.example"), List.of("secret"));
        for (Action action : Action.values()) {
            for (boolean full : List.of(true, false)) {
                var errand = new Errand(
                        SampleLetter.of(full),
                        action,
                        Optional.of(new Reference("1", Optional.empty())),
                        "msg_sample",
                        SampleLetter.AT);
                try {
                    target.write(errand, access);
                    if (action == Action.OPEN) {
                        target.find(errand, access);
                    }
                } catch (Target.Unwritable wrong) {
                    String mistake = "templates." + action.name().toLowerCase(Locale.ROOT) + ": " + wrong.getMessage();
                    if (!mistakes.contains(mistake)) {
                        mistakes.add(mistake);
                    }
                }
            }
        }
    }
}
