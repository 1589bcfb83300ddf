package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.config.LogFormat;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.SessionWebhook;
import org.slf4j.LoggerFactory;

/// Looks at what arrives at a real socket, and at what standard error says of it.
class WebhooksTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:05:09.007Z");

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    Logging.start(new LogSettings(LogLevel.WARNING));
  }

  @Test
  void aWarningIsPostedInAFenceUnderTheNameOfTheWebhook() throws Exception {
    try (Receiver receiver = Receiver.answering(200)) {
      start(receiver.webhook("Pro"));
      LoggerName.BACKEND.logger().warn("look");
      Logging.stop();

      JsonNode message = receiver.next();
      assertThat(message.get("text").asText())
          .startsWith("```\n")
          .endsWith(" WARNING backend look\n```");
      assertThat(message.get("display_name").asText()).isEqualTo("Pro");
    }
  }

  @Test
  void whatIsLessThanAWarningOrOfALibraryIsNotPosted() throws Exception {
    try (Receiver receiver = Receiver.answering(200)) {
      start(receiver.webhook("Pro"));
      LoggerName.BACKEND.logger().info("no");
      LoggerFactory.getLogger("org.example").error("no");
      LoggerName.PRO.logger().error(Severity.CRITICAL, "yes");
      Logging.stop();

      assertThat(receiver.nextText()).endsWith(" CRITICAL pro yes");
      assertThat(receiver.isEmpty()).isTrue();
    }
  }

  @Test
  void nothingIsPostedToAWebhookThatIsOff() throws Exception {
    try (Receiver on = Receiver.answering(200);
        Receiver off = Receiver.answering(200)) {
      start(on.webhook("on"), new SessionWebhook("off", off.webhook("off").url(), false));
      LoggerName.BACKEND.logger().warn("look");
      Logging.stop();

      assertThat(on.nextText()).endsWith("look");
      assertThat(off.isEmpty()).isTrue();
    }
  }

  @Test
  void anAnnouncementIsPostedUnderItsTime() throws Exception {
    try (Receiver receiver = Receiver.answering(200)) {
      start(receiver.webhook("Pro"));
      Logging.announce(AT, "one\ntwo");
      Logging.stop();

      String time =
          DateTimeFormatter.ofPattern("yy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
              .withZone(ZoneId.systemDefault())
              .format(AT);
      assertThat(receiver.nextText()).isEqualTo(time + "\none\ntwo");
    }
  }

  @Test
  void aMessageIsCutAtTwoThousandCharacters() throws Exception {
    assertThat(posted("x".repeat(2_000))).isEqualTo("x".repeat(2_000));
    assertThat(posted("x".repeat(2_001))).isEqualTo("x".repeat(1_999) + "…");
  }

  @Test
  void noCharacterIsCutInTwo() throws Exception {
    assertThat(posted("x".repeat(1_998) + "\ud83d\ude00xx")).isEqualTo("x".repeat(1_998) + "…");
  }

  @Test
  void noMessageEndsItsFence() throws Exception {
    assertThat(posted("a```b")).isEqualTo("a'''b");
  }

  @Test
  void theOldestMakeRoomAndThatIsTold() throws Exception {
    try (Receiver receiver = Receiver.shut();
        HttpClient client = HttpClient.newHttpClient()) {
      WebhookSender sender = WebhookSender.start(receiver.webhook("Pro"), client);
      sender.send("first");
      assertThat(receiver.nextText()).isEqualTo("first");

      for (int number = 1; number <= WebhookSender.QUEUE + 3; number++) {
        sender.send("message " + number);
      }
      receiver.open();

      assertThat(receiver.nextText())
          .isEqualTo("messages that were dropped because too many waited: 3");
      for (int number = 4; number <= WebhookSender.QUEUE + 3; number++) {
        assertThat(receiver.nextText()).isEqualTo("message " + number);
      }
      sender.close();
      sender.awaitEnd(Duration.ofSeconds(2));
    }
  }

  @Test
  void aMessageThatIsNotTakenIsToldWithoutTheAddress() throws Exception {
    try (Receiver receiver = Receiver.answering(500)) {
      start(receiver.webhook("Pro"));
      Logging.announce(AT, "x");
      Logging.stop();

      assertThat(said.toString(StandardCharsets.UTF_8))
          .isEqualToNormalizingNewlines(
              "a message to the session webhook Pro is lost: status 500\n");
    }
  }

  @Test
  void aReceiverThatIsNotThereIsToldWithoutTheAddress() throws Exception {
    Receiver receiver = Receiver.answering(200);
    receiver.close();
    start(receiver.webhook("Pro"));

    Logging.announce(AT, "x");
    Logging.stop();

    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("a message to the session webhook Pro is lost: ")
        .doesNotContain(Receiver.SECRET, "127.0.0.1");
  }

  @Test
  void aReceiverThatDoesNotAnswerHoldsUpNeitherTheLogNorTheEndForLong() throws Exception {
    try (Receiver receiver = Receiver.shut()) {
      start(receiver.webhook("Pro"));
      long begun = System.nanoTime();
      for (int number = 0; number < 1_000; number++) {
        LoggerName.BACKEND.logger().warn("look");
      }
      Duration logging = Duration.ofNanos(System.nanoTime() - begun);
      Logging.stop();
      Duration whole = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(logging).isLessThan(Duration.ofSeconds(2));
      assertThat(whole).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static String posted(String message) throws Exception {
    try (Receiver receiver = Receiver.answering(200);
        HttpClient client = HttpClient.newHttpClient()) {
      WebhookSender sender = WebhookSender.start(receiver.webhook("Pro"), client);
      sender.send(message);
      String text = receiver.nextText();
      sender.close();
      sender.awaitEnd(Duration.ofSeconds(2));
      return text;
    }
  }

  private static void start(SessionWebhook... webhooks) {
    Logging.start(
        new LogSettings(LogLevel.INFO, Map.of(), null, LogFormat.TEXT, false, List.of(webhooks)));
  }
}
