package org.etcdmedic.ticketing.template;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Found;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A target as its preset describes it. */
final class PresetTarget implements Target {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int SHOWN = 60;

    private final Preset preset;
    private final Limits limits;
    private final Map<String, String> settings;
    private final Map<String, Template> headers;
    private final Map<String, CompiledStep> steps;

    /** A step with its templates. */
    record CompiledStep(Preset.Step step, Template path, Optional<Template> body, Optional<Template> linkPath) {}

    PresetTarget(
            Preset preset,
            Limits limits,
            Map<String, String> settings,
            Map<String, Template> headers,
            Map<String, CompiledStep> steps) {
        this.preset = preset;
        this.limits = limits;
        this.settings = Map.copyOf(settings);
        this.headers = new TreeMap<>(headers);
        this.steps = Map.copyOf(steps);
    }

    @Override
    public Manner manner() {
        return preset.manner();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Optional<Request> write(Errand errand, Access access) throws Unwritable {
        return request(steps.get(name(errand.action())), errand, access);
    }

    @Override
    public Optional<Request> find(Errand errand, Access access) throws Unwritable {
        return request(steps.get("find"), errand, access);
    }

    private Optional<Request> request(@Nullable CompiledStep step, Errand errand, Access access) throws Unwritable {
        if (step == null) {
            return Optional.empty();
        }
        Map<String, Object> values = Variables.of(errand, access, settings, preset);
        var written = new LinkedHashMap<String, String>();
        for (var header : headers.entrySet()) {
            written.put(header.getKey(), header.getValue().fill(values));
        }
        Optional<String> body = Optional.empty();
        if (step.body().isPresent()) {
            body = Optional.of(step.body().get().fill(values));
            if (isJson(written)) {
                requireJson(body.get());
            }
        }
        return Optional.of(new Request(
                step.step().method(), behind(access.address(), step.path().fill(values)), written, body, Set.of()));
    }

    private static boolean isJson(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .allMatch(header -> header.getValue().contains("json"));
    }

    private static void requireJson(String body) throws Unwritable {
        try {
            JSON.readTree(body);
        } catch (JacksonException notJson) {
            int line = notJson.getLocation() == null ? 0 : notJson.getLocation().getLineNr();
            throw new Unwritable(
                    "line " + line + ": what comes out is not JSON (" + notJson.getOriginalMessage() + ")");
        }
    }

    /** The path behind a configured address, whose own query, if any, comes first. */
    static URI behind(URI address, String path) throws Unwritable {
        if (!path.isEmpty() && !path.startsWith("/") && !path.startsWith("?")) {
            // Anything else would become part of the host's name.
            throw new Unwritable("the path does not begin with / or ?");
        }
        String base = address.toString();
        int query = base.indexOf('?');
        String before = query < 0 ? base : base.substring(0, query);
        String own = query < 0 ? "" : base.substring(query + 1);
        String start = before.endsWith("/") && path.startsWith("/") ? before.substring(0, before.length() - 1) : before;
        String whole = start + path;
        if (!own.isEmpty()) {
            whole += (whole.contains("?") ? "&" : "?") + own;
        }
        try {
            return URI.create(whole);
        } catch (IllegalArgumentException notAnAddress) {
            throw new Unwritable("the path makes no address");
        }
    }

    @Override
    public Receipt read(Errand errand, Access access, Answer answer) {
        CompiledStep step = steps.get(name(errand.action()));
        if (step == null) {
            return Receipt.ofStatus(answer);
        }
        Preset.Success success = step.step().successOrUsual();
        Receipt byStatus = Receipt.ofStatus(answer);
        if (byStatus instanceof Receipt.Gone && errand.action() != Action.OPEN && manner() == Manner.TICKET) {
            // Of one ticket, such as an issue that somebody deleted. Only an opening speaks to the target as a whole.
            return new Receipt.Refused("status 410: the target has no such ticket any more");
        }
        if (!(byStatus instanceof Receipt.Accepted)) {
            return isLimited(answer)
                    ? new Receipt.RetryLater(answer.retryAfter(), "status " + answer.status() + ": too many requests")
                    : byStatus;
        }
        List<Integer> statuses = success.statuses();
        if (statuses != null && !statuses.contains(answer.status())) {
            return new Receipt.Refused("status " + answer.status() + ", which is not what its interface promises");
        }
        JsonNode json = parsed(answer.body());
        if (success.pointer() != null) {
            String value = json.at(success.pointer()).asString("");
            if (success.later() != null && success.later().contains(value)) {
                return new Receipt.RetryLater(
                        answer.retryAfter(), "status " + answer.status() + ", code " + shown(value));
            }
            if (success.values() == null || !success.values().contains(value)) {
                return new Receipt.Refused("status " + answer.status() + ", code " + shown(value));
            }
        }
        return new Receipt.Accepted(reference(step, json, access).or(errand::reference));
    }

    private boolean isLimited(Answer answer) {
        Preset.Limited limited = preset.limited();
        return limited != null
                && answer.status() == limited.status()
                && (answer.retryAfter().isPresent()
                        || parsed(answer.body())
                                .at(limited.pointer())
                                .asString("")
                                .matches(limited.pattern()));
    }

    /** A code, as far as it is one: an answer can quote the request. */
    private static String shown(String value) {
        return value.isEmpty() ? "missing" : value.matches("[A-Za-z0-9_.:-]{1," + SHOWN + "}") ? value : "that is none";
    }

    private Optional<Reference> reference(CompiledStep step, JsonNode json, Access access) {
        Preset.ReferenceAt at = step.step().reference();
        if (at == null) {
            return Optional.empty();
        }
        String id = json.at(at.id()).asString("");
        Optional<String> link = step.linkPath().isPresent()
                ? linkBehind(step.linkPath().get(), id, access)
                : Optional.ofNullable(at.link()).map(pointer -> json.at(pointer).asString(""));
        return Reference.of(id, link);
    }

    private Optional<String> linkBehind(Template path, String id, Access access) {
        try {
            Map<String, Object> values = Map.of("reference", id, "settings", settings);
            return Optional.of(behind(access.address(), path.fill(values)).toString());
        } catch (Unwritable noLink) {
            return Optional.empty();
        }
    }

    @Override
    public Found found(Errand errand, Access access, Answer answer) {
        CompiledStep step = steps.get("find");
        if (step == null || answer.status() < 200 || answer.status() >= 300) {
            return new Found.Unclear("the search for it: status " + answer.status());
        }
        JsonNode json = parsed(answer.body());
        if (json.isMissingNode()) {
            return new Found.Unclear("the search for it: the answer is not JSON, or too long");
        }
        return reference(step, json, access).<Found>map(Found.There::new).orElseGet(Found.Nowhere::new);
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
