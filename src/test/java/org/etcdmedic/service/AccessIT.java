package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Who may do what, over HTTP, with real tokens of ours and of an issuer that signs. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(AlarmsIT.FreshDatabase.class)
class AccessIT {
    private static final String AUDIENCE = "etcd-medic";
    private static final Issuer ISSUER = new Issuer();

    @DynamicPropertySource
    static void tokens(DynamicPropertyRegistry registry) throws IOException {
        for (String role : List.of("intake", "metrics", "viewer", "operator", "admin")) {
            registry.add("medic.access.tokens." + role + ".roles", () -> role);
            if (role.equals("admin")) {
                Path file = Files.createTempFile("token", ".sha256");
                Files.writeString(file, sha256(secret(role)) + "  -\n");
                registry.add("medic.access.tokens." + role + ".sha256-file", () -> "file:" + file);
            } else {
                registry.add("medic.access.tokens." + role + ".sha256", () -> sha256(secret(role)));
            }
        }
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
        registry.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> AUDIENCE);
        registry.add("medic.access.oidc.roles-claim", () -> "realm_access.roles");
        registry.add("medic.access.oidc.roles.dba-duty", () -> "operator");
        registry.add("medic.access.requests-per-second", () -> "30");
        registry.add("medic.access.alarms-per-second", () -> "30");
    }

    @AfterAll
    static void stopIssuer() {
        ISSUER.server.stop(0);
    }

    /** An OpenID Connect issuer as far as an access token's reader needs one: discovery and keys. */
    private static final class Issuer {
        final HttpServer server;
        final RSAKey key;

        Issuer() {
            try {
                key = new RSAKeyGenerator(2048).keyID("k1").generate();
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException | JOSEException e) {
                throw new IllegalStateException(e);
            }
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, """
                            {"issuer": "%s", "jwks_uri": "%s/keys", "subject_types_supported": ["public"]}
                            """.formatted(uri(), uri())));
            server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
            server.start();
        }

        String uri() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private static void answer(HttpExchange exchange, String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        String token(RSAKey signer, String audience, Instant expires, String role) {
            var claims = new JWTClaimsSet.Builder()
                    .issuer(uri())
                    .audience(audience)
                    .subject("8d1c")
                    .claim("preferred_username", "li.lei")
                    .claim("realm_access", Map.of("roles", List.of("offline_access", role)))
                    .issueTime(Date.from(Instant.now().minusSeconds(5)))
                    .expirationTime(Date.from(expires))
                    .build();
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
            try {
                jwt.sign(new RSASSASigner(signer));
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
            return jwt.serialize();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        jdbc.sql("delete from alarm").update();
        jdbc.sql("delete from scheduled_tasks").update();
        jdbc.sql("delete from diagnosis").update();
        jdbc.sql("delete from instance").update();
        jdbc.sql("delete from audit").update();
    }

    private static String secret(String role) {
        return "token-of-" + role + "-0123456789abcdef";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String[] as(@Nullable String role) {
        return role == null ? new String[0] : bearer(secret(role));
    }

    private static final String INSTANCE = """
            {"nodes": [{"nodeId": "n1", "host": "127.0.0.1", "sshPort": 1, "login": "ops"}]}
            """;

    private Api.Answer send(String method, String path, String... headers) {
        return switch (method) {
            case "GET" -> api.get(path, headers);
            case "PUT" -> api.put(path, INSTANCE, headers);
            case "DELETE" -> api.delete(path, headers);
            case "POST" -> api.post(path, "{}", headers);
            default -> throw new AssertionError(method);
        };
    }

    /** 400, 404 and 422 are answers of the house behind the door: whoever gets one was let in. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            GET,    /actuator/health,            200, 200, 200, 200, 200
            GET,    /actuator/health/readiness,  200, 200, 200, 200, 200
            GET,    /v3/api-docs,                200, 200, 200, 200, 200
            GET,    /swagger-ui/index.html,      200, 200, 200, 200, 200
            POST,   /alarms,                     401, 400, 403, 400, 400
            GET,    /alarms,                     401, 403, 200, 200, 200
            GET,    /diagnoses,                  401, 403, 200, 200, 200
            POST,   /diagnoses,                  401, 403, 403, 400, 400
            POST,   /diagnoses/01a20747-0000-7000-8000-000000000000/cancel, 401, 403, 403, 404, 404
            POST,   /diagnoses/01a20747-0000-7000-8000-000000000000/rerun,  401, 403, 403, 404, 404
            POST,   /diagnoses/01a20747-0000-7000-8000-000000000000/feedback, 401, 403, 403, 400, 400
            GET,    /diagnoses/01a20747-0000-7000-8000-000000000000/feedback, 401, 403, 404, 404, 404
            GET,    /diagnoses/01a20747-0000-7000-8000-000000000000/history,  401, 403, 404, 404, 404
            GET,    /accuracy,                   401, 403, 200, 200, 200
            GET,    /replays,                    401, 403, 200, 200, 200
            POST,   /replays,                    401, 403, 403, 415, 415
            POST,   /replays/01a20747-0000-7000-8000-000000000000/cancel, 401, 403, 403, 404, 404
            DELETE, /replays/01a20747-0000-7000-8000-000000000000,        401, 403, 403, 403, 404
            GET,    /probes,                     401, 403, 200, 200, 200
            GET,    /instances,                  401, 403, 200, 200, 200
            PUT,    /instances/i1,               401, 403, 403, 403, 201
            DELETE, /instances/i1,               401, 403, 403, 403, 404
            GET,    /audit,                      401, 403, 403, 403, 200
            GET,    /livez,                      200, 200, 200, 200, 200
            GET,    /readyz,                     200, 200, 200, 200, 200
            GET,    /actuator/health/well,       401, 403, 200, 200, 200
            GET,    /actuator/metrics,           401, 403, 200, 200, 200
            GET,    /actuator/metrics/medic.alarms, 401, 403, 200, 200, 200
            GET,    /actuator/prometheus,        401, 403, 200, 200, 200
            GET,    /actuator/info,              401, 403, 200, 200, 200
            GET,    /nowhere,                    401, 403, 404, 404, 404
            """)
    void letsEveryRoleDoItsOwn(
            String method, String path, int nobody, int intake, int viewer, int operator, int admin) {
        assertThat(send(method, path).status()).as("nobody").isEqualTo(nobody);
        assertThat(send(method, path, as("intake")).status()).as("intake").isEqualTo(intake);
        assertThat(send(method, path, as("viewer")).status()).as("viewer").isEqualTo(viewer);
        assertThat(send(method, path, as("operator")).status()).as("operator").isEqualTo(operator);
        assertThat(send(method, path, as("admin")).status()).as("admin").isEqualTo(admin);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,    /actuator/prometheus,        200
            GET,    /actuator/metrics,           200
            GET,    /actuator/metrics/medic.alarms, 200
            GET,    /actuator/health/well,       200
            GET,    /actuator/info,              403
            GET,    /diagnoses,                  403
            GET,    /alarms,                     403
            GET,    /instances,                  403
            GET,    /probes,                     403
            GET,    /audit,                      403
            POST,   /alarms,                     403
            POST,   /diagnoses,                  403
            PUT,    /instances/i1,               403
            """)
    void letsWhoeverWatchesReadHowItStandsAndNothingElse(String method, String path, int status) {
        assertThat(send(method, path, as("metrics")).status()).isEqualTo(status);
    }

    /** 400: let in, and the part "bundle" is missing. */
    @ParameterizedTest
    @CsvSource({"intake, 403", "viewer, 403", "operator, 400", "admin, 400"})
    void letsOperatorsHandInABundle(String role, int status) {
        byte[] empty = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(api.form("/diagnoses", empty, "b", as(role)).status()).isEqualTo(status);
    }

    @Test
    void answersAStrangerWithAProblemInHisLanguageAndSaysHowToComeIn() {
        Api.Answer stranger = api.get("/diagnoses", "Accept-Language", "zh-CN");

        assertThat(stranger.header("Content-Type")).startsWith("application/problem+json");
        assertThat(stranger.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(stranger.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:unauthenticated");
        assertThat(stranger.json().path("title").stringValue()).isEqualTo("未通过身份认证");
        assertThat(api.get("/diagnoses", "Accept", "text/html").header("WWW-Authenticate"))
                .startsWith("Basic");
        assertThat(send("DELETE", "/instances/i1", as("viewer"))
                        .json()
                        .path("type")
                        .stringValue())
                .isEqualTo("urn:etcd-medic:problem:forbidden");
    }

    @Test
    void takesATokenAsPasswordOfItsName() {
        assertThat(api.get("/diagnoses", "Authorization", basic("viewer", secret("viewer")))
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/diagnoses", "Authorization", basic("admin", secret("viewer")))
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/diagnoses", "Authorization", basic("viewer", "wrong"))
                        .status())
                .isEqualTo(401);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesAnIssuersTokenForTheRolesItTells() throws JOSEException {
        Instant later = Instant.now().plusSeconds(300);
        String duty = ISSUER.token(ISSUER.key, AUDIENCE, later, "dba-duty");
        RSAKey other = new RSAKeyGenerator(2048).keyID("k1").generate();

        assertThat(api.get("/diagnoses", bearer(duty)).status()).isEqualTo(200);
        assertThat(send("PUT", "/instances/i1", bearer(duty)).status()).isEqualTo(403);
        assertThat(api.get("/diagnoses", bearer(ISSUER.token(ISSUER.key, AUDIENCE, later, "somebody")))
                        .status())
                .isEqualTo(403);
        assertThat(api.get("/diagnoses", bearer(ISSUER.token(ISSUER.key, "other-service", later, "dba-duty")))
                        .status())
                .isEqualTo(401);
        assertThat(api.get(
                                "/diagnoses",
                                bearer(ISSUER.token(
                                        ISSUER.key, AUDIENCE, Instant.now().minusSeconds(120), "dba-duty")))
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/diagnoses", bearer(ISSUER.token(other, AUDIENCE, later, "dba-duty")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void recordsWhoChangedWhat() {
        api.put("/instances/i1", INSTANCE, as("admin"));
        api.put("/instances/i1", INSTANCE, as("admin"));
        api.put("/instances/i1", INSTANCE.replace("\"n1\"", "\"n2\""), as("admin"));
        api.post("/diagnoses", "{\"instanceId\": \"i1\", \"nodeId\": \"n2\"}", as("operator"));
        api.delete("/instances/i1", as("admin"));
        api.delete("/instances/i1", as("admin"));

        JsonNode items = api.get("/audit", as("admin")).json().path("items");

        assertThat(items.valueStream()
                        .map(i -> i.path("actor").stringValue() + " "
                                + i.path("action").stringValue()))
                .containsExactly(
                        "admin INSTANCE_REMOVED",
                        "operator DIAGNOSIS_STARTED",
                        "admin INSTANCE_REPLACED",
                        "admin INSTANCE_CREATED");
        JsonNode replaced = items.get(2);
        assertThat(replaced.path("address").stringValue()).isEqualTo("127.0.0.1");
        assertThat(replaced.path("before").path("nodes").get(0).path("nodeId").stringValue())
                .isEqualTo("n1");
        assertThat(replaced.path("after").path("nodes").get(0).path("nodeId").stringValue())
                .isEqualTo("n2");
        assertThat(items.get(0).has("after")).isFalse();

        JsonNode first = api.get("/audit?limit=3&target=i1", as("admin")).json();
        assertThat(first.path("items").size()).isEqualTo(3);
        assertThat(first.has("next")).isFalse();
        JsonNode page = api.get("/audit?limit=1&action=INSTANCE_CREATED&actor=admin", as("admin"))
                .json();
        assertThat(page.path("items").get(0).path("target").stringValue()).isEqualTo("i1");
        String next = api.get("/audit?limit=2", as("admin")).json().path("next").stringValue();
        assertThat(api.get("/audit?limit=2&cursor=" + next, as("admin"))
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
        assertThat(api.get("/audit?cursor=!", as("admin")).status()).isEqualTo(400);
    }

    @Test
    void refusesWhatAPageOfAnotherSiteMakesABrowserSend() {
        String[] own = bearer(secret("admin"));
        String[] foreign = {own[0], own[1], "Sec-Fetch-Site", "cross-site"};
        String[] page = {own[0], own[1], "Sec-Fetch-Site", "same-origin"};
        String[] old = {own[0], own[1], "Origin", "https://elsewhere.example"};

        assertThat(send("PUT", "/instances/i9", foreign).status()).isEqualTo(403);
        assertThat(send("PUT", "/instances/i9", old).status()).isEqualTo(403);
        assertThat(api.get("/instances/i9", own).status()).isEqualTo(404);
        assertThat(send("PUT", "/instances/i9", page).status()).isEqualTo(201);
    }

    @Test
    void letsNoCallerTakeTheServiceAway() {
        Api.Answer last = api.get("/instances", as("viewer"));
        for (int i = 0; i < 2_000 && last.status() == 200; i++) {
            last = api.get("/instances", as("viewer"));
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isNotBlank();
        assertThat(last.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:too-many-requests");
        assertThat(api.get("/instances", as("operator")).status()).isEqualTo(200);

        Api.Answer alarm = api.post("/alarms", "{}", as("intake"));
        for (int i = 0; i < 2_000 && alarm.status() == 400; i++) {
            alarm = api.post("/alarms", "{}", as("intake"));
        }
        assertThat(alarm.status()).isEqualTo(503);
        assertThat(alarm.header("Retry-After")).isNotBlank();
    }
}
