package org.sessionpro.backend.telemetry;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sessionpro.backend.config.SessionWebhook;
import org.sessionpro.protocol.json.JsonWriter;

/// Posts messages to one session webhook, one after the other on a thread of its own
/// (`operator-v0.md` §5). Whoever hands one over never waits; what is not taken is told on standard
/// error, by the name of the webhook alone, and dropped.
final class WebhookSender {
  /// Messages that may wait. The oldest makes room for one more.
  static final int QUEUE = 128;

  /// Of a message, in characters, without its fence.
  static final int LONGEST = 2_000;

  private static final int BATCH = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String FENCE = "```";

  private final SessionWebhook webhook;
  private final HttpClient client;
  private final Thread thread;

  /// Guards what follows; told when there is something to do.
  private final Object lock = new Object();

  private final Deque<String> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean closing;

  private WebhookSender(SessionWebhook webhook, HttpClient client) {
    this.webhook = webhook;
    this.client = client;
    this.thread = Thread.ofPlatform().daemon().name("session webhook").unstarted(this::run);
  }

  static WebhookSender start(SessionWebhook webhook, HttpClient client) {
    WebhookSender sender = new WebhookSender(webhook, client);
    sender.thread.start();
    return sender;
  }

  /// Posts it when its turn comes; what is longer than [#LONGEST] is cut.
  void send(String message) {
    synchronized (lock) {
      if (closing) {
        return;
      }
      if (waiting.size() == QUEUE) {
        waiting.removeFirst();
        dropped++;
      }
      waiting.addLast(message);
      lock.notifyAll();
    }
  }

  /// Takes no more messages and ends once those that wait are posted.
  void close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
    }
  }

  /// Waits for the end, and brings it about if it does not come in time.
  ///
  /// @param patience longer than zero
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      for (List<String> batch = next(); !batch.isEmpty(); batch = next()) {
        for (String message : batch) {
          post(message);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for messages; empty at the end.
  private List<String> next() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty() && !closing) {
        lock.wait();
      }
      List<String> batch = new ArrayList<>();
      if (dropped > 0) {
        batch.add("messages that were dropped because too many waited: " + dropped);
        dropped = 0;
      }
      while (!waiting.isEmpty() && batch.size() < BATCH) {
        batch.add(waiting.removeFirst());
      }
      return batch;
    }
  }

  private void post(String message) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(message), HttpResponse.BodyHandlers.discarding());
    try {
      int status = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status / 100 != 2) {
        complain("status " + status);
      }
    } catch (TimeoutException late) {
      complain("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      // Its message may name the address.
      complain(failed.getCause() == null ? "failed" : failed.getCause().getClass().getSimpleName());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(String message) {
    byte[] body =
        JsonWriter.object(json ->
            json.text("text", FENCE + "\n" + shown(message) + "\n" + FENCE)
                .text("display_name", webhook.name()));
    return HttpRequest.newBuilder(webhook.url())
        .header("Content-Type", "application/json")
        .timeout(PATIENCE)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /// Nothing in it ends the fence.
  private static String shown(String message) {
    String whole = message.strip().replace(FENCE, "'''");
    if (whole.length() <= LONGEST) {
      return whole;
    }
    int end = Character.isHighSurrogate(whole.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return whole.substring(0, end) + "…";
  }

  /// Not in the log, which would only be posted again.
  private void complain(String why) {
    System.err.println("a message to the session webhook " + webhook.name() + " is lost: " + why);
  }
}
