package org.etcdmedic.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.etcdmedic.testing.Browser;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Readers of every kind: of both languages, without a mouse, with a phone, at night; and words that nobody should trust. */
class PageReadersIT extends ReaderAtThePage {
    @Test
    void speaksChineseToWhoAsksForItAndToWhoChoosesIt() {
        String id = Recordings.judged(api, "disk-full-others");
        go("/ui/diagnoses/" + id);
        assertThat(find("html").getAttribute("lang")).isEqualTo("en");

        find(".language").click();

        awaitText("处理步骤");
        assertThat(address()).isEqualTo("/ui/diagnoses/" + id);
        assertThat(find("html").getAttribute("lang")).isEqualTo("zh-CN");
        find(".bars");
        browser.shot("page-disk-full-zh");
        go("/");
        awaitText("分析手工收集的文件");
        browser.shot("page-list-zh");
        go("/diagnoses/" + id + "/report");
        awaitText("处理步骤");
        // From a statement of the report to its very line.
        find(".decisive pre a[href*='#L']").click();
        awaitAddress("/ui/diagnoses/" + id + "/evidence/[0-9a-f-]+#L\\d+");
        assertThat(find(":target").isDisplayed()).isTrue();
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

        for (String path : List.of(
                "/",
                "/ui/diagnoses/" + id,
                "/ui/instances",
                "/ui/causes",
                "/ui/causes/ETCD_DISK_FULL",
                "/ui/accuracy")) {
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
            throw new UncheckedIOException(e);
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
