package org.sessionpro.backend.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sessionpro.backend.config.SessionWebhook;

/// Takes what is posted to a session webhook, on a real socket.
public final class Receiver implements AutoCloseable {
  /// What only those may know who post here.
  static final String SECRET = "s3cret-path";

  private final HttpServer server;
  private final BlockingQueue<JsonNode> taken = new LinkedBlockingQueue<>();
  private final CountDownLatch open;
  private final int status;

  private Receiver(int status, CountDownLatch open) throws IOException {
    this.status = status;
    this.open = open;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/" + SECRET, this::take);
    server.start();
  }

  public static Receiver answering(int status) throws IOException {
    return new Receiver(status, new CountDownLatch(0));
  }

  /// One that answers nothing until it is opened.
  static Receiver shut() throws IOException {
    return new Receiver(200, new CountDownLatch(1));
  }

  void open() {
    open.countDown();
  }

  public SessionWebhook webhook(String name) {
    return new SessionWebhook(
        name, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + SECRET), true);
  }

  /// The next message.
  public JsonNode next() throws InterruptedException {
    JsonNode message = taken.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing was posted");
    }
    return message;
  }

  /// The text of the next message, without its fence.
  public String nextText() throws InterruptedException {
    String text = next().get("text").asText();
    return text.substring("```\n".length(), text.length() - "\n```".length());
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      taken.add(new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
      open.await();
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open();
    server.stop(0);
  }
}
