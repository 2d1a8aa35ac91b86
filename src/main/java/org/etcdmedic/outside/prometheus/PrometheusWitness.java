package org.etcdmedic.outside.prometheus;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.outside.OutsideCaptures;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.SecretFile;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;

/** Row O4: the metrics of the time of the alarm, and of some time before it to compare with. One range query for each metric. */
final class PrometheusWitness implements Witness {
    static final String METRIC = "metric";

    /** Twelve series of two hundred points take less than a tenth of it. */
    private static final int BYTE_LIMIT = 1_048_576;

    /** Of what it answers to a question that is only to see whether it does. */
    private static final int TROUBLE_LIMIT = 4_096;

    /** Prometheus itself refuses more than 11000 points; so many show everything. */
    private static final long MOST_POINTS = 1_000;

    /** Queries side by side over all diagnoses: Prometheus runs twenty at once for all its users. */
    private static final int MOST_QUERIES = 6;

    private static final int ETCD_CLIENT_PORT = 2379;

    private final PrometheusSettings settings;
    private final List<MetricQuery> queries;
    private final Courier courier;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST_QUERIES);

    PrometheusWitness(PrometheusSettings settings, List<MetricQuery> queries, Courier courier, InstantSource clock) {
        this.settings = settings;
        this.queries = queries;
        this.courier = courier;
        this.clock = clock;
    }

    @Override
    public List<Question> questions(Node node, Span span) {
        if (settings.url().isEmpty()) {
            return List.of();
        }
        Instant start = span.from().minus(settings.times().baseline());
        long seconds = Math.max(1, Duration.between(start, span.to()).toSeconds());
        long step = Math.max(settings.times().step().toSeconds(), Math.ceilDiv(seconds, MOST_POINTS));
        String range = settings.times().range().toSeconds() + "s";
        return queries.stream()
                .map(query -> OutsideCaptures.question(
                        METRIC,
                        List.of("O4"),
                        BYTE_LIMIT,
                        Map.of(
                                "metric", query.id(),
                                "needed", String.valueOf(query.needed()),
                                "query", filled(query, node, range),
                                "start", String.valueOf(start.getEpochSecond()),
                                "end", String.valueOf(span.to().getEpochSecond()),
                                "step", step + "s",
                                "range", range)))
                .toList();
    }

    @Override
    public Capture ask(Node node, Question question, Span span) {
        try {
            long left = Duration.between(clock.instant(), span.deadline()).toMillis();
            if (!places.tryAcquire(Math.max(0, left), TimeUnit.MILLISECONDS)) {
                return OutsideCaptures.unasked(
                        node, question, clock.instant(), "it was not this query's turn before the deadline");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OutsideCaptures.unasked(node, question, clock.instant(), "interrupted");
        }
        try {
            return OutsideCaptures.of(
                    node, question, courier.get(address(question.arguments()), BYTE_LIMIT, this::authenticate));
        } finally {
            places.release();
        }
    }

    @Override
    public Optional<String> name() {
        return settings.url().isEmpty() ? Optional.empty() : Optional.of("prometheus");
    }

    @Override
    public Optional<String> trouble() {
        URI address = UriComponentsBuilder.fromUriString(settings.url())
                .path("/api/v1/query")
                .queryParam("query", "vector(1)")
                .build()
                .toUri();
        return OutsideCaptures.trouble(courier.get(address, TROUBLE_LIMIT, this::authenticate));
    }

    private URI address(Map<String, String> arguments) {
        return UriComponentsBuilder.fromUriString(settings.url())
                .path("/api/v1/query_range")
                .queryParam("query", "{query}")
                .queryParam("start", "{start}")
                .queryParam("end", "{end}")
                .queryParam("step", "{step}")
                .encode()
                .buildAndExpand(arguments)
                .toUri();
    }

    private void authenticate(HttpHeaders headers) {
        settings.bearerTokenFile().flatMap(SecretFile::read).ifPresent(headers::setBearerAuth);
        settings.passwordFile()
                .flatMap(SecretFile::read)
                .ifPresent(password -> headers.setBasicAuth(settings.user(), password));
    }

    private String filled(MetricQuery query, Node node, String range) {
        return query.query()
                .replace(
                        "{{node}}",
                        matcher(settings.node().label(), settings.node().value(), node))
                .replace(
                        "{{etcd}}",
                        matcher(settings.etcd().label(), settings.etcd().value(), node))
                .replace("{{range}}", range);
    }

    /** One matcher. The value is a PromQL text, whatever stands in the inventory. */
    private static String matcher(String label, String template, Node node) {
        String host = node.host().contains(":") ? "[" + node.host() + "]" : node.host();
        String value = template.replace("{host}", host)
                .replace("{nodeId}", node.id().value())
                .replace("{vmId}", Optional.ofNullable(node.vmId()).orElse(""))
                .replace(
                        "{etcdAddress}",
                        Optional.ofNullable(node.etcd().address()).orElse(host))
                .replace(
                        "{etcdClientPort}",
                        String.valueOf(Objects.requireNonNullElse(node.etcd().clientPort(), ETCD_CLIENT_PORT)));
        return label + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
    }
}
