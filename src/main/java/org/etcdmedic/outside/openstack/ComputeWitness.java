package org.etcdmedic.outside.openstack;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.outside.OutsideCaptures;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows V1 to V3: how a node's virtual machine stands, what was asked of it, and how it was moved. */
final class ComputeWitness implements Witness {
    private static final int BYTE_LIMIT = 1_048_576;
    private static final int MOST_AT_ONCE = 6;

    /** So many actions near an alarm are looked at in detail. */
    private static final int MOST_DETAILS = 8;

    /** An action that began so long before the window may have ended in it. */
    private static final Duration LONGEST_ACTION = Duration.ofHours(1);

    /**
     * Microversions, best first: 2.59 tells when an action was last changed, and more of migrations; 2.23 tells the kind of
     * a migration; the empty one is asked for without saying.
     */
    private static final List<String> VERSIONS = List.of("2.59", "2.23", "");

    private static final int NOT_ACCEPTABLE = 406;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What of a server is kept: no user data, no metadata, no password stands among it. */
    private static final List<String> SERVER_FIELDS = List.of(
            "id",
            "name",
            "status",
            "created",
            "updated",
            "hostId",
            "fault",
            "OS-EXT-STS:task_state",
            "OS-EXT-STS:vm_state",
            "OS-EXT-STS:power_state",
            "OS-EXT-SRV-ATTR:host",
            "OS-SRV-USG:launched_at",
            "OS-SRV-USG:terminated_at");

    private final ComputeSettings settings;
    private final TokenDesk tokens;
    private final Courier courier;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /** Place in {@link #VERSIONS}; only grows. */
    private volatile int version = 0;

    ComputeWitness(ComputeSettings settings, TokenDesk tokens, Courier courier, InstantSource clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.courier = courier;
        this.clock = clock;
    }

    @Override
    public List<Question> questions(Node node, Span span) {
        String machine = node.vmId();
        // A name made of dots would be a step in the address.
        if (settings.identityUrl().isEmpty() || machine == null || machine.matches("\\.+")) {
            return List.of();
        }
        return Stream.of("compute-server", "compute-actions", "compute-migrations")
                .map(id -> OutsideCaptures.question(id, List.of("V1", "V3"), BYTE_LIMIT, Map.of("vmId", machine)))
                .toList();
    }

    @Override
    public List<Question> more(Node node, Capture answer, Span span) {
        if (!(answer instanceof Capture.Answer actions)
                || !actions.question().probe().id().value().equals("compute-actions")) {
            return List.of();
        }
        String machine = actions.question().arguments().getOrDefault("vmId", "");
        return tree(actions.text()).stream()
                .flatMap(tree -> tree.path("instanceActions").valueStream())
                .filter(action -> started(action)
                        .filter(at -> at.isAfter(span.from().minus(LONGEST_ACTION)))
                        .isPresent())
                .map(action -> action.path("request_id").stringValue(""))
                .filter(id -> id.matches("[A-Za-z0-9-]{1,64}"))
                .distinct()
                .limit(MOST_DETAILS)
                .map(id -> OutsideCaptures.question(
                        "compute-action", List.of("V3"), BYTE_LIMIT, Map.of("vmId", machine, "requestId", id)))
                .toList();
    }

    @Override
    public Capture ask(Node node, Question question, Span span) {
        try {
            long left = Duration.between(clock.instant(), span.deadline()).toMillis();
            if (!places.tryAcquire(Math.max(0, left), TimeUnit.MILLISECONDS)) {
                return OutsideCaptures.unasked(
                        node, question, clock.instant(), "it was not this question's turn before the deadline");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OutsideCaptures.unasked(node, question, clock.instant(), "interrupted");
        }
        try {
            return OutsideCaptures.of(node, question, withToken(held -> get(question, held)));
        } finally {
            places.release();
        }
    }

    @Override
    public Optional<String> name() {
        return settings.identityUrl().isEmpty() ? Optional.empty() : Optional.of("compute");
    }

    @Override
    public Optional<String> trouble() {
        return OutsideCaptures.trouble(
                withToken(held -> get(URI.create(held.computeUrl() + "/servers?limit=1"), held)));
    }

    /** A token can end or be withdrawn at any time: one that is not taken is replaced, once. */
    private Exchange withToken(Function<TokenDesk.Held, Exchange> get) {
        TokenDesk.Token token = tokens.token(Optional.empty());
        if (token instanceof TokenDesk.Held held) {
            Exchange exchange = get.apply(held);
            if (status(exchange) != 401) {
                return exchange;
            }
            token = tokens.token(Optional.of(held));
        }
        return switch (token) {
            case TokenDesk.Held held -> get.apply(held);
            case TokenDesk.Refused(Exchange exchange) -> exchange;
        };
    }

    private Exchange get(Question question, TokenDesk.Held held) {
        Exchange exchange = get(URI.create(held.computeUrl() + path(question)), held);
        return question.probe().id().value().equals("compute-server") ? pruned(exchange) : exchange;
    }

    /** In the newest version that it takes. */
    private Exchange get(URI address, TokenDesk.Held held) {
        Exchange exchange = get(address, held, version);
        for (int next = version + 1; status(exchange) == NOT_ACCEPTABLE && next < VERSIONS.size(); next++) {
            exchange = get(address, held, next);
            version = Math.max(version, next);
        }
        return exchange;
    }

    private Exchange get(URI address, TokenDesk.Held held, int at) {
        return courier.get(address, BYTE_LIMIT, headers -> headers(headers, held, VERSIONS.get(at)));
    }

    private static void headers(HttpHeaders headers, TokenDesk.Held held, String version) {
        headers.set("X-Auth-Token", held.token());
        if (!version.isEmpty()) {
            headers.set("OpenStack-API-Version", "compute " + version);
            headers.set("X-OpenStack-Nova-API-Version", version);
        }
    }

    private static String path(Question question) {
        String machine = question.arguments().getOrDefault("vmId", "");
        return switch (question.probe().id().value()) {
            case "compute-actions" -> "/servers/" + machine + "/os-instance-actions";
            case "compute-action" ->
                "/servers/" + machine + "/os-instance-actions/"
                        + question.arguments().get("requestId");
            case "compute-migrations" -> "/os-migrations?instance_uuid=" + machine;
            default -> "/servers/" + machine;
        };
    }

    private static int status(Exchange exchange) {
        return exchange.reply() instanceof Exchange.Reply.Came came ? came.status() : 0;
    }

    private static Exchange pruned(Exchange exchange) {
        if (!(exchange.reply() instanceof Exchange.Reply.Came came) || came.status() != 200) {
            return exchange;
        }
        String kept = tree(came.body())
                .map(tree -> tree.path("server"))
                .filter(JsonNode::isObject)
                .map(server -> {
                    ObjectNode some = JSON.createObjectNode();
                    SERVER_FIELDS.stream().filter(server::has).forEach(name -> some.set(name, server.get(name)));
                    return JSON.writeValueAsString(JSON.createObjectNode().set("server", some));
                })
                // What is no server is not kept either: it may hold anything.
                .orElse("");
        return new Exchange(exchange.request(), exchange.startedAt(), exchange.took(), came.with(kept));
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> started(JsonNode action) {
        try {
            return Optional.of(LocalDateTime.parse(
                            action.path("start_time").stringValue("").replace(' ', 'T'))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
