package org.etcdmedic.evidence;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.json.JsonTree;
import org.etcdmedic.probe.Capture;

/**
 * Reads what Prometheus answers to a range query:
 *
 * <pre>
 * {"status":"success","data":{"resultType":"matrix","result":[
 *   {"metric":{"device":"vdb","instance":"192.0.2.11:9100"},"values":[[1795430403,"0.002"],[1795430418,"NaN"]]}]}}
 * </pre>
 *
 * {@code NaN} (a disk that wrote nothing has no latency) and infinite values are no numbers and are left out.
 */
final class MatrixParser {
    private static final int MOST_SERIES = 64;
    private static final int MOST_POINTS = 2_000;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}s");
    private static final Pattern TIME = Pattern.compile("\\d{1,11}(?:\\.\\d{1,9})?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(?:\\.\\d{1,40})?(?:[eE][+-]?\\d{1,3})?");

    private MatrixParser() {}

    /** The metric; empty when the text is no such answer. Times are corrected by how far the answering clock is ahead. */
    static Optional<Metric> parse(Capture.Answer answer, Duration ahead) {
        Optional<JsonTree> tree = JsonTree.object(answer.text())
                .filter(json -> json.at("status").text().equals("success"))
                .filter(json -> json.at("data").at("resultType").text().equals("matrix"))
                .filter(json -> json.at("data").at("result").isList());
        if (tree.isEmpty() || answer.truncated()) {
            return Optional.empty();
        }
        var series = new ArrayList<Metric.Series>();
        List<JsonTree> result = tree.get().at("data").at("result").items();
        for (JsonTree one : result.subList(0, Math.min(MOST_SERIES, result.size()))) {
            series.add(new Metric.Series(
                    one.at("metric").texts(), points(one.at("values").items(), ahead)));
        }
        var warnings = new ArrayList<String>();
        tree.get().at("warnings").items().stream()
                .limit(5)
                .map(JsonTree::text)
                .filter(text -> !text.isEmpty())
                .forEach(warnings::add);
        if (result.size() > MOST_SERIES) {
            warnings.add("only the first " + MOST_SERIES + " of " + result.size() + " series are read");
        }
        var arguments = answer.question().arguments();
        return Optional.of(new Metric(
                arguments.getOrDefault("metric", ""),
                seconds(arguments.getOrDefault("step", "")).plus(seconds(arguments.getOrDefault("range", ""))),
                series,
                warnings));
    }

    private static List<Metric.Point> points(List<JsonTree> values, Duration ahead) {
        var points = new ArrayList<Metric.Point>();
        for (JsonTree pair : values.subList(0, Math.min(MOST_POINTS, values.size()))) {
            String time = pair.at(0).text();
            String value = pair.at(1).text();
            if (TIME.matcher(time).matches() && NUMBER.matcher(value).matches()) {
                Instant at = Instant.ofEpochMilli(
                        new BigDecimal(time).movePointRight(3).longValue());
                double number = Double.parseDouble(value);
                if (Double.isFinite(number)) {
                    points.add(new Metric.Point(at.minus(ahead), number));
                }
            }
        }
        return points;
    }

    private static Duration seconds(String text) {
        return SECONDS.matcher(text).matches()
                ? Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)))
                : Duration.ZERO;
    }
}
