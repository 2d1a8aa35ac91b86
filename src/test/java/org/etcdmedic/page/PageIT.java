package org.etcdmedic.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What the page shows of diagnoses, and what can be ordered there. */
class PageIT extends ReaderAtThePage {
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
    void namesEveryIndependentCauseAndWhetherEtcdCanWriteBeforeAnythingElse() {
        go("/ui/diagnoses/" + Recordings.judged(api, "two-causes"));

        assertThat(find(".effect.LOST").getText()).isEqualTo("etcd accepts no writes: 0 of 3 members are healthy");
        assertThat(find("h1").getText()).startsWith("Wrong owner or mode of the data directory");
        assertThat(texts(".also")).singleElement().asString().startsWith("Also: Data disk of etcd is full (node ");
        assertThat(find(".fault").getText()).contains("n3");
        assertThat(browser.complaints()).isEmpty();

        go("/ui/diagnoses/" + Recordings.judged(api, "certificate-expired-everywhere"));
        assertThat(texts(".fault")).singleElement().asString().contains("n1", "n2", "n3");
        assertThat(texts(".also")).isEmpty();
    }

    @Test
    void isToldByTheStreamHowFarItIs() {
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                const Plain = EventSource;
                window.EventSource = class extends Plain {
                  constructor(url) {
                    super(url);
                    for (const name of ["progress", "over"]) {
                      this.addEventListener(name, () => { sessionStorage.heard = (sessionStorage.heard ?? "") + name + " "; });
                    }
                  }
                };
                """));
        String running = start();
        go("/ui/diagnoses/" + running);
        awaitHeard("progress");

        api.post("/diagnoses/" + running + "/cancel", "");

        awaitHeard("over");
        awaitText("Somebody called it off");
        assertThat(browser.complaints()).isEmpty();
    }

    private void awaitHeard(String event) {
        browser.await(d -> Optional.of(String.valueOf(d.executeScript("return sessionStorage.heard")))
                .filter(heard -> heard.contains(event)));
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
    void takesWhatSomebodySaysOfTheVerdictAndCountsIt() {
        String id = Recordings.judged(api, "disk-full-others");
        go("/ui/diagnoses/" + id);

        find("#say summary").click();
        find("[data-feedback] input[value=RIGHT]").click();
        find("[data-feedback] input[value=free-disk-space]").click();
        find("[data-feedback] textarea").sendKeys("moved the dump");
        find("[data-feedback] button").click();

        awaitText("moved the dump");
        assertThat(find("#said").getText()).contains("Right", "free-disk-space", "local");
        assertThat(api.get("/diagnoses/" + id + "/feedback")
                        .json()
                        .at("/items/0/helped/0")
                        .stringValue())
                .isEqualTo("free-disk-space");
        go("/ui/causes");
        find("a[href='/ui/accuracy']").click();
        assertThat(find("#causes-title").getText()).isEqualTo("By cause");
        assertThat(String.join(" ", texts("td"))).contains("Data disk of etcd is full", "100 % (21–100 %)");
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
        Path prose = Files.writeString(DIRECTORY.resolve("letter.txt"), "dear all");
        Path log = Files.write(DIRECTORY.resolve("recording.zip"), Recordings.zip("disk-full-others"));
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
    void saysWhenItCannotBeRenewed() {
        go("/");
        awaitText("No diagnosis yet");

        offline(true);
        assertThat(find("#notice").getText()).contains("does not answer");

        offline(false);
        browser.await(d -> d.findElement(By.id("notice")).isDisplayed() ? Optional.empty() : Optional.of(true));
    }

    private void offline(boolean offline) {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    @Test
    void showsVerdictsWithoutACauseToo() {
        String id = Recordings.judged(api, "healthy");
        go("/ui/diagnoses/" + id);

        assertThat(find("#title").getText()).isEqualTo("No fault found");
        find(".bars");
        browser.shot("page-healthy-en");
        assertThat(browser.complaints()).isEmpty();
    }
}
