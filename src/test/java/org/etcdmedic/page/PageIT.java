package org.etcdmedic.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Browser;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The page as its readers use it: in a real Chromium, on a real service and database, over recordings of real faults. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(PageIT.FreshDatabase.class)
class PageIT {
    @TestConfiguration(proxyBeanMethods = false)
    static class FreshDatabase {
        @Bean
        JdbcConnectionDetails database() {
            return Database.fresh();
        }
    }

    @TempDir
    static Path directory;

    private static final SilentNode SILENT = SilentNode.start();

    @DynamicPropertySource
    static void logins(DynamicPropertyRegistry registry) {
        registry.add("medic.ssh.host-keys", () -> "trust-on-first-use");
        registry.add("medic.ssh.known-hosts", () -> "file:" + directory.resolve("known_hosts"));
        registry.add("medic.ssh.logins.ops.user", () -> "ops");
        registry.add("medic.ssh.logins.ops.private-key", () -> "file:" + SilentNode.key(directory.resolve("key")));
    }

    @AfterAll
    static void stop() throws IOException {
        SILENT.close();
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private Api api;
    private Browser browser;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        for (String table : List.of("scheduled_tasks", "alarm", "diagnosis", "instance", "audit")) {
            jdbc.sql("delete from " + table).update();
        }
        api.put("/instances/orders-in14", """
                {"name": "orders-prod", "nodes": [{"nodeId": "node1-no14", "host": "127.0.0.1", "sshPort": %d, "login": "ops"}]}
                """.formatted(SILENT.port()));
        browser = Browser.open("en-US");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private Browser go(String path) {
        return browser.go(api.base() + path);
    }

    private WebElement find(String css) {
        return browser.await(By.cssSelector(css));
    }

    private List<String> texts(String css) {
        return browser.driver().findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private void awaitText(String text) {
        browser.await(ignored -> Optional.of(browser.text()).filter(shown -> shown.contains(text)));
    }

    private String address() {
        return browser.driver().getCurrentUrl().substring(api.base().length());
    }

    private void awaitAddress(String pattern) {
        browser.await(ignored -> Optional.of(address()).filter(now -> now.matches(pattern)));
    }

    private String start() {
        return api.post("/diagnoses", "{\"instanceId\": \"orders-in14\", \"nodeId\": \"node1-no14\"}")
                .json()
                .path("diagnosisId")
                .stringValue();
    }

    @Test
    void saysWhatToDoWhereThereIsNothingYet() {
        go("/");

        awaitText("No diagnosis yet");
        awaitText("An alarm opens one by itself");
        browser.shot("page-list-empty");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void listsWhatIsOpenAndWhatIsOverAndKeepsItsFilterInTheAddress() {
        String full = Recordings.judged(api, "disk-full-others");
        String healthy = Recordings.judged(api, "healthy");
        String running = start();

        go("/");

        assertThat(find("#open-title").getText()).isEqualTo("Open now");
        assertThat(find("#d-" + running).getText()).isEqualTo("orders-prod");
        assertThat(find("#d-" + full).getText()).startsWith("Data disk of etcd is full (node ");
        assertThat(texts(".case.CONFIRMED .badge")).containsExactly("Confirmed");
        assertThat(texts(".case.CONFIRMED .fault")).singleElement().asString().contains("n3");
        assertThat(find(".case.CONFIRMED time").getAttribute("datetime")).startsWith("20");
        browser.shot("page-list-en");

        new Select(find("#filter-state")).selectByValue("NO_FAULT_FOUND");
        awaitAddress("/\\?state=NO_FAULT_FOUND");
        browser.await(d -> d.findElements(By.id("d-" + full)).isEmpty() ? Optional.of(true) : Optional.empty());
        assertThat(find("#d-" + healthy).isDisplayed()).isTrue();

        browser.driver().navigate().refresh();
        assertThat(new Select(find("#filter-state")).getFirstSelectedOption().getText())
                .isEqualTo("No fault found");
        assertThat(browser.driver().findElements(By.cssSelector(".case"))).hasSize(1);
        find("#filter-none").click();
        assertThat(find("#d-" + full).isDisplayed()).isTrue();

        go("/?state=FAILED");
        awaitText("No diagnosis fits this filter");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhatComesMeanwhileAndKeepsTheFocus() {
        String full = Recordings.judged(api, "disk-full-others");
        go("/");
        find("#d-" + full);
        browser.driver()
                .executeScript("document.getElementById(arguments[0]).focus(); window.still = true", "d-" + full);

        String running = start();

        find("#d-" + running);
        assertThat(browser.driver().executeScript("return document.activeElement.id"))
                .isEqualTo("d-" + full);
        assertThat(browser.driver().executeScript("return window.still"))
                .as("the page itself was not loaded again")
                .isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsHowFarItIsAndCallsItOff() {
        String running = start();
        go("/ui/diagnoses/" + running);

        awaitText("being asked");
        browser.await(
                d -> d.findElements(By.cssSelector("#nodes .ASKING")).stream().findFirst());
        assertThat(find("#nodes").getText()).contains("node1-no14");
        browser.shot("page-running-en");
        assertThat(browser.complaints()).isEmpty();

        find("#cancel").click();

        awaitText("Somebody called it off");
        assertThat(texts(".badge")).containsExactly("Called off");
        browser.shot("page-cancelled-en");
        assertThat(api.get("/diagnoses/" + running).json().path("status").stringValue())
                .isEqualTo("CANCELLED");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsTheVerdictByItselfWhenTheRunEnds() {
        api.put("/instances/closed", """
                {"nodes": [{"nodeId": "n1", "host": "127.0.0.1", "sshPort": 1, "login": "ops"}]}
                """);
        go("/ui/instances");
        find("[data-instance='closed']").click();

        awaitAddress("/ui/diagnoses/.*");

        assertThat(find("#title").getText()).isNotBlank();
        find("#steps");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void leadsFromTheVerdictToTheLine() {
        String id = Recordings.judged(api, "disk-full-others");
        go("/");
        find("#d-" + id).click();

        assertThat(find("#title").getText()).startsWith("Data disk of etcd is full");
        List<String> sections = texts("main h1, main h2");
        assertThat(sections.subList(1, 3)).containsExactly("What to do now", "What decides");
        assertThat(texts(".steps > li .action")).hasSizeGreaterThan(2);
        assertThat(texts(".steps .disruptive")).contains("disruptive");
        assertThat(browser.driver().findElements(By.cssSelector("svg.story .mark path")))
                .hasSizeGreaterThan(5);
        assertThat(texts("svg.story .alarm-name")).containsExactly("alarm");
        assertThat(browser.driver().findElements(By.cssSelector(".reach td.BAD")))
                .isNotEmpty();
        find(".bars");
        browser.shot("page-disk-full-en");

        find("#why .quote a").click();

        awaitAddress("/ui/diagnoses/" + id + "/evidence/.*#L\\d+");
        WebElement line = find(".text p:target");
        assertThat(line.getAttribute("class")).contains("decisive");
        assertThat(line.getText()).contains("/usr/local/etcd");
        assertThat(find(".marks .decisive").getText()).contains("is full");
        assertThat(find(".text .note.decisive").getText()).contains("is full");
        browser.shot("page-evidence-en");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void drawsWhatWasMeasuredAroundTheAlarm() {
        String slow = Recordings.judged(api, "metrics-slow-disk");
        String hog = Recordings.judged(api, "disk-hog");

        go("/ui/diagnoses/" + slow + "#plots");
        find(".plot .curve.c0");
        assertThat(String.join("\n", texts(".plot figcaption")))
                .contains("Share of time in which the disk worked", "Processor time in use", "Share of memory");
        assertThat(texts(".plot .limit-name")).contains("limit 1 s", "limit 95 %");
        assertThat(browser.driver().findElements(By.cssSelector(".plot line.alarm")))
                .isNotEmpty();
        browser.shot("page-plots-metrics-en");

        go("/ui/diagnoses/" + hog + "#plots");
        find(".plot circle");
        assertThat(String.join("\n", texts(".plot figcaption")))
                .contains(
                        "Slow syncs of etcd's write-ahead log", "IO utilisation of the disk", "Processor time in use");
        awaitText("No Prometheus was asked");
        awaitText("holds no sync slower than a second");
        browser.shot("page-plots-logs-en");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void runsItAgainAndSaysWhetherTheCauseIsGone() {
        String id = Recordings.judged(api, "disk-full-others");
        go("/ui/diagnoses/" + id);

        find("#rerun").click();

        awaitAddress("/ui/diagnoses/(?!" + id + ").*");
        awaitText("still there");
        find(".again a").click();
        awaitAddress("/ui/diagnoses/" + id);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void tellsAProblemInTheReadersWords() {
        String id = start();
        api.post("/diagnoses/" + id + "/cancel", "");
        api.delete("/instances/orders-in14");
        go("/ui/diagnoses/" + id);

        find("#rerun").click();

        assertThat(find("#notice").getText()).contains("Unknown instance", "not in the inventory");
        assertThat(find("#notice").getAriaRole()).isEqualTo("alert");
        browser.shot("page-problem-en");
    }

    @Test
    void judgesAFileThatIsDropped() {
        go("/");
        find("#upload");

        browser.driver().executeScript("""
                const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
                const carried = new DataTransfer();
                carried.items.add(new File([bytes], 'logs.zip'));
                for (const kind of ['dragover', 'drop']) {
                  document.querySelector('#upload').dispatchEvent(
                    new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
                }
                """, Base64.getEncoder().encodeToString(Recordings.zip("firewall-on-peer")));

        awaitAddress("/ui/diagnoses/.*");
        assertThat(find("#title").getText()).startsWith("Firewall rule blocks etcd");
        browser.shot("page-firewall-en");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void judgesAFileThatIsChosenAndSaysWhyItCannot() throws IOException {
        Path prose = Files.writeString(directory.resolve("letter.txt"), "dear all");
        Path log = Files.write(directory.resolve("recording.zip"), Recordings.zip("disk-full-others"));
        go("/");

        find("#upload");
        browser.driver().findElement(By.id("bundle")).sendKeys(prose.toString());
        assertThat(find("#notice").getText()).contains("cannot be judged", "letter.txt");
        browser.complaints();

        browser.driver().findElement(By.id("bundle")).sendKeys(log.toString());
        awaitAddress("/ui/diagnoses/.*");
        assertThat(find("#title").getText()).startsWith("Data disk of etcd is full");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void speaksChineseToWhoAsksForItAndToWhoChoosesIt() {
        String id = Recordings.judged(api, "disk-full-others");
        go("/ui/diagnoses/" + id);
        assertThat(find("html").getAttribute("lang")).isEqualTo("en");

        find(".language").click();

        awaitText("现在该做什么");
        assertThat(address()).isEqualTo("/ui/diagnoses/" + id);
        assertThat(find("html").getAttribute("lang")).isEqualTo("zh-CN");
        find(".bars");
        browser.shot("page-disk-full-zh");
        go("/");
        awaitText("分析手工收集的文件");
        browser.shot("page-list-zh");
        go("/diagnoses/" + id + "/report");
        awaitText("现在该做什么");
        try (Browser chinese = Browser.open("zh-CN")) {
            chinese.go(api.base() + "/ui/causes");
            assertThat(chinese.await(By.tagName("h1")).getText()).isEqualTo("故障原因");
            chinese.shot("page-causes-zh");
            assertThat(chinese.complaints()).isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsInstancesAndCausesToLookAt() {
        go("/ui/instances");
        awaitText("orders-prod");
        awaitText("node1-no14");
        browser.shot("page-instances-en");

        go("/ui/causes");
        find("a[href='/ui/causes/ETCD_DISK_FULL']").click();
        awaitText("What to do about it");
        assertThat(browser.text()).contains("ETCD_DISK_FULL").doesNotContain("{{");
        browser.shot("page-cause-en");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void isUsedByKeyboardAlone() {
        String id = Recordings.judged(api, "disk-full-others");
        go("/");
        find("#d-" + id);
        var keys = new Actions(browser.driver());

        keys.sendKeys(Keys.TAB).perform();
        assertThat(browser.driver().switchTo().activeElement().getAttribute("class"))
                .isEqualTo("skip");
        for (int i = 0; i < 30 && !address().contains(id); i++) {
            if (("d-" + id).equals(browser.driver().switchTo().activeElement().getAttribute("id"))) {
                browser.shot("page-list-focus-en");
                keys.sendKeys(Keys.ENTER).perform();
                awaitAddress("/ui/diagnoses/" + id);
            } else {
                keys.sendKeys(Keys.TAB).perform();
            }
        }

        assertThat(find("#title").getText()).startsWith("Data disk");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fitsAPhoneAndTheDark() {
        String id = Recordings.judged(api, "disk-full-others");
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        go("/");
        find("#d-" + id);
        browser.shot("page-list-dark-en");
        go("/ui/diagnoses/" + id);
        find(".bars");
        assertThat(browser.driver().executeScript("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(18, 22, 27)");
        browser.shot("page-disk-full-dark-en");

        for (String path :
                List.of("/", "/ui/diagnoses/" + id, "/ui/instances", "/ui/causes", "/ui/causes/ETCD_DISK_FULL")) {
            phone(900);
            go(path);
            find("#main");
            if (path.endsWith(id)) {
                find(".bars");
            }
            assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth"))
                    .as("width of " + path)
                    .isEqualTo(360L);
            long height = Long.parseLong(
                    String.valueOf(browser.driver().executeScript("return document.documentElement.scrollHeight")));
            phone(Math.min(height, 8000));
            shot("page-phone" + path.replace(id, "one").replace('/', '-'));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private void phone(long height) {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 360, "height", height, "deviceScaleFactor", 2, "mobile", true));
    }

    private void shot(String name) {
        try {
            Files.write(
                    Path.of("target", "screenshots", name + ".png"),
                    Base64.getDecoder()
                            .decode(String.valueOf(browser.driver()
                                    .executeCdpCommand("Page.captureScreenshot", Map.of())
                                    .get("data"))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void showsHostileWordsAsWords() {
        String hostile = "\"><img/src=x/onerror=alert(1)>/<script>alert(2)</script>/\u202e";
        String id = Recordings.judged(api, "etcd<img src=x onerror=alert(3)>.log", """
                2026-11-22 18:00:00.112936 I | etcdmain: etcd Version: 3.4.23
                2026-11-22 18:30:00.112936 C | etcdserver: raft save state and entries error: write /a/%s/0.wal: no space left on device
                """.formatted(hostile)
                .getBytes(StandardCharsets.UTF_8));
        go("/");
        find("#d-" + id).click();
        assertThat(find("#why .quote pre").getText())
                .contains("<script>alert(2)</script>", "onerror=alert(1)", "\\u202e");
        browser.shot("page-hostile-en");

        find("#why .quote a").click();
        assertThat(find(".text p:target").getText()).contains("<script>alert(2)</script>", "\\u202e");

        assertThat(browser.driver().findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(browser.driver().getPageSource()).doesNotContain("\u202e");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsALongCaptureUsable() {
        var log = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            log.append("2026-11-22 18:%02d:%02d.112936 I | etcdserver: a line that tells nothing\n"
                    .formatted(i / 400, i / 10 % 60));
        }
        log.append(
                "2026-11-22 18:50:00.112936 C | etcdserver: raft save state and entries error: write /a/0.wal: no space left on device\n");
        String id = Recordings.judged(api, "etcd.log", log.toString().getBytes(StandardCharsets.UTF_8));
        go("/ui/diagnoses/" + id);

        find("#why .quote a").click();

        WebElement line = find(".text p:target");
        assertThat(line.getText()).contains("no space left on device");
        assertThat(browser.driver()
                        .executeScript(
                                "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight",
                                line))
                .as("the line is in sight")
                .isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }
}
