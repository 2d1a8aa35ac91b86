package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.probe.ssh.HostileNode.STEERING;
import static org.etcdmedic.probe.ssh.HostileNode.bytes;
import static org.etcdmedic.probe.ssh.HostileNode.closingAfter;
import static org.etcdmedic.probe.ssh.HostileNode.doing;
import static org.etcdmedic.probe.ssh.HostileNode.dripping;
import static org.etcdmedic.probe.ssh.HostileNode.flooding;
import static org.etcdmedic.probe.ssh.HostileNode.port;
import static org.etcdmedic.probe.ssh.HostileNode.saying;
import static org.etcdmedic.probe.ssh.HostileNode.sshd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;

/**
 * Nodes that misbehave, through the whole service: alarms over HTTP, a real database, a process of its own with a small
 * heap. Each instance has one hostile and two good nodes; all of them are diagnosed at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileNodesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** What comes after the deadline: the judgement, its rows, and a busy machine. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    private static final String GARBAGE = "SSH-2.0-x\r\n\0\0\1\0\4\24" + "\u00ff\u0001\u0080".repeat(100);
    private static final String TWO_GIGABYTES = "SSH-2.0-x\r\n\u007f\u00ff\u00ff\u00ff\4\24";

    /** What the good nodes saw of the third one: their recording is of a node whose etcd had died. */
    private static final Set<String> BY_THE_OTHERS = Set.of("etcd-not-heard", "node-ports-refused");

    private static final Set<String> OUT_OF_TIME = Set.of("TIMED_OUT", "DEADLINE");
    private static final Set<String> REFUSED = Set.of("CHANNEL_REFUSED", "DEADLINE");
    private static final Set<String> LOST = Set.of("CONNECTION_LOST");

    /** The true word about a node. */
    sealed interface Truth {
        /** Nobody got in; the finding of row V1 says why. */
        record NotIn(String finding) implements Truth {}

        /** Logged in, and no probe has an answer, for one of these reasons. */
        record NoAnswer(Set<String> reasons) implements Truth {}

        /** Logged in, and each probe has an answer that is marked as cut. */
        record Cut() implements Truth {}

        /** Logged in, and each probe has its answer, to be read or not. */
        record Answered() implements Truth {}

        /** The same, and these findings are made of it. */
        record Found(Set<String> findings) implements Truth {}
    }

    record Behaviour(String name, HostileNode.Maker maker, Truth truth) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Behaviour> behaviours() {
        return List.of(
                row("accepts no connection", HostileNode.silentPort(), new Truth.NotIn("ssh-port-silent")),
                row("is silent after TCP", port(saying("")), new Truth.NotIn("ssh-silent")),
                row("drips its banner", port(dripping("")), new Truth.NotIn("ssh-silent")),
                row("floods lines before a banner", port(flooding("", "no banner\n")), new Truth.NotIn("ssh-silent")),
                row("sends one endless line", port(flooding("", "x")), new Truth.NotIn("ssh-silent")),
                row("steers a terminal and closes", port(closingAfter(STEERING + "\n")), new Truth.NotIn("ssh-closed")),
                row("closes in the banner", port(closingAfter("SSH-2.0-op")), new Truth.NotIn("ssh-closed")),
                row("is silent after its banner", port(saying("SSH-2.0-x\r\n")), keyExchange()),
                row("closes after its banner", port(closingAfter("SSH-2.0-x\r\n")), keyExchange()),
                row("drips its key exchange", port(dripping("SSH-2.0-x\r\n\0\0\1\0")), keyExchange()),
                row("exchanges garbage for keys", port(saying(GARBAGE)), keyExchange()),
                row("announces a packet of 2 GB", port(flooding(TWO_GIGABYTES, "x")), keyExchange()),
                row("has old algorithms only", sshd(HostileNode::oldAlgorithms), new Truth.NotIn("access-algorithms")),
                row("shows an unknown key", HostileNode.unknown(), new Truth.NotIn("access-host-key-unknown")),
                row("shows a changed key", HostileNode.changedKey(), new Truth.NotIn("access-host-key-changed")),
                row("refuses our key", sshd(HostileNode::refusingTheKey), new Truth.NotIn("access-key-rejected")),
                row(
                        "is silent at authentication",
                        sshd(HostileNode::silentAtAuthentication),
                        new Truth.NotIn("ssh-authentication-stalled")),
                row("closes in authentication", sshd(HostileNode::closingDuringAuthentication), lost()),
                row("parts with steering words", sshd(HostileNode::partingWithSteeringWords), lost()),
                row("has a huge banner", sshd(HostileNode::hugeBanner), new Truth.Answered()),
                row("steers by its version", sshd(HostileNode::steeringVersion), new Truth.Answered()),
                row("is silent at channel open", sshd(HostileNode::silentAtChannelOpen), new Truth.NoAnswer(REFUSED)),
                row("opens no session", sshd(it -> it.allowingSessions(0)), new Truth.NoAnswer(REFUSED)),
                row("opens one session at a time", sshd(it -> it.allowingSessions(1)), new Truth.Answered()),
                row("runs no command", sshd(HostileNode::refusingCommands), new Truth.NoAnswer(REFUSED)),
                row("is silent in a command", doing(TestSshd.Running::never), new Truth.NoAnswer(OUT_OF_TIME)),
                row("drips in a command", doing(HostileNode.dripping()), new Truth.NoAnswer(OUT_OF_TIME)),
                row("closes in a command", doing(HostileNode.breaking()), new Truth.NoAnswer(LOST)),
                row("floods", doing(HostileNode.flood()), new Truth.Cut()),
                row("sends a line of 50 MB", doing(HostileNode.line(50)), new Truth.Cut()),
                row("sends gigabytes of errors", doing(HostileNode.errors()), new Truth.Cut()),
                row("sends binary", doing(bytes(1)), new Truth.Answered()),
                row("sends broken UTF-8", doing(HostileNode.brokenUtf8()), new Truth.Answered()),
                row("sends what steers a terminal", doing(HostileNode.steering()), new Truth.Answered()),
                row(
                        "ends in wrong ways",
                        HostileNode.statuses(0, 1, 2, 3, 139, 254, 255, 256, 70_000, Integer.MAX_VALUE),
                        new Truth.Answered()),
                row("ends as if out of time", HostileNode.statuses(124, 137), new Truth.NoAnswer(OUT_OF_TIME)),
                row(
                        "ends as if all programs were gone",
                        HostileNode.statuses(126, 127),
                        new Truth.NoAnswer(Set.of("PROGRAM_MISSING"))),
                row("has a full process table", doing(HostileNode.fullProcessTable()), new Truth.Answered()),
                row("lives in the past", HostileNode.clock(-16), here("clock-behind")),
                row("lives in the future", HostileNode.clock(12), here("clock-ahead")));
    }

    private static Behaviour row(String name, HostileNode.Maker maker, Truth truth) {
        return new Behaviour(name, maker, truth);
    }

    private static Truth keyExchange() {
        return new Truth.NotIn("ssh-key-exchange-failed");
    }

    /** Its clock is off, and by that clock it was booted a day ago. */
    private static Truth here(String clock) {
        return new Truth.Found(Set.of("node-logged-in", "vm-not-restarted", clock));
    }

    private static Truth lost() {
        return new Truth.NotIn("ssh-lost");
    }

    @TempDir
    static Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, JsonNode> diagnoses = new LinkedHashMap<>();
    private HealthyNodes good;
    private ServiceProcess service;
    private Path log;
    private Map<String, String> wholeEvidence = Map.of();

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void diagnosesThemAllAtOnce() throws Exception {
        JdbcConnectionDetails database = Database.fresh();
        log = folder.resolve("service.log");
        good = HealthyNodes.start(folder.resolve("good"));
        open.add(good);
        service = ServiceProcess.launch(
                List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), database, log, Map.of(), settings());
        service.awaitUp();
        diagnose("all-good", good.ports().get(2));
        diagnoses.put("all-good", over("all-good"));
        wholeEvidence = good(evidence("all-good"));
        assertThat(wholeEvidence).hasSizeGreaterThan(40);
        // Who did it is on record with each command: the login, and as whom it ran.
        assertThat(evidence("all-good")).allSatisfy(it -> {
            assertThat(it.path("login").stringValue()).isEqualTo("Ruby");
            assertThat(it.path("account").stringValue())
                    .isEqualTo(it.path("command").stringValue().contains("sudo -n -- ") ? "root" : "Ruby");
        });

        var knownHosts = Path.of(java.net.URI.create(good.property("medic.ssh.known-hosts")));
        for (Behaviour behaviour : behaviours()) {
            HostileNode node = behaviour.maker().make();
            open.add(node);
            Files.writeString(knownHosts, node.knownHosts(), StandardOpenOption.APPEND);
            diagnose(id(behaviour), node.port());
        }
        for (Behaviour behaviour : behaviours()) {
            diagnoses.put(id(behaviour), over(id(behaviour)));
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (service != null) {
            service.close();
        }
        for (AutoCloseable it : open) {
            it.close();
        }
    }

    private String[] settings() {
        return new String[] {
            "medic.diagnosis.deadline=" + DEADLINE.toSeconds() + "s",
            // So many at once that two processors still give the good nodes their turn.
            "db-scheduler.threads=6",
            "medic.ssh.connect-timeout=2s",
            "medic.ssh.login-timeout=6s",
            "medic.ssh.known-hosts=" + good.property("medic.ssh.known-hosts"),
            "medic.ssh.logins.practice.user=" + good.property("medic.ssh.logins.practice.user"),
            "medic.ssh.logins.practice.private-key=" + good.property("medic.ssh.logins.practice.private-key"),
            "medic.ssh.logins.practice.sudo=true",
            "medic.evidence-window.before=25s",
            "medic.evidence-window.after=10s",
            "logging.level.org.etcdmedic=DEBUG"
        };
    }

    private final Map<String, String> started = new TreeMap<>();

    private void diagnose(String instance, int port) {
        Api api = service.api();
        assertThat(api.put("/instances/" + instance, """
                        {"nodes": [
                          {"nodeId": "good-1", "host": "127.0.0.1", "sshPort": %d, "login": "practice", "dbUser": "Ruby"},
                          {"nodeId": "good-2", "host": "127.0.0.1", "sshPort": %d, "login": "practice", "dbUser": "Ruby"},
                          {"nodeId": "hostile", "host": "127.0.0.1", "sshPort": %d, "login": "practice", "dbUser": "Ruby"}]}
                        """.formatted(
                                        good.ports().get(0), good.ports().get(1), port))
                        .status())
                .isLessThan(300);
        Api.Answer alarm = api.post(
                "/alarms",
                "{\"instanceId\": \"" + instance + "\", \"nodeId\": \"hostile\", \"occurredAt\": \"" + Instant.now()
                        + "\"}");
        assertThat(alarm.status()).isEqualTo(202);
        started.put(instance, alarm.json().path("diagnosisId").stringValue());
    }

    private String diagnosis(String instance) {
        return java.util.Objects.requireNonNull(started.get(instance));
    }

    private JsonNode over(String instance) {
        return service.api().await(diagnosis(instance), it -> it.has("completedAt"), Duration.ofMinutes(5));
    }

    private List<JsonNode> evidence(String instance) {
        return service.api()
                .get("/diagnoses/" + diagnosis(instance) + "/evidence")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** How each question to a good node ended. */
    private static Map<String, String> good(List<JsonNode> evidence) {
        return evidence.stream()
                .filter(it -> !it.path("nodeId").stringValue().equals("hostile"))
                .collect(Collectors.toMap(
                        it -> it.path("nodeId").stringValue() + " "
                                + it.path("probe").stringValue() + " " + question(it.path("args")),
                        it -> it.path("exitStatus") + " " + it.path("truncated") + " " + it.path("reason"),
                        (one, other) -> one + ", " + other,
                        TreeMap::new));
    }

    /** Which question it was: paths, without the stamps in their names. */
    private static String question(JsonNode args) {
        return args.path("file").asString("").replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6}", "")
                + args.path("directory").asString("");
    }

    private static String id(Behaviour behaviour) {
        return behaviour.name().replace(' ', '-');
    }

    private JsonNode told(Behaviour behaviour) {
        return java.util.Objects.requireNonNull(diagnoses.get(id(behaviour)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void endsByItsDeadline(Behaviour behaviour) {
        JsonNode told = told(behaviour);

        assertThat(told.path("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(took(told)).isLessThan(DEADLINE.plus(AFTERWARDS));
    }

    private static Duration took(JsonNode told) {
        return Duration.between(
                Instant.parse(told.path("startedAt").stringValue()),
                Instant.parse(told.path("completedAt").stringValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void tellsTheTruthOfTheHostileNode(Behaviour behaviour) {
        JsonNode told = told(behaviour);
        List<JsonNode> findings = told.path("findings")
                .valueStream()
                .filter(it -> it.path("nodeId").stringValue().equals("hostile"))
                .toList();
        List<String> found = findings.stream()
                .filter(it -> !it.path("state").stringValue().equals("NOT_EVALUATED"))
                .map(it -> it.path("kind").stringValue())
                .filter(it -> !BY_THE_OTHERS.contains(it))
                .toList();
        List<JsonNode> evidence = evidence(id(behaviour)).stream()
                .filter(it -> it.path("nodeId").stringValue().equals("hostile"))
                .toList();

        switch (behaviour.truth()) {
            case Truth.NotIn(String finding) -> {
                assertThat(found).containsExactly(finding);
                assertThat(evidence).isEmpty();
            }
            case Truth.NoAnswer(Set<String> reasons) -> {
                assertThat(found).containsExactly("node-logged-in");
                assertThat(evidence)
                        .isNotEmpty()
                        .allSatisfy(it ->
                                assertThat(reasons).contains(it.path("reason").asString("an answer")));
            }
            case Truth.Cut() -> {
                assertThat(found).containsExactly("node-logged-in");
                assertThat(evidence).isNotEmpty().allSatisfy(it -> {
                    assertThat(it.path("truncated").booleanValue()).isTrue();
                    assertThat(it.has("exitStatus")).isFalse();
                });
            }
            case Truth.Answered() -> {
                assertThat(found).containsExactly("node-logged-in");
                assertThat(evidence)
                        .isNotEmpty()
                        .allSatisfy(it ->
                                assertThat(it.has("reason")).as(it.toString()).isFalse());
            }
            case Truth.Found(Set<String> each) -> assertThat(found).containsExactlyInAnyOrderElementsOf(each);
        }
        // Nothing that such a node says about itself confirms anything of it but that one does not get in.
        JsonNode verdict = told.path("verdict");
        if (verdict.path("outcome").stringValue().equals("CONFIRMED")) {
            assertThat(verdict.path("family").stringValue()).isIn("VM", "PROBE");
            assertThat(behaviour.truth()).isInstanceOf(Truth.NotIn.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void harmsNoOtherNodesDiagnosis(Behaviour behaviour) {
        assertThat(good(evidence(id(behaviour)))).isEqualTo(wholeEvidence);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void showsItsWordsEscaped(Behaviour behaviour) {
        String path = "/diagnoses/" + diagnosis(id(behaviour));
        Api api = service.api();
        for (String language : List.of("en", "zh-CN")) {
            assertSeen(api.get(path, "Accept-Language", language).text());
            assertSeen(api.get(path + "/findings", "Accept-Language", language).text());
        }
        assertSeen(api.get(path + "/evidence").text());
        evidence(id(behaviour)).stream()
                .filter(it -> it.path("nodeId").stringValue().equals("hostile"))
                .limit(3)
                .forEach(it ->
                        assertSeen(api.get(path + "/evidence/" + it.path("id").stringValue())
                                .text()));
    }

    @Test
    void writesNoWordOfANodeUnescapedIntoItsLog() throws IOException {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        assertSeen(text);
        assertThat(text).doesNotContain("OutOfMemoryError");
    }

    private static void assertSeen(String text) {
        assertThat(text.codePoints()
                        .filter(c -> c != '\n'
                                && c != '\t'
                                && (Character.getType(c) == Character.CONTROL
                                        || Character.getType(c) == Character.FORMAT
                                        || c == 0x2028
                                        || c == 0x2029))
                        .mapToObj(c -> String.format("U+%04X", c))
                        .distinct())
                .isEmpty();
    }

    @Test
    void staysSmallAndLeavesNothingBehind() throws Exception {
        assertThat(service.handle().isAlive()).isTrue();
        List<String> working = working();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!working.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200); // a farewell may be under way; threads have no event for their end
            working = working();
        }
        assertThat(working).as("threads that still work for a diagnosis").isEmpty();
        long peak = Files.readAllLines(
                        Path.of("/proc", String.valueOf(service.handle().pid()), "status"))
                .stream()
                .filter(it -> it.startsWith("VmHWM:"))
                .mapToLong(it -> Long.parseLong(it.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
        assertThat(peak).as("megabytes of the whole process").isLessThan(700);

        long harmed = behaviours().stream()
                .filter(it -> !good(evidence(id(it))).equals(wholeEvidence))
                .count();
        Duration longest = behaviours().stream()
                .map(it -> took(told(it)))
                .max(Duration::compareTo)
                .orElseThrow();
        System.out.printf(
                "hostile nodes: %d behaviours, %d ended by their deadline of %d s (the longest after %.1f s), others harmed %d,"
                        + " threads left %d, at most %d MB with a heap of 256 MB%n",
                behaviours().size(),
                behaviours().stream()
                        .filter(it -> took(told(it)).compareTo(DEADLINE.plus(AFTERWARDS)) < 0)
                        .count(),
                DEADLINE.toSeconds(),
                longest.toMillis() / 1000.0,
                harmed,
                working.size(),
                peak);
    }

    /** Threads of visits, virtual ones too, by name. */
    private List<String> working() throws Exception {
        Path dump = folder.resolve("threads-" + System.nanoTime());
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(service.handle().pid()),
                        "Thread.dump_to_file",
                        dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jcmd.exitValue()).isZero();
        return Files.readAllLines(dump).stream()
                .filter(it -> it.startsWith("#"))
                .filter(it -> it.contains("\"node-")
                        || it.contains("\"ask-")
                        || it.contains("\"ssh-")
                        || it.contains("jsch")
                        || it.contains(" session\""))
                .toList();
    }
}
