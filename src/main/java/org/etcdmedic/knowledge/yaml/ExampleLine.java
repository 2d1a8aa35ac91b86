package org.etcdmedic.knowledge.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.LogLine.Dialect;
import org.etcdmedic.evidence.Source;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts the head off an example line, as far as its message and fields are concerned. Times do not matter here: an example
 * is never evidence.
 */
final class ExampleLine {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern CAPNSLOG = Pattern.compile(
            "^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{6}(?: \\[[^\\]]+\\])? (?<level>[TDINWEC]) \\| (?:(?<origin>[\\w/-]+): )?(?<message>.*)$");
    private static final Pattern RAFT = Pattern.compile(
            "^(?<origin>raft)\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2} (?<level>DEBUG|INFO|WARN|ERROR|FATAL): (?<message>.*)$");
    private static final Pattern GRPC = Pattern.compile(
            "^(?<level>(?:(?:INFO|WARNING|ERROR|FATAL): )?)\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2} (?:(?:INFO|WARNING|ERROR|FATAL): )?(?<origin>)(?<message>.*)$");
    private static final Pattern CM = Pattern.compile(
            "^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}(?: \\S+)? tid=\\d+\\s+(?:(?<origin>\\S+)\\s+)?(?<level>DEBUG5|DEBUG1|WARNING|LOG|ERROR|FATAL): (?<message>.*)$");
    private static final Pattern OM = Pattern.compile(
            "^\\[\\d{4}-\\d{2}-\\d{2} [\\d:.]+\\](?:\\[[^\\]]*\\]){0,2}\\[(?<origin>gs_\\w+)\\]\\[(?<level>LOG|DEBUG|WARNING|ERROR|FATAL)\\](?:\\[[^\\]]*\\])?:(?<message>.*)$");
    private static final Map<Dialect, Pattern> HEADS =
            Map.of(Dialect.CAPNSLOG, CAPNSLOG, Dialect.RAFT, RAFT, Dialect.GRPC, GRPC, Dialect.CM, CM, Dialect.OM, OM);

    private ExampleLine() {}

    static LogLine of(String text) {
        Optional<LogLine> zap = text.startsWith("{") ? zap(text) : Optional.empty();
        if (zap.isPresent()) {
            return zap.get();
        }
        for (Map.Entry<Dialect, Pattern> head : HEADS.entrySet()) {
            Matcher matcher = head.getValue().matcher(text);
            if (matcher.matches()) {
                String origin = matcher.group("origin");
                return line(head.getKey(), origin == null ? "" : origin, matcher.group("message"), Map.of(), text);
            }
        }
        return line(Dialect.RAW, "", text, Map.of(), text);
    }

    private static Optional<LogLine> zap(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            var fields = new HashMap<String, String>();
            json.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                fields.put(entry.getKey(), value.isString() ? value.stringValue() : value.toString());
            });
            String message = fields.getOrDefault("msg", "");
            String caller = fields.getOrDefault("caller", "");
            return Optional.of(line(Dialect.ZAP, caller, message, fields, text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static LogLine line(
            Dialect dialect, String origin, String message, Map<String, String> fields, String text) {
        return new LogLine(
                Optional.empty(), false, "", dialect, origin, message, fields, text, Source.line(new UUID(0, 0), 1));
    }
}
