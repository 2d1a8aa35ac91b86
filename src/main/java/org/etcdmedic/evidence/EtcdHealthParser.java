package org.etcdmedic.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.EtcdHealth.Answer;
import org.etcdmedic.evidence.EtcdHealth.Member;
import org.etcdmedic.evidence.EtcdHealth.Raised;
import org.etcdmedic.evidence.EtcdHealth.Status;
import org.etcdmedic.evidence.EtcdHealth.Word;
import org.etcdmedic.evidence.json.FlatObject;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code etcd-health} prints, in whatever order the questions ended; each line bears the name of its
 * question. From etcd 3.4 on the answers are JSON, before that the health is told as text:
 *
 * <pre>
 * own https://198.51.100.1:2379
 * tool /usr/local/core/app/bin/etcdctl
 * certificate /usr/local/core/app/share/sslcert/etcd/client.crt
 * status [{"Endpoint":"https://198.51.100.1:2379","Status":{"header":{"cluster_id":14565263882120753975,"member_id":3982666145420501407,"revision":1,"raft_term":2},"version":"3.4.23","dbSize":20480,"leader":3982666145420501407,"raftIndex":4,"raftTerm":2,"raftAppliedIndex":4,"errors":["memberID:3982666145420501407 alarm:NOSPACE "],"dbSizeInUse":16384}}]
 * exit status 0 https://198.51.100.1:2379
 * members {"header":{"cluster_id":14565263882120753975,"member_id":3982666145420501407},"members":[{"ID":3982666145420501407,"name":"a","peerURLs":["https://198.51.100.1:2380"],"clientURLs":["https://198.51.100.1:2379"]}]}
 * exit members 0 https://198.51.100.1:2379
 * alarms {"header":{"cluster_id":1},"alarms":[{"memberID":3982666145420501407,"alarm":1}]}
 * exit alarms 0 https://198.51.100.1:2379
 * status {"level":"warn","msg":"retrying of unary invoker failed","target":"passthrough:///https://198.51.100.2:2379","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: connection error: desc = \"transport: Error while dialing dial tcp 198.51.100.2:2379: connect: connection refused\""}
 * exit status 1 https://198.51.100.2:2379
 * health [{"endpoint":"https://198.51.100.1:2379","health":true,"took":"2.109096ms"},{"endpoint":"https://198.51.100.2:2379","health":false,"took":"3.000719814s","error":"context deadline exceeded"}]
 * health https://198.51.100.3:2379 is unhealthy: failed to commit proposal: context deadline exceeded
 * exit health 1 https://198.51.100.1:2379,https://198.51.100.2:2379,https://198.51.100.3:2379
 * http HTTP/1.0 200 OK
 * http {"health":"true"}
 * exit http 0 http://198.51.100.1:2379
 * end
 * </pre>
 */
final class EtcdHealthParser {
    private static final Pattern AS_TEXT =
            Pattern.compile("^(https?://\\S{3,300}) is (healthy|unhealthy): (?:[a-z ]{1,60}: )?(.{0,400})");
    private static final Pattern TOOK = Pattern.compile("(?:^|took = )([0-9.]{1,24})(ns|µs|ms|s|m)");
    private static final Pattern ALARM = Pattern.compile("memberID:([0-9]{1,20}) alarm:([A-Z]{1,20})");
    private static final int LONGEST = 300;

    private final Lines lines;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Map<String, Status> statuses = new LinkedHashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final LinkedHashSet<Raised> alarms = new LinkedHashSet<>();
    /** Why a connection failed, by the address that it went to: the client library tells it in a line of its own. */
    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** Whether the tool had no certificate of a client to show. */
    private boolean bare;

    private EtcdHealthParser(Lines lines) {
        this.lines = lines;
    }

    static Optional<EtcdHealth> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        Optional<String> own = lines.value("own");
        boolean whole = lines.count() > 0 && lines.at(lines.count()).equals("end");
        return own.isPresent() && whole && !answer.truncated()
                ? new EtcdHealthParser(lines).read(own.get())
                : Optional.empty();
    }

    private Optional<EtcdHealth> read(String own) {
        for (int number = 1; number <= lines.count(); number++) {
            List<String> words = Words.of(lines.at(number), 2);
            String rest = words.size() > 1 ? words.get(1) : "";
            Source source = lines.source(number);
            switch (words.isEmpty() ? "" : words.getFirst()) {
                case "health" -> health(rest, source);
                case "status" -> status(rest, source);
                case "members" -> members(rest, source);
                case "alarms" -> alarms(rest, source);
                case "http" -> http(own, rest, source);
                case "exit" -> exit(Words.of(rest, 3), source);
                case "certificate" -> bare = rest.equals("none");
                default -> {
                    // Which tool it was asked with, for the reader.
                }
            }
        }
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EtcdHealth(
                own,
                answers.values().stream().map(this::explained).toList(),
                List.copyOf(statuses.values()),
                members,
                List.copyOf(alarms)));
    }

    private void health(String text, Source source) {
        for (Map<String, String> object : FlatObject.list(text)) {
            String endpoint = object.getOrDefault("endpoint", "");
            boolean healthy = object.getOrDefault("health", "").equals("true");
            answer(endpoint, healthy, object.getOrDefault("error", ""), object.getOrDefault("took", ""), source);
        }
        Matcher told = AS_TEXT.matcher(text);
        if (told.find()) {
            boolean healthy = told.group(2).equals("healthy");
            answer(told.group(1), healthy, healthy ? "" : told.group(3), healthy ? told.group(3) : "", source);
        }
    }

    private void answer(String endpoint, boolean healthy, String said, String took, Source source) {
        if (!endpoint.isEmpty()) {
            Word word = healthy ? Word.HEALTHY : Word.NOT_TOLD;
            answers.put(endpoint, new Answer(endpoint, word, Lines.cut(said, LONGEST), duration(took), source));
        }
    }

    private void status(String text, Source source) {
        for (Map<String, String> object : FlatObject.list(text)) {
            String endpoint = object.getOrDefault("Endpoint", "");
            Map<String, String> status = object(object.get("Status"));
            Map<String, String> header = object(status.get("header"));
            if (endpoint.isEmpty() || header.isEmpty()) {
                continue;
            }
            List<String> errors = FlatObject.texts(status.getOrDefault("errors", "[]"));
            statuses.put(
                    endpoint,
                    new Status(
                            endpoint,
                            id(header.get("cluster_id")),
                            id(header.get("member_id")),
                            id(status.get("leader")),
                            new EtcdHealth.Raft(
                                    number(status, "raftTerm"),
                                    number(status, "raftIndex"),
                                    number(
                                            status,
                                            status.containsKey("raftAppliedIndex") ? "raftAppliedIndex" : "raftIndex")),
                            Lines.cut(status.getOrDefault("version", ""), 40),
                            Words.number(status.getOrDefault("dbSize", "")),
                            Words.number(status.getOrDefault("dbSizeInUse", "")),
                            status.getOrDefault("isLearner", "").equals("true"),
                            errors.stream()
                                    .limit(5)
                                    .map(error -> Lines.cut(error, LONGEST))
                                    .toList(),
                            source));
            for (String error : errors) {
                Matcher alarm = ALARM.matcher(error);
                while (alarm.find()) {
                    alarms.add(new Raised(id(alarm.group(1)), alarm.group(2), source));
                }
            }
        }
        reason(text);
    }

    /** {@code {"target":"passthrough:///https://10.0.0.1:2379","error":"..."}}: the client library's own complaint. */
    private void reason(String text) {
        FlatObject.read(text).ifPresent(object -> {
            String target = object.getOrDefault("target", "");
            int slash = target.lastIndexOf('/');
            if (slash >= 0 && object.containsKey("error")) {
                reasons.putIfAbsent(target.substring(slash + 1), object.get("error"));
            }
        });
    }

    private void members(String text, Source source) {
        for (Map<String, String> member : FlatObject.list(object(text).getOrDefault("members", "[]"))) {
            members.add(new Member(
                    id(member.get("ID")),
                    Lines.cut(member.getOrDefault("name", ""), 100),
                    FlatObject.texts(member.getOrDefault("peerURLs", "[]")),
                    FlatObject.texts(member.getOrDefault("clientURLs", "[]")),
                    member.getOrDefault("isLearner", "").equals("true"),
                    source));
        }
    }

    private void alarms(String text, Source source) {
        for (Map<String, String> alarm : FlatObject.list(object(text).getOrDefault("alarms", "[]"))) {
            String kind = switch (alarm.getOrDefault("alarm", "")) {
                case "1" -> "NOSPACE";
                case "2" -> "CORRUPT";
                default -> "";
            };
            if (!kind.isEmpty()) {
                alarms.add(new Raised(id(alarm.get("memberID")), kind, source));
            }
        }
    }

    private void http(String own, String text, Source source) {
        String health = object(text).getOrDefault("health", "");
        if (!health.isEmpty() && !answers.containsKey(own)) {
            answer(own, health.equals("true"), health.equals("true") ? "" : text, "", source);
        } else if (text.contains("refused")) {
            reasons.putIfAbsent(place(own), text);
        }
    }

    /** {@code health 1 https://a:2379,https://b:2379}: what was asked and not told of ended without a word. */
    private void exit(List<String> words, Source source) {
        if (words.size() < 3 || !List.of("health", "http").contains(words.getFirst())) {
            return;
        }
        String said = words.get(1).equals("124") || words.get(1).equals("137") ? "no answer in time" : "";
        for (String endpoint : words.get(2).split(",", 16)) {
            if (!answers.containsKey(endpoint)) {
                answer(endpoint, false, said, "", source);
            }
        }
    }

    /** What is not healthy gets its reason: who tells its status answers, and who does not tell it may be silent. */
    private Answer explained(Answer answer) {
        if (answer.word() == Word.HEALTHY) {
            return answer;
        }
        String reason = reasons.getOrDefault(place(answer.endpoint()), "");
        String all = answer.said() + " " + reason;
        boolean answers = statuses.containsKey(answer.endpoint());
        Word word;
        if (answers || all.contains("etcdserver: ") || all.contains("\"health\"")) {
            word = Word.UNHEALTHY;
        } else if (says(all, "connection refused", "Connection refused")) {
            word = Word.REFUSED;
        } else if (says(all, "handshake", "x509", "certificate", "tls: ", "PEM")
                || (answer.endpoint().startsWith("https") && all.contains("connection closed"))) {
            // etcd closes the connection of a client whose certificate it does not accept without a word.
            word = Word.NOT_TRUSTED;
        } else if (bare && answer.endpoint().startsWith("https") && silent(all)) {
            // Who has no certificate to show may get no answer from a member that is well.
            word = Word.NOT_TRUSTED;
        } else if (silent(all)) {
            word = Word.SILENT;
        } else {
            word = Word.NOT_TOLD;
        }
        String said = answers || reason.isEmpty() ? answer.said() : Lines.cut(reason, LONGEST);
        return new Answer(answer.endpoint(), word, said, answer.took(), answer.source());
    }

    private static boolean silent(String text) {
        return says(text, "deadline exceeded", "timed out", "i/o timeout", "no answer in time", "no route to host");
    }

    private static boolean says(String text, String... words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> object(@org.jspecify.annotations.Nullable String text) {
        return text == null ? Map.of() : FlatObject.read(text).orElse(Map.of());
    }

    /** {@code https://10.0.0.1:2379} is at {@code 10.0.0.1:2379}. */
    private static String place(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static long number(Map<String, String> object, String name) {
        return Words.number(object.getOrDefault(name, "")).orElse(0);
    }

    /** Numbers of 64 bits without sign, told as etcd's log tells them: hexadecimal. */
    private static String id(@org.jspecify.annotations.Nullable String decimal) {
        try {
            return decimal == null ? "0" : Long.toHexString(Long.parseUnsignedLong(decimal));
        } catch (NumberFormatException notANumber) {
            return "0";
        }
    }

    private static Optional<Duration> duration(String text) {
        Matcher took = TOOK.matcher(text);
        if (!took.find()) {
            return Optional.empty();
        }
        try {
            double nanos = Double.parseDouble(took.group(1))
                    * switch (took.group(2)) {
                        case "ns" -> 1;
                        case "µs" -> 1e3;
                        case "ms" -> 1e6;
                        case "s" -> 1e9;
                        default -> 60e9;
                    };
            return Optional.of(Duration.ofNanos((long) nanos));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
