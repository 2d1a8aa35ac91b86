package org.etcdmedic.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Browser;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who gets which page, and what the pages allow a browser, on a service that asks who is there. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(PageAccessIT.FreshDatabase.class)
class PageAccessIT {
    /** SHA-256 of {@code viewer-secret}. */
    private static final String VIEWER = "f6aa3a0aabbb721b4aa7763a987a47688a702b1bcf4850cb4ba5bdab26f9cc4b";

    /** SHA-256 of {@code admin-secret}. */
    private static final String ADMIN = "16175223c8ddce5ace0493c948569c211b03c4c6bb3d3e484434999448cffe01";

    private static final String[] PERSON = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};

    @TestConfiguration(proxyBeanMethods = false)
    static class FreshDatabase {
        @Bean
        JdbcConnectionDetails database() {
            return Database.fresh();
        }
    }

    @DynamicPropertySource
    static void tokens(DynamicPropertyRegistry registry) {
        registry.add("medic.access.tokens.viewer.roles", () -> "viewer");
        registry.add("medic.access.tokens.viewer.sha256", () -> VIEWER);
        registry.add("medic.access.tokens.admin.roles", () -> "admin");
        registry.add("medic.access.tokens.admin.sha256", () -> ADMIN);
    }

    @LocalServerPort
    int port;

    private Api api;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
    }

    private Api.Answer page(String path, String... further) {
        var headers = new java.util.ArrayList<>(List.of(PERSON));
        headers.addAll(List.of(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString("viewer:viewer-secret".getBytes(StandardCharsets.UTF_8))));
        headers.addAll(List.of(further));
        return api.get(path, headers.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ui/diagnoses",
                "/ui/instances",
                "/ui/causes",
                "/ui/causes/ETCD_DISK_FULL",
                "/ui/accuracy",
                "/ui/nowhere"
            })
    void allowsNothingButWhatIsOurs(String path) {
        Api.Answer answer = page(path);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Vary")).contains("Accept-Language", "Cookie");
        assertThat(answer.text()).doesNotContain(" style=", "onclick", "<script>", "??page", "??report", "??cli");
    }

    @Test
    void keepsStyleAndScriptUnderAnAddressThatHoldsTheirContent() {
        var links = Pattern.compile("(?:href|src)=\"(/(?:page|webjars)/[^\"]+\\.(?:css|js))\"")
                .matcher(page("/").text());
        int found = 0;
        while (links.find()) {
            found++;
            assertThat(links.group(1)).matches(".*-[0-9a-f]{32}\\.(css|js)|/webjars/htmx.org/\\d+\\..*");
            Api.Answer answer = api.get(links.group(1));
            assertThat(answer.status()).as("without a token: " + links.group(1)).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("max-age=3600");
        }
        assertThat(found).isEqualTo(3);
    }

    @Test
    void asksABrowserWhoIsThereAndSaysSoInAPage() {
        Api.Answer person = api.get("/", "Accept", PERSON[1], "Accept-Language", "zh-CN");
        Api.Answer program = api.get("/", "Accept", "*/*");

        assertThat(person.status()).isEqualTo(401);
        assertThat(person.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(person.header("Content-Type")).startsWith("text/html");
        assertThat(person.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(person.text()).contains("请先登录").doesNotContain("分析手工收集的文件");
        assertThat(program.status()).isEqualTo(401);
        assertThat(program.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void tellsPeopleInAPageAndProgramsInAProblemThatNothingIsThere() {
        for (String path : List.of("/ui/nowhere", "/ui/diagnoses/no-id", "/ui/causes/NO_SUCH_CAUSE", "/nowhere")) {
            Api.Answer person = page(path);
            assertThat(person.status()).as(path).isEqualTo(404);
            assertThat(person.header("Content-Type")).startsWith("text/html");
            assertThat(person.text()).contains("There is no such page");
        }
        Api.Answer program = api.get("/nowhere", "Authorization", "Bearer viewer-secret", "Accept", "application/json");
        assertThat(program.status()).isEqualTo(404);
        assertThat(program.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void keepsTheChosenLanguageAndLeadsNowhereElse() {
        Api.Answer chosen = page("/ui/language?to=zh-CN&back=/ui/causes");
        assertThat(chosen.status()).isEqualTo(302);
        assertThat(chosen.header("Location")).endsWith("/ui/causes");
        assertThat(chosen.header("Set-Cookie")).contains("medic-language=zh-CN", "SameSite=Lax", "HttpOnly", "Path=/");

        assertThat(page("/ui/causes", "Cookie", "medic-language=zh-CN", "Accept-Language", "en")
                        .text())
                .contains("故障原因");
        assertThat(page("/causes", "Cookie", "medic-language=zh-CN").text()).contains("已满");
        assertThat(page("/ui/causes", "Cookie", "medic-language=tlh", "Accept-Language", "zh-CN")
                        .text())
                .contains("故障原因");
        for (String elsewhere :
                List.of("//evil.example", "https://evil.example/", "/ui/%5C%5Cevil.example", "/diagnoses")) {
            Api.Answer back = page("/ui/language?to=tlh&back=" + elsewhere);
            assertThat(back.header("Location")).as(elsewhere).endsWith(":" + port + "/");
            assertThat(back.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void tellsAViewerWhoMayNotOrderThatHeMayNot() {
        assertThat(api.put(
                                "/instances/orders",
                                "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"127.0.0.1\"}]}",
                                "Authorization",
                                "Bearer admin-secret")
                        .status())
                .isIn(200, 201);
        try (Browser browser = Browser.open("en-US")) {
            browser.go("http://viewer:viewer-secret@127.0.0.1:" + port + "/");
            browser.go(api.base() + "/ui/instances");
            browser.await(By.cssSelector("[data-node='n1']"));
            assertThat(browser.complaints()).isEmpty();

            browser.await(By.cssSelector("[data-node='n1']")).click();

            assertThat(browser.await(By.id("notice")).getText()).contains("Not allowed", "role does not allow");
            browser.shot("page-viewer-en");
        }
    }
}
