package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a screen. Where the machine has none, the test says so and is skipped. */
public final class Browser implements AutoCloseable {
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Opens a browser.
     *
     * @param language what it asks for, such as {@code zh-CN}
     * @param further arguments of Chromium
     */
    public static Browser open(String language, String... further) {
        if (!Files.isExecutable(DRIVER) || !Files.isExecutable(CHROMIUM)) {
            String skipped = "BROWSER SKIPPED: " + DRIVER + " and " + CHROMIUM + " are not both there";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        // Root has no sandbox in Chromium; it only ever opens the service that the test has started.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--lang=" + language,
                "--accept-lang=" + language);
        options.addArguments(further);
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1280, 900));
        return new Browser(driver);
    }

    /** The driver, for what stands here no shorter. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Goes to a page. */
    public Browser go(String url) {
        driver.get(url);
        return this;
    }

    /** Makes the window as large as this, in pixels of the page. */
    public Browser size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        return this;
    }

    /** The element, awaited. */
    public WebElement await(By what) {
        return await(d ->
                d.findElements(what).stream().filter(WebElement::isDisplayed).findFirst());
    }

    /** What the condition yields, awaited until there is something. */
    public <T> T await(Function<ChromeDriver, Optional<T>> condition) {
        var found = new AtomicReference<Optional<T>>(Optional.empty());
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .until(ignored -> {
                    found.set(onePage(condition));
                    return found.get().isPresent();
                });
        return found.get().orElseThrow();
    }

    /** ChromeDriver has another word, besides the stale element, for a page that was replaced between finding and reading. */
    private <T> Optional<T> onePage(Function<ChromeDriver, Optional<T>> condition) {
        try {
            return condition.apply(driver);
        } catch (WebDriverException replaced) {
            if (String.valueOf(replaced.getMessage()).contains("does not belong to the document")) {
                return Optional.empty();
            }
            throw replaced;
        }
    }

    /** All the text that the page shows. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Keeps a picture of the whole page under {@code target/screenshots}. */
    public Path shot(String name) {
        try {
            Files.createDirectories(SHOTS);
            var size = driver.manage().window().getSize();
            int height = driver.findElement(By.tagName("body")).getSize().getHeight();
            driver.manage()
                    .window()
                    .setSize(new Dimension(size.width, Math.min(6000, Math.max(size.height, height + 150))));
            Path file = Files.write(SHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            driver.manage().window().setSize(size);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser complained about since the last call: errors of scripts, what the page's policy forbade, what was not found. */
    public List<String> complaints() {
        return Stream.of(LogType.BROWSER)
                .flatMap(type -> driver.manage().logs().get(type).getAll().stream())
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
