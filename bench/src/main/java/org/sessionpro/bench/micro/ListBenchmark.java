package org.sessionpro.bench.micro;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;

/// The first poll after the revocation list has changed: 10 000 entries are rendered, compressed and
/// tagged. Later polls get the bytes that are ready.
public class ListBenchmark extends MicroBenchmark {
  private static final int ENTRIES = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final RevocationSnapshot one = snapshot(1);
  private final RevocationSnapshot other = snapshot(2);
  private RevocationSnapshot present = one;
  private final JsonHandler v1 =
      new org.sessionpro.backend.http.v1.GetProRevocations(() -> present);
  private final JsonHandler v0 =
      new org.sessionpro.backend.http.v0.GetProRevocations(() -> present, 0);
  private final JsonObject v1Request =
      JsonObject.parse(
          org.sessionpro.protocol.v1.GetProRevocationsRequest.after(Ticket.ZERO).toJson());
  private final JsonObject v0Request =
      JsonObject.parse(
          org.sessionpro.protocol.v0.GetProRevocationsRequest.after(Ticket.ZERO).toJson());

  private RevocationSnapshot snapshot(long ticket) {
    List<RevokedTag> entries =
        Stream.generate(this::tag)
            .limit(ENTRIES)
            .map(tag -> new RevokedTag(tag, Instant.ofEpochSecond(1_800_000_000)))
            .toList();
    return RevocationSnapshot.of(new Ticket(ticket), entries);
  }

  private RevocationTag tag() {
    byte[] bytes = new byte[RevocationTag.SIZE];
    random.nextBytes(bytes);
    return new RevocationTag(ByteString.of(bytes));
  }

  @Benchmark
  public Reply renderV1() {
    change();
    return v1.replyTo(v1Request, true);
  }

  @Benchmark
  public Reply renderV0() {
    change();
    return v0.replyTo(v0Request, true);
  }

  private void change() {
    present = present.ticket().equals(one.ticket()) ? other : one;
  }
}
