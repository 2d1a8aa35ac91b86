package org.etcdmedic.outside.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.platform.http.SecretFile;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the metrics of the nodes are ({@code medic.prometheus.*}). Without {@code url} nothing is asked.
 *
 * @param url base address, such as {@code https://prometheus.example:9090}
 * @param bearerToken {@code file:/...} that holds a token
 * @param user account of basic authentication
 * @param password {@code file:/...} that holds its password
 * @param sslBundle name of one of {@code spring.ssl.bundle.*}, when its certificate is not one that Java trusts
 * @param node how a node's exporter is found
 * @param etcd how the metrics of its etcd are found
 * @param queries PromQL by the metric's name, in place of the shipped one; empty switches it off
 * @param times spans of time
 */
@ConfigurationProperties(prefix = "medic.prometheus", ignoreUnknownFields = false)
public record PrometheusSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String bearerToken,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("") String sslBundle,
        @DefaultValue Selector node,
        @DefaultValue EtcdSelector etcd,
        @DefaultValue Map<String, String> queries,
        @DefaultValue Times times) {

    /** A label and the value that it has: {@code {host} {nodeId} {vmId} {etcdAddress} {etcdClientPort}} are filled in. */
    public record Selector(
            @DefaultValue("instance") String label,
            @DefaultValue("{host}:9100") String value) {}

    /** The same for etcd's own metrics, which it serves on its client port unless told otherwise. */
    public record EtcdSelector(
            @DefaultValue("instance") String label,
            @DefaultValue("{etcdAddress}:{etcdClientPort}") String value) {}

    /**
     * Spans of time.
     *
     * @param baseline so much of the time before the evidence window is asked for too, to compare with
     * @param step distance of two values
     * @param range range of rates; four times the scrape interval, at least
     * @param limit of one exchange
     */
    public record Times(
            @DefaultValue("30m") Duration baseline,
            @DefaultValue("15s") Duration step,
            @DefaultValue("1m") Duration range,
            @DefaultValue("5s") Duration limit) {}

    /** Refuses settings that cannot work, and says everything that is wrong at once, no value repeated. */
    public PrometheusSettings {
        queries = Map.copyOf(queries);
        List<String> problems = new ArrayList<>();
        if (!url.isEmpty() && !isBase(url)) {
            problems.add("medic.prometheus.url is not http(s)://host[:port][/path] without an account");
        }
        if (!bearerToken.isEmpty() && SecretFile.at(bearerToken).isEmpty()) {
            problems.add("medic.prometheus.bearer-token is not file:/...");
        }
        if (!password.isEmpty() && SecretFile.at(password).isEmpty()) {
            problems.add("medic.prometheus.password is not file:/...");
        }
        if (user.isEmpty() != password.isEmpty()) {
            problems.add("medic.prometheus.user and .password belong together");
        }
        if (!user.isEmpty() && !bearerToken.isEmpty()) {
            problems.add("medic.prometheus has both a bearer-token and a user");
        }
        for (String label : List.of(node.label(), etcd.label())) {
            if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]{0,63}")) {
                problems.add("medic.prometheus has a label that is none");
            }
        }
        queries.keySet().stream()
                .filter(id -> !id.matches("[a-z][a-z0-9-]{1,40}"))
                .forEach(id -> problems.add("medic.prometheus.queries has a name that is not lower-case words"));
        limited(times.baseline(), "baseline", Duration.ZERO, Duration.ofHours(24), problems);
        limited(times.step(), "step", Duration.ofSeconds(1), Duration.ofMinutes(5), problems);
        limited(times.range(), "range", Duration.ofSeconds(1), Duration.ofMinutes(30), problems);
        limited(times.limit(), "limit", Duration.ofMillis(100), Duration.ofSeconds(20), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static boolean isBase(String url) {
        try {
            URI base = URI.create(url);
            return ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
                    && base.getHost() != null
                    && base.getUserInfo() == null
                    && base.getQuery() == null
                    && base.getFragment() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static void limited(Duration value, String key, Duration least, Duration most, List<String> problems) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add("medic.prometheus.times." + key + " is not " + least + " to " + most);
        }
    }

    Optional<SecretFile> bearerTokenFile() {
        return SecretFile.at(bearerToken);
    }

    Optional<SecretFile> passwordFile() {
        return SecretFile.at(password);
    }
}
