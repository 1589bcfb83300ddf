package org.sessionpro.backend.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

/// A revocation list that changes when a test says so, and polls for it.
public final class SnapshotOnHand implements Supplier<RevocationSnapshot> {
  /// When every entry was recorded: late in its second.
  public static final Instant RECORDED = Instant.ofEpochSecond(1_767_225_600, 999_999_000);

  /// The ticket of every list.
  public static final long TICKET = 1_767_225_600;

  private volatile RevocationSnapshot present;

  /// @param entries how many, with the tags 0, 1, 2…
  public SnapshotOnHand(int entries) {
    present = list(TICKET, entries);
  }

  private static RevocationSnapshot list(long ticket, int entries) {
    return RevocationSnapshot.of(
        new Ticket(ticket),
        IntStream.range(0, entries).mapToObj(i -> new RevokedTag(tag(i), RECORDED)).toList());
  }

  /// 64 digits with that number at their end.
  public static RevocationTag tag(int number) {
    return RevocationTag.fromHex("%064x".formatted(number));
  }

  /// Revokes one more.
  public void revoke() {
    present = list(present.ticket().value() + 1, present.entries().size() + 1);
  }

  @Override
  public RevocationSnapshot get() {
    return present;
  }

  /// The answer to a body that is a JSON object.
  public static Reply poll(JsonHandler endpoint, String body, boolean acceptsGzip) {
    return StrictClients.ask("/get_pro_revocations", endpoint, body, acceptsGzip);
  }

  /// The body of an answer as text.
  public static String text(Reply reply) {
    return new String(reply.body().toByteArray(), StandardCharsets.UTF_8);
  }

  /// How many different objects answer 100 polls at once: as many as renderings.
  public static int renderings(JsonHandler endpoint, String body) throws InterruptedException {
    Set<Reply> different = Collections.newSetFromMap(new IdentityHashMap<>());
    try (ExecutorService polls = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(polls.submit(() -> poll(endpoint, body, true)));
      }
      for (Future<Reply> answer : answers) {
        different.add(answer.get());
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
    return different.size();
  }
}
