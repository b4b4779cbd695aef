package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The dashboard as people use it, in a real browser. */
@Timeout(180)
class DashboardInBrowserTest extends ServerTest {

  private static final List<String> PROGRAMS = List.of("chromium", "chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ChromeDriver browser;

  @BeforeEach
  void open() {
    for (String program : PROGRAMS) {
      assumeTrue(
          path(program).isPresent(),
          program
              + " is not installed: apt-get install -y --no-install-recommends chromium"
              + " chromium-driver");
    }
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(path("chromium").orElseThrow().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--window-size=1200,900");
    options.setCapability("goog:loggingPrefs", logs);
    var driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(path("chromedriver").orElseThrow().toFile())
            .build();
    browser = new ChromeDriver(driver, options);
  }

  private static Optional<Path> path(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private void go(String view) {
    browser.get("http://localhost:" + client().port() + "/" + view);
  }

  /** What the page shows once it shows a text. */
  private String shows(String text) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String shown = shown();
    while (!shown.contains(text) && System.nanoTime() < end) {
      Thread.onSpinWait();
      shown = shown();
    }
    assertThat(shown).contains(text);
    return shown;
  }

  private String shown() {
    return String.valueOf(browser.executeScript("return document.body.innerText"));
  }

  private WebElement find(String selector) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<WebElement> found = browser.findElements(By.cssSelector(selector));
    while (found.isEmpty() && System.nanoTime() < end) {
      found = browser.findElements(By.cssSelector(selector));
    }
    assertThat(found).as(selector).isNotEmpty();
    return found.getFirst();
  }

  private void assertNoComplaints() {
    assertThat(complaints()).isEmpty();
  }

  private List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Test
  void backlogMovesWhileOneWatches() {
    Script.Hold hold = script.hold("holds");
    go("#/");
    shows("Nothing runs.");
    String running = client().submit("script", "holds");
    hold.awaitBegin();
    String waiting = client().submit("script", "next");

    shows(waiting.substring(28));
    shows(running.substring(28));
    find("button[data-job='" + waiting + "']").click();
    Eventually.holds(() -> client().status(waiting).equals("cancelled"));
    hold.release();
    shows("Nothing runs.");
    assertNoComplaints();
  }

  @Test
  void lineStandsStillUnderThePointer() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String first = client().submit("script", "first");
    String second = client().submit("script", "second");
    go("#/");
    WebElement button = find("button[data-job='" + second + "']");
    new Actions(browser).moveToElement(button).perform();
    Rectangle place = button.getRect();
    client().post("/jobs/" + first + "/cancel");
    shows("stands still under the pointer");
    shows("Waiting\n1");

    assertThat(browser.findElements(By.cssSelector("button[data-job]"))).hasSize(2);
    button.click();
    Eventually.holds(() -> client().status(second).equals("cancelled"));
    hold.release();
    shows("Running\n0");
    assertThat(button.getRect()).as("though nothing runs above it any more").isEqualTo(place);
    new Actions(browser).moveToElement(find("h1")).perform();
    shows("Nobody waits.");
    assertNoComplaints();
  }

  @Test
  void sequenceIsPastedCheckedAndFound() throws IOException {
    go("#/submit/align");
    WebElement name = find("input[name='query_name']");
    name.sendKeys("a b");
    shows("doesn’t match");
    name.clear();
    WebElement sequence = find("textarea[name='query_sequence']");
    sequence.sendKeys(">HBB\nMVHLTPEEKSAVTALWGKV\nNVDE&GGEALGR\n");
    shows("Line 3");
    find("form button[type='submit']").click();
    shows("Mend what is marked above.");
    sequence.clear();
    sequence.sendKeys(">HBB\nMVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDLSTPDAVMGNPK\n");
    find("form button[type='submit']").click();

    shows("align: HBB");
    shows("HBB_CALAR");
    shows("hits.tsv");
    shows("closed within ");
    find("button[aria-label^='Alignment with']").click();
    shows("Query ");
    assertThat(serious()).isEqualTo("");
    assertThat(complaints()).allMatch(message -> message.contains("422"));
  }

  @Test
  void pageOfAJobMovesWhileItWaitsAndRuns() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String first = client().submit("script", "first");
    Script.Hold last = script.hold("last");
    String id = client().submit("script", "last");
    go("#/jobs/" + id);
    shows("Position\n2");
    client().post("/jobs/" + first + "/cancel");
    shows("Position\n1");
    hold.release();
    last.awaitBegin();
    shows("has run 1");
    last.release();

    shows("closed within ");
    assertNoComplaints();
  }

  @Test
  void newestReplyIsSeenAboveTheFieldForTheNext() {
    for (int i = 0; i < 12; i++) {
      client().ended(client().postForm("/sessions/followed-to-its-end/messages", "line " + i).id());
    }
    go("#/sessions/followed-to-its-end");
    shows("line 11");
    assertThat(gapBelowTheLastMessage()).isNotNegative();
    find("textarea").sendKeys("one more");
    find("form button[type='submit']").click();
    Eventually.holds(() -> shown().endsWith("one more") || shown().contains("one more\n\nSend"));
    assertThat(gapBelowTheLastMessage()).isNotNegative();
    assertNoComplaints();
  }

  /** In pixels, to the field. */
  private double gapBelowTheLastMessage() {
    return ((Number)
            browser.executeScript(
                """
                const last = document.querySelector('.chat').lastElementChild.getBoundingClientRect();
                return document.querySelector('.composer').getBoundingClientRect().top - last.bottom"""))
        .doubleValue();
  }

  @Test
  void chatIsStoppedAndReadAgain() {
    go("#/sessions/browser");
    shows("Nothing was said yet.");
    find("textarea").sendKeys("word ".repeat(400));
    find("form button[type='submit']").click();
    shows("assistant running");
    browser.navigate().refresh();
    shows("assistant running");
    find("form button:not([type='submit'])").click();

    shows("cancelled");
    browser.navigate().refresh();
    assertThat(shows("user cancelled")).contains("word word");
    assertNoComplaints();
  }

  @Test
  void stopInAChatLetsNoTurnBeginThatWaits() {
    String address = "/sessions/stopped/messages";
    String running = client().postForm(address, "word ".repeat(400)).id();
    String waiting = client().postForm(address, "never said").id();
    go("#/sessions/stopped");
    shows("assistant waits");
    find("form button:not([type='submit'])").click();

    Eventually.holds(() -> client().status(running).equals("cancelled"));
    assertThat(client().job(waiting).json().at("/attempt").asInt()).isZero();
    assertThat(client().status(waiting)).isEqualTo("cancelled");
    assertNoComplaints();
  }

  @Test
  void jobsOfALaneAreCancelledTogether() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String waiting = client().submit("script", "next");
    go("#/jobs?lane=default&status=queued");
    find(".steer button").click();
    shows("1 job would be cancelled.");
    find(".steer button.danger").click();

    shows("1 cancelled.");
    assertThat(client().status(waiting)).isEqualTo("cancelled");
    hold.release();
    assertNoComplaints();
  }

  @Test
  void addressThatLeadsNowhereSaysSo() {
    go("#/nowhere");
    shows("Nothing here");
    go("#/jobs/nowhere");
    shows("Unknown job");
  }

  @Test
  void whatUsersSendStaysText() throws IOException {
    String evil = "<img src=x onerror=\"document.title='taken'\"><b>bold</b>";
    String id = client().submit("script", evil);
    client().status(id);
    go("#/jobs/" + id);

    shows("<b>bold</b>");
    assertThat(browser.getTitle()).doesNotContain("taken");
    assertNoComplaints();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#/",
        "#/submit/align",
        "#/jobs",
        "#/sessions",
        "#/sessions/glanced-at",
        "#/history"
      })
  void everyViewIsForEverybodyAndFitsAPhone(String view) throws IOException {
    client().ended(client().submit("script", "seen"));
    client().postBody("/sessions/glanced-at/messages", "text/plain", "hello");
    browser.manage().window().setSize(new Dimension(500, 900));
    go(view);
    find("main h1");

    assertThat(serious()).isEqualTo("");
    assertThat(browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertNoComplaints();
  }

  /** What axe finds wrong that keeps people out. */
  private Object serious() throws IOException {
    browser.executeScript(axe());
    return browser.executeAsyncScript(
        """
        const done = arguments[arguments.length - 1];
        axe.run().then((all) => done(all.violations
            .filter((each) => ['serious', 'critical'].includes(each.impact))
            .map((each) => each.id + ': ' + each.nodes.map((node) => node.html).join(' '))
            .join('\\n')));
        """);
  }

  private static String axe() throws IOException {
    try (InputStream script =
        Objects.requireNonNull(
            DashboardInBrowserTest.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
      return new String(script.readAllBytes(), UTF_8);
    }
  }
}
