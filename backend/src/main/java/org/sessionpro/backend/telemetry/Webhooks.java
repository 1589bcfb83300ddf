package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.sessionpro.backend.config.SessionWebhook;

/// The session webhooks of the process: the program's own warnings and worse are posted to each of
/// them, and what it is told to announce besides (`operator-v0.md` §5).
final class Webhooks extends UnsynchronizedAppenderBase<ILoggingEvent> {
  static final String NAME = "webhooks";

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final LogLine layout;
  private final HttpClient client;
  private final List<WebhookSender> senders;

  private Webhooks(LogLine layout, HttpClient client, List<WebhookSender> senders) {
    this.layout = layout;
    this.client = client;
    this.senders = senders;
  }

  /// Opens those that are switched on, of which there is at least one.
  static Webhooks open(List<SessionWebhook> webhooks, ZoneId zone) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_CLOSE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    List<WebhookSender> senders =
        webhooks.stream()
            .filter(SessionWebhook::enabled)
            .map(one -> WebhookSender.start(one, client))
            .toList();
    Webhooks opened = new Webhooks(new LogLine(zone), client, senders);
    opened.setName(NAME);
    return opened;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN) && LoggerName.isOwn(event.getLoggerName())) {
      String line = layout.doLayout(event);
      senders.forEach(sender -> sender.send(line));
    }
  }

  /// Posts a text of several lines, perhaps, under its time.
  void announce(Instant at, String text) {
    String message = layout.time(at) + "\n" + text;
    senders.forEach(sender -> sender.send(message));
  }

  /// Posts what waits, for at most 2 s in all.
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    senders.forEach(WebhookSender::close);
    long deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
    try {
      for (WebhookSender sender : senders) {
        sender.awaitEnd(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 1)));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }
}
