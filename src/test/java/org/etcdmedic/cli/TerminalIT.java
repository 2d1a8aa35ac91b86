package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Line;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands against a running service: both in processes of their own, with tokens, a real database, and nodes that answer
 * over real SSH what a recording holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalIT {
    private static final String TOKEN = "marker-token-3b1f77";
    private static final String INTAKE_TOKEN = "marker-intake-90cc21";
    private static final String NODE = "practice-node-3";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Whatever a terminal would act on, or nobody would see. */
    private static final String STEERING = "[\\p{Cntrl}&&[^\n\t]]|[\\p{Cf}\u2028\u2029\u0080-\u009f]";

    @TempDir
    static Path directory;

    private final JdbcConnectionDetails database = Database.fresh();
    private HealthyNodes nodes;
    private ServerSocket silent;
    private ServiceProcess service;
    private Cli cli;

    /** The diagnosis that most tests look at. */
    private Cli.Ran first;

    private String id = "";

    @BeforeAll
    void start() throws IOException, JSchException {
        nodes = HealthyNodes.start(directory.resolve("nodes"));
        // A node that takes the connection and says nothing keeps a diagnosis running until its deadline.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        service = ServiceProcess.start(database, directory.resolve("service.log"), settings("25s"));
        Api api = service.api();
        assertThat(api.put("/instances/practice", nodes.document(), admin()).status())
                .isEqualTo(201);
        for (String instance : List.of("silent", "silent-too")) {
            assertThat(api.put("/instances/" + instance, """
                                    {"nodes": [{"nodeId": "mute", "host": "127.0.0.1", "sshPort": %d, "login": "practice"}]}
                                    """.formatted(silent.getLocalPort()), admin())
                            .status())
                    .isEqualTo(201);
        }
        cli = Cli.in(directory).with("ETCD_MEDIC_URL", api.base()).with("ETCD_MEDIC_TOKEN", TOKEN);
        first = cli.run("diagnose", NODE);
        id = first.out().replaceFirst("(?s).*/diagnoses/([0-9a-f-]{36})/report\\s*$", "$1");
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        silent.close();
        nodes.close();
    }

    private String[] settings(String deadline) {
        var settings = new ArrayList<>(nodes.settings());
        settings.addAll(List.of(
                "medic.diagnosis.deadline=" + deadline,
                "medic.ssh.login-timeout=40s",
                "db-scheduler.heartbeat-interval=1s",
                "medic.access.tokens.admin.roles=admin",
                "medic.access.tokens.admin.sha256=" + sha256(TOKEN),
                "medic.access.tokens.intake.roles=intake",
                "medic.access.tokens.intake.sha256=" + sha256(INTAKE_TOKEN)));
        return settings.toArray(String[]::new);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] admin(String... further) {
        var headers = new ArrayList<>(List.of("Authorization", "Bearer " + TOKEN));
        headers.addAll(List.of(further));
        return headers.toArray(String[]::new);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void tellsTheVerdictAndEndsWithItsStatus() {
        assertThat(first.status()).as(first.error()).isEqualTo(Exit.CONFIRMED);
        assertThat(first.out())
                .startsWith("CONFIRMED ETCD_DISK_FULL: ")
                .contains(
                        "Node " + NODE + " of instance practice",
                        "What to do",
                        "       $ find /usr/local/etcd ",
                        "What decides",
                        "      > " + NODE + " data-directory:",
                        "no space left on device")
                .endsWith("\nReport: " + service.api().base() + "/diagnoses/" + id + "/report\n")
                .doesNotContain("\u001b");
        assertThat(service.api()
                        .get("/diagnoses/" + id + "/report", admin("Accept", "text/html"))
                        .status())
                .isEqualTo(200);
    }

    /** Progress is no result, and in a file one line for each change. */
    @Test
    void tellsHowFarItIsBesideTheResult() {
        assertThat(first.error()).contains("asking the nodes").doesNotContain("\u001b", "\r");
        assertThat(first.error().lines().distinct().count())
                .isEqualTo(first.error().lines().count());
    }

    @Test
    void showsTheSameDiagnosisInBothLanguages() {
        Cli.Ran english = cli.run("show", id);
        Cli.Ran chinese = cli.run("show", "/diagnoses/" + id, "--language", "zh-CN");

        assertThat(english.out()).isEqualTo(first.out());
        assertThat(english.error()).isEmpty();
        assertThat(chinese.status()).isEqualTo(Exit.CONFIRMED);
        assertThat(chinese.out())
                .startsWith("已确认 ETCD_DISK_FULL：")
                .contains("处理步骤", "判断依据", "节点", "no space left on device", "诊断报告：");
        assertThat(cli.with("LC_ALL", "zh_CN.UTF-8").run("show", "--last").out())
                .contains("判断时间点：");
    }

    @Test
    void printsAsJsonExactlyWhatTheApiAnswers() {
        Api api = service.api();
        assertThat(cli.run("show", id, "--json").out())
                .isEqualTo(api.get("/diagnoses/" + id, admin()).text() + "\n");
        assertThat(cli.run("show", id, "--json", "--language", "zh-CN").out())
                .isEqualTo(api.get("/diagnoses/" + id, admin("Accept-Language", "zh-CN"))
                                .text()
                        + "\n");
        Cli.Ran started = cli.run("diagnose", NODE, "--json");
        JsonNode diagnosis = new JsonMapper().readTree(started.out());
        assertThat(started.status()).isEqualTo(Exit.CONFIRMED);
        assertThat(started.out())
                .isEqualTo(api.get("/diagnoses/" + diagnosis.path("id").stringValue(), admin())
                                .text()
                        + "\n");
        assertThat(new JsonMapper().readTree(cli.run("probes", "--json").out()))
                .isEqualTo(api.get("/probes", admin()).json());
        assertThat(cli.run("show", id, "--markdown").out().strip())
                .isEqualTo(api.get("/diagnoses/" + id + "/report", admin("Accept", "text/markdown"))
                        .text()
                        .strip());
    }

    @Test
    void listsTheNewestDiagnosesInColumns() {
        Cli.Ran list = cli.run("show", "--node", NODE, "--language", "zh-CN");

        assertThat(list.status()).isEqualTo(Exit.NO_FAULT);
        assertThat(list.out().lines().findFirst().orElseThrow()).startsWith("时间");
        assertThat(list.out().lines())
                .anySatisfy(
                        line -> assertThat(line).contains(id, "practice", NODE).endsWith("已确认 ETCD_DISK_FULL"));
        // What stands below one another begins at the same place of a terminal, whatever stands before it.
        assertThat(list.out().lines().map(line -> Columns.width(line.replaceFirst("(?:诊断编号|[0-9a-f]{8}-).*", ""))))
                .containsOnly(22);
        assertThat(cli.run("show", "--instance", "nobodys").out()).isEqualTo("There is no diagnosis.\n");
        assertThat(cli.run("show", "--json", "--limit", "1").out()).startsWith("{\"items\":[{\"id\":");
    }

    @Test
    void asksForTheInstanceOfANodeThatStandsInTwoAndNamesThoseOfAnUnknownOne() {
        Cli.Ran twice = cli.run("diagnose", "mute");
        assertThat(twice.status()).isEqualTo(Exit.USAGE);
        assertThat(twice.error()).contains("--instance: silent, silent-too");

        Cli.Ran unknown = cli.run("diagnose", "practice-node-9", "--language", "zh-CN");
        assertThat(unknown.status()).isEqualTo(Exit.USAGE);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.error())
                .startsWith("资产清单中没有节点 practice-node-9。")
                .contains("  practice：practice-node-1, practice-node-2, practice-node-3\n");

        Cli.Ran elsewhere = cli.run("diagnose", NODE, "--instance", "silent");
        assertThat(elsewhere.status()).isEqualTo(Exit.USAGE);
        assertThat(elsewhere.error()).startsWith("Unknown node: ");
        assertThat(cli.run("show", "01a208d4-120e-78dd-b05b-c162b7d3da05").error())
                .startsWith("There is no diagnosis 01a208d4-120e-78dd-b05b-c162b7d3da05.\n");
    }

    @Test
    void tellsWhatTheServiceRefusesAndNeverTheToken() throws IOException {
        Path file = Files.writeString(directory.resolve("duty.token"), TOKEN + "\n");
        Path empty = Files.writeString(directory.resolve("empty.token"), "\n");
        List<Cli.Ran> all = List.of(
                cli.with("ETCD_MEDIC_TOKEN", "marker-wrong").run("show", id),
                cli.with("ETCD_MEDIC_TOKEN", "").run("diagnose", NODE, "--language", "zh-CN"),
                cli.with("ETCD_MEDIC_TOKEN", INTAKE_TOKEN).run("diagnose", NODE),
                cli.with("ETCD_MEDIC_TOKEN", "marker\nmarker").run("show", id),
                cli.with("ETCD_MEDIC_TOKEN", "marker-wrong").run("show", id, "--token-file", file.toString()),
                cli.run("show", id, "--token-file", empty.toString()),
                cli.run("show", id, "--url", "http://marker:marker@127.0.0.1:1"),
                cli.run("show", id, "--url", "http://marker.example:8080"));

        assertThat(all).extracting(Cli.Ran::status).containsExactly(4, 4, 4, 2, 10, 2, 2, 2);
        assertThat(all.get(0).error()).startsWith("Not authenticated: ").contains("ETCD_MEDIC_TOKEN");
        assertThat(all.get(1).error()).startsWith("未通过身份认证：");
        assertThat(all.get(2).error()).isEqualTo("Not allowed: The caller's role does not allow this request.\n");
        assertThat(all.get(3).error()).startsWith("ETCD_MEDIC_TOKEN holds no token");
        assertThat(all.get(5).error()).contains("empty.token holds no token");
        assertThat(all.get(7).error()).contains("in plain text", "--insecure-http");
        assertThat(all)
                .allSatisfy(ran -> assertThat(ran.out() + ran.error().replace("marker.example", ""))
                        .doesNotContain("marker", "\tat "));
    }

    @Test
    void goesOnWithoutWhoeverGivesUpWaiting() {
        Cli.Ran left = cli.run("diagnose", "mute", "--instance", "silent", "--timeout", "2s");
        assertThat(left.status()).isEqualTo(Exit.NOT_OVER);
        assertThat(left.out()).isEmpty();
        String open = left.error().replaceFirst("(?s).*etcd-medic show ([0-9a-f-]{36})\\s*$", "$1");

        Cli.Ran joined = cli.run("diagnose", "mute", "--instance", "silent", "--no-wait", "--json");
        assertThat(joined.status()).isEqualTo(Exit.NO_FAULT);
        assertThat(new JsonMapper().readTree(joined.out()).path("diagnosisId").stringValue())
                .isEqualTo(open);
        Cli.Ran running = cli.run("show", open);
        assertThat(running.status()).isEqualTo(Exit.NOT_OVER);
        assertThat(cli.run("show", open, "--markdown").status()).isEqualTo(Exit.NOT_OVER);

        assertThat(service.api()
                        .post("/diagnoses/" + open + "/cancel", "", admin())
                        .status())
                .isEqualTo(200);
        Cli.Ran cancelled = cli.run("show", open, "--language", "zh-CN");
        assertThat(cancelled.status()).isEqualTo(Exit.CANCELLED);
        assertThat(cancelled.out()).startsWith("已取消\n");
    }

    @Test
    void waitsForAServiceThatIsKilledAndStartedAgain() throws IOException {
        JdbcConnectionDetails own = Database.fresh();
        ServiceProcess killed = ServiceProcess.start(own, directory.resolve("killed.log"), settings("8s"));
        try (var line = new Line(port(killed))) {
            assertThat(killed.api()
                            .put("/instances/silent", """
                                    {"nodes": [{"nodeId": "mute", "host": "127.0.0.1", "sshPort": %d, "login": "practice"}]}
                                    """.formatted(silent.getLocalPort()), admin())
                            .status())
                    .isEqualTo(201);
            Cli.Running running = cli.with("ETCD_MEDIC_URL", "http://127.0.0.1:" + line.port())
                    .start("diagnose", "mute", "--timeout", "3m");
            await(() -> running.errorUntilNow().contains("asking the nodes"));
            killed.kill();
            await(() -> running.errorUntilNow().contains("broke off. Trying again."));
            try (ServiceProcess again = ServiceProcess.start(own, directory.resolve("again.log"), settings("8s"))) {
                line.leadTo(port(again));
                Cli.Ran ran = running.end();

                assertThat(ran.error()).contains("The service is back.").doesNotContain("\tat ");
                assertThat(ran.status()).as(ran.error()).isEqualTo(Exit.CONFIRMED);
                assertThat(ran.out()).startsWith("CONFIRMED VM_");
            }
        } finally {
            killed.kill();
        }
    }

    private static int port(ServiceProcess process) {
        return URI.create(process.api().base()).getPort();
    }

    /** Lines of a log that came through the service; in each way of printing. */
    @Test
    void showsWordsOfNodesEscaped() {
        String steering = "\u001b[31m\u009b7m\u202egnp.exe\u202c\u2066\u0007\b\u2028 \u007f";
        String log = """
                2026-11-22 10:00:00.112936 I | etcdmain: etcd Version: 3.4.23
                2026-11-22 10:30:00.112936 C | etcdserver: raft save state and entries error: %s no space left on device
                """.formatted(steering);
        var body = new ByteArrayOutputStream();
        body.writeBytes("--b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"etcd.log\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes((log + "\r\n--b--\r\n").getBytes(StandardCharsets.UTF_8));
        String taken = service.api()
                .form("/diagnoses", body.toByteArray(), "b", admin())
                .json()
                .path("diagnosisId")
                .stringValue();
        await(() -> cli.run("show", taken).status() != Exit.NOT_OVER);

        String plain = cli.run("show", taken).out();
        assertThat(plain).contains("\\u001b[31m", "etcd.log:2", "Judged for 2026-11-22T10:30:00Z");
        assertThat(plain).doesNotContain("--at");
        assertThat(plain
                        + cli.run("show", taken, "--json").out()
                        + cli.run("show", taken, "--markdown").out())
                .doesNotContainPattern(STEERING);
    }

    @Test
    void isInColoursAtATerminalOnlyAndThereWritesItsProgressAnew() {
        String seen = cli.atTerminal("diagnose", NODE).out();

        assertThat(seen)
                .contains("\r\u001b[K[", "asking the nodes", "\u001b[1m\u001b[31mCONFIRMED ETCD_DISK_FULL\u001b[0m");
        assertThat(cli.with("NO_COLOR", "1").atTerminal("show", id).out()).doesNotContain("\u001b");
        assertThat(cli.with("TERM", "dumb").atTerminal("show", id).out()).doesNotContain("\u001b");
    }
}
