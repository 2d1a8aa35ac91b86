import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains the service's AOT cache on real requests: the practice start gives a PostgreSQL and three nodes to be asked over SSH, the
 * product judges alarms about them, and leaves at its end what it has learned. Fails unless every answer was the right one.
 *
 * <p>Arguments: the product's jar as it lies in the image, the practice jar, a directory to work in, the cache to write.
 */
final class Training {
    private static final String TOKEN = "training-0123456789abcdef0123456789abcdef";
    private static final String PRACTICE = "http://127.0.0.1:18081";
    private static final String SERVICE = "http://127.0.0.1:18080";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private Training() {}

    public static void main(String[] arguments) throws Exception {
        Path product = Path.of(arguments[0]);
        Path practice = Path.of(arguments[1]);
        Path directory = Files.createDirectories(Path.of(arguments[2]));
        Path cache = Path.of(arguments[3]);

        Process nodes = java(
                directory.resolve("practice.log"),
                List.of("-XX:TieredStopAtLevel=1", "-jar", practice.toString()),
                List.of("--server.port=18081", "--medic.practice.directory=" + directory.resolve("practice")));
        try {
            String instance = await(PRACTICE + "/instances/practice", nodes);
            Process service = java(
                    directory.resolve("service.log"),
                    List.of("-XX:AOTCacheOutput=" + cache, "-jar", product.toString()),
                    settings(directory.resolve("practice")));
            try {
                await(SERVICE + "/actuator/health/readiness", service);
                work(instance);
            } catch (AssertionError e) {
                System.out.println(Files.readString(directory.resolve("service.log")));
                throw e;
            } finally {
                end(service, Duration.ofMinutes(5));
            }
        } finally {
            end(nodes, Duration.ofMinutes(1));
        }
        if (!Files.isRegularFile(cache)) {
            System.out.println(Files.readString(directory.resolve("service.log")));
            throw new AssertionError("no cache was written");
        }
        System.out.println("trained: " + cache + ", " + Files.size(cache) / (1 << 20) + " MiB");
    }

    /** A database of its own beside that of the practice start, and its nodes' keys. */
    private static List<String> settings(Path practice) throws Exception {
        Path data;
        try (var entries = Files.list(practice)) {
            data = entries.filter(entry -> entry.getFileName().toString().startsWith("postgresql-"))
                    .findFirst()
                    .orElseThrow();
        }
        String address = "jdbc:postgresql://127.0.0.1:" + Files.readAllLines(data.resolve("postmaster.pid")).get(3) + "/";
        String password = Files.readString(practice.resolve("password")).strip();
        try (var connection = DriverManager.getConnection(address + "postgres", "medic", password);
                var statement = connection.createStatement()) {
            statement.execute("create database training");
        }
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.US_ASCII)));
        return List.of(
                "--server.port=18080",
                "--spring.datasource.url=" + address + "training",
                "--spring.datasource.username=medic",
                "--spring.datasource.password=" + password,
                "--medic.ssh.known-hosts=" + practice.resolve("known_hosts").toUri(),
                "--medic.ssh.logins.practice.user=Ruby",
                "--medic.ssh.logins.practice.private-key=" + practice.resolve("client_key").toUri(),
                "--medic.ssh.logins.practice.sudo=true",
                "--medic.evidence-window.before=25s",
                "--medic.evidence-window.after=10s",
                "--medic.access.tokens.training.roles=admin",
                "--medic.access.tokens.training.sha256=" + hash);
    }

    private static void work(String instance) throws IOException, InterruptedException {
        String definition = "{\"nodes\":" + instance.replaceFirst("(?s).*?\"nodes\"\\s*:\\s*", "");
        expect(2, send("PUT", "/instances/practice", definition, "application/json"));
        for (int round = 0; round < 3; round++) {
            HttpResponse<String> taken = send(
                    "POST",
                    "/alarms",
                    "{\"instanceId\": \"practice\", \"nodeId\": \"practice-node-3\", \"occurredAt\": \""
                            + OffsetDateTime.now().withNano(0) + "\"}",
                    "application/json");
            expect(2, taken);
            String diagnosis = taken.headers().firstValue("Location").orElseThrow();
            String verdict = over(diagnosis);
            if (!verdict.contains("\"CONFIRMED\"")) {
                throw new AssertionError("the practice fault was not confirmed: " + verdict);
            }
            for (String path : List.of("", "/evidence", "/timeline", "/metrics", "/findings")) {
                send("GET", diagnosis + path, "", "application/json");
            }
            for (String type : List.of("text/html", "text/markdown")) {
                expect(2, send("GET", diagnosis + "/report", "", type));
            }
            for (String path : List.of("/", "/ui/instances", "/ui/causes", "/ui" + diagnosis)) {
                expect(2, send("GET", path, "", "text/html"));
            }
            for (String path : List.of("/diagnoses", "/alarms", "/causes", "/probes", "/audit", "/actuator/metrics/medic.balance")) {
                expect(2, send("GET", path, "", "application/json"));
            }
            expect(4, send("POST", "/alarms", "{}", "application/json"));
            System.out.println("round " + (round + 1) + ": " + diagnosis + " is confirmed");
        }
    }

    private static String over(String diagnosis) throws IOException, InterruptedException {
        Pattern status = Pattern.compile("\"status\"\\s*:\\s*\"(\\w+)\"");
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        String last = "";
        while (System.nanoTime() < end) {
            last = send("GET", diagnosis, "", "application/json").body();
            // Its own status comes first.
            Matcher first = status.matcher(last);
            if (first.find() && Set.of("COMPLETED", "FAILED", "CANCELLED").contains(first.group(1))) {
                return last;
            }
            Thread.sleep(200); // a client polls, as in the field
        }
        throw new AssertionError("not over in time: " + last);
    }

    private static void expect(int hundreds, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != hundreds) {
            throw new AssertionError(answer + ": " + answer.body());
        }
    }

    private static HttpResponse<String> send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(SERVICE + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .header("Accept", type)
                        .method(method, body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Asks until the answer is 200, as long as the process lives. */
    private static String await(String address, Process process) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                HttpResponse<String> answer = CLIENT.send(
                        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
            } catch (IOException notYet) {
                // It is still starting.
            }
            Thread.sleep(200); // a start has no event
        }
        throw new AssertionError("nobody answers at " + address);
    }

    private static Process java(Path log, List<String> machine, List<String> program) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.addAll(program);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void end(Process process, Duration patience) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it did not end in " + patience);
        }
    }
}
