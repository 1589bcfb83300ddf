package org.sessionpro.bench.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// All the attacks there are.
final class Attacks {
  private static final Duration DRIP = Duration.ofSeconds(1);
  private static final Duration BREATH = Duration.ofMillis(10);
  private static final byte[] DROP = {'x'};

  /// As long as those of real clients, which a server has to have room for.
  private static final int SHORT_BODY = 2_000;

  private static final int LONG_BODY = 60_000;

  private static final int HUGE_HEADER = 60_000;
  private static final int CHUNK = 8_192;
  private static final long MOST_CHUNKS = 10_000;
  private static final int PIPELINE = 100;
  private static final int MOST_GARBAGE = 3_000;

  private final Ammunition ammunition;

  /// Requests that many connections send, as made when the attack was.
  private final byte[] status;

  private final byte[] proof;
  private final byte[] onionProof;
  private final byte[] onionAtCap;
  private final byte[] onionList;

  private Attacks(Ammunition ammunition) {
    this.ammunition = ammunition;
    this.status = ammunition.status();
    this.proof = ammunition.proof();
    this.onionProof = ammunition.onionProof();
    this.onionAtCap = ammunition.onionAtCap();
    this.onionList = ammunition.onionList();
  }

  /// The attack of that name, with fresh requests.
  ///
  /// @throws IllegalArgumentException if there is none
  static Attack named(String name, Ammunition ammunition, int most) {
    return all(ammunition, most).stream()
        .filter(attack -> attack.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no attack is called " + name));
  }

  /// Every attack, with fresh requests.
  ///
  /// @param most connections of those attacks that are about their number
  static List<Attack> all(Ammunition ammunition, int most) {
    return new Attacks(ammunition).all(most);
  }

  private List<Attack> all(int most) {
    int many = Math.min(most, 2_000);
    int some = Math.min(most, 200);
    int few = Math.min(most, 64);
    return List.of(
        new Attack("idle", "ask once, then keep silent", most, this::idle),
        new Attack("silent", "connect and never say a word", most, this::silent),
        new Attack("slow headers", "send a header byte by byte", many, this::slowHeader),
        new Attack("slow bodies", "send most of a body, then byte by byte", most, this::slowBody),
        new Attack("hoarded bodies", "do the same with long ones", many, this::hoardedBody),
        new Attack("slow readers", "ask without end and fetch no answer", some, this::slowReader),
        new Attack(
            "unread lists", "ask for the list in onions, fetch nothing", some, this::unreadList),
        new Attack("huge headers", "send 60 kB of header", some, this::hugeHeader),
        new Attack("endless chunks", "send a chunked body without end", few, this::endlessChunks),
        new Attack("half closed", "end sending somewhere in a request", some, this::halfClosed),
        new Attack("vanishing", "ask for a proof and reset the connection", some, this::vanish),
        new Attack("onions at the cap", "send 1 MiB that can be opened", few, this::onionAtCap),
        new Attack("garbage", "send random bytes", some, this::garbage),
        new Attack("clocks", "sign with wrong clocks, replay", some, this::skewed),
        new Attack("pipelining", "ask for 100 proofs in one go", some, this::pipelined),
        new Attack("flood", "ask for proofs, again once answered", many, this::flood),
        new Attack("onion flood", "ask for proofs in onions", many, this::onionFlood));
  }

  private void idle(Siege siege) throws IOException {
    try (Connection connection = siege.connect()) {
      siege.count(connection.ask(status).outcome());
      connection.answers().next();
    }
  }

  private void silent(Siege siege) throws IOException {
    try (Connection connection = siege.connect()) {
      connection.answers().next();
    }
  }

  private void slowHeader(Siege siege) throws IOException, InterruptedException {
    try (Connection connection = siege.connect()) {
      drip(siege, connection.send("POST " + Ammunition.PROOF + " HTTP/1.1\r\nHost: h\r\nX: "));
    }
  }

  private void slowBody(Siege siege) throws IOException, InterruptedException {
    unfinished(siege, SHORT_BODY);
  }

  private void hoardedBody(Siege siege) throws IOException, InterruptedException {
    unfinished(siege, LONG_BODY);
  }

  private void unfinished(Siege siege, int sent) throws IOException, InterruptedException {
    String length = "Content-Length: " + (sent + 100) + "\r\n";
    try (Connection connection = siege.connect()) {
      connection.send(ammunition.head(randomPath(), length));
      drip(siege, connection.send(new byte[sent]));
    }
  }

  private static String randomPath() {
    return ThreadLocalRandom.current().nextBoolean() ? Ammunition.PROOF : Ammunition.ONION;
  }

  private static void drip(Siege siege, Connection connection)
      throws IOException, InterruptedException {
    while (siege.lasts() && !connection.isAnswered()) {
      connection.send(DROP);
      siege.pause(DRIP);
    }
    siege.count(connection.answers().next().outcome());
  }

  private void slowReader(Siege siege) throws IOException, InterruptedException {
    askWithoutFetching(siege, status, PIPELINE);
  }

  private void unreadList(Siege siege) throws IOException, InterruptedException {
    askWithoutFetching(siege, onionList, 1);
  }

  /// The pauses let all connections come to their turn, also those whose sockets take everything.
  private static void askWithoutFetching(Siege siege, byte[] request, int times)
      throws IOException, InterruptedException {
    try (Connection connection = siege.connectNarrowly()) {
      while (siege.lasts()) {
        for (int i = 0; i < times; i++) {
          connection.send(request);
          siege.count("sent");
        }
        siege.pause(BREATH);
      }
    }
  }

  private void hugeHeader(Siege siege) throws IOException {
    try (Connection connection = siege.connect()) {
      String field = "X: " + "x".repeat(HUGE_HEADER) + "\r\n";
      byte[] request = ammunition.head(Ammunition.PROOF, field).getBytes(StandardCharsets.US_ASCII);
      siege.count(connection.ask(request).outcome());
    }
  }

  private void endlessChunks(Siege siege) throws IOException {
    byte[] chunk =
        (Integer.toHexString(CHUNK) + "\r\n" + "x".repeat(CHUNK) + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (Connection connection = siege.connect()) {
      connection.send(ammunition.head(randomPath(), "Transfer-Encoding: chunked\r\n"));
      long sent = 0;
      while (siege.lasts() && sent < MOST_CHUNKS && !connection.isAnswered()) {
        connection.send(chunk);
        sent++;
      }
      siege.count(connection.answers().next().outcome());
    }
  }

  private void halfClosed(Siege siege) throws IOException {
    byte[] request = ThreadLocalRandom.current().nextBoolean() ? proof : onionProof;
    try (Connection connection = siege.connect()) {
      connection.send(request, 0, 1 + ThreadLocalRandom.current().nextInt(request.length));
      siege.count(connection.endSending().answers().next().outcome());
    }
  }

  private void vanish(Siege siege) throws IOException {
    try (Connection connection = siege.connect()) {
      connection.send(proof);
      siege.count("sent");
    }
  }

  private void onionAtCap(Siege siege) throws IOException {
    repeat(siege, onionAtCap);
  }

  private void flood(Siege siege) throws IOException {
    repeat(siege, proof);
  }

  private void onionFlood(Siege siege) throws IOException {
    repeat(siege, onionProof);
  }

  private static void repeat(Siege siege, byte[] request) throws IOException {
    try (Connection connection = siege.connect()) {
      while (siege.lasts()) {
        siege.count(connection.ask(request).outcome());
      }
    }
  }

  private void garbage(Siege siege) throws IOException {
    byte[] bytes = ammunition.garbage(1 + ThreadLocalRandom.current().nextInt(MOST_GARBAGE));
    try (Connection connection = siege.connect()) {
      siege.count(connection.send(bytes).endSending().answers().next().outcome());
    }
  }

  private void skewed(Siege siege) throws IOException {
    List<byte[]> requests = ammunition.skewedProofs();
    try (Connection connection = siege.connect()) {
      while (siege.lasts()) {
        for (byte[] request : requests) {
          siege.count(connection.ask(request).outcome());
        }
      }
    }
  }

  private void pipelined(Siege siege) throws IOException {
    try (Connection connection = siege.connect()) {
      Connection.Answers answers = connection.answers();
      while (siege.lasts()) {
        for (int i = 0; i < PIPELINE; i++) {
          connection.send(proof);
        }
        for (int i = 0; i < PIPELINE; i++) {
          siege.count(answers.next().outcome());
        }
      }
    }
  }
}
