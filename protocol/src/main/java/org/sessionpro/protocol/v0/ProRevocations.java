package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The list of revoked proofs (`wire-v0.md` §5.3).
///
/// @param ticket of this list, 0 to 2³² − 1; a client sends it with its next request
/// @param items in no particular order; none if the client's list is as new as this one
/// @param retryIn `retry_in_s`: when to ask again, in whole seconds
public record ProRevocations(Ticket ticket, List<Item> items, Duration retryIn)
    implements V0Result {
  /// Largest ticket: the clients keep 32 bits of it.
  public static final long MAX_TICKET = 0xFFFF_FFFFL;

  /// When clients shall ask again.
  public static final Duration POLL_INTERVAL = Duration.ofDays(1);

  /// The list that revokes nothing.
  public static final ProRevocations NONE =
      new ProRevocations(Ticket.ZERO, List.of(), POLL_INTERVAL);

  public ProRevocations {
    if (ticket.value() > MAX_TICKET) {
      throw new IllegalArgumentException("a ticket of v0 is at most 2^32 - 1");
    }
    items = List.copyOf(items);
    retryIn = Duration.ofSeconds(V0Time.seconds(retryIn));
  }

  /// One revoked generation of proofs.
  ///
  /// @param tag `gen_index_hash`
  /// @param expiry when every proof of that tag has expired by itself, in whole milliseconds
  /// @param effective from when on its proofs are void, in whole milliseconds
  public record Item(RevocationTag tag, Instant expiry, Instant effective) {
    /// How long a revocation is announced before it takes effect (`decisions.md` §2).
    public static final Duration NOTICE = Duration.ofDays(1);

    /// How long a revocation is listed: no proof lives longer (`decisions.md` §2).
    public static final Duration RETENTION = Duration.ofDays(31);

    public Item {
      expiry = V0Time.floor(expiry);
      effective = V0Time.floor(effective);
    }

    /// The item of a revocation that was recorded at `stamp`, floored to the second.
    public static Item stamped(RevocationTag tag, Instant stamp) {
      Instant second = stamp.truncatedTo(ChronoUnit.SECONDS);
      return new Item(tag, second.plus(RETENTION), second.plus(NOTICE));
    }

    private static Item read(MemberReader in) {
      return new Item(
          new RevocationTag(in.hex("gen_index_hash", RevocationTag.SIZE)),
          in.time("expiry_unix_ts_ms"),
          in.time("effective_unix_ts_ms"));
    }

    private void write(JsonWriter out) {
      out.integer("effective_unix_ts_ms", V0Time.millis(effective))
          .integer("expiry_unix_ts_ms", V0Time.millis(expiry))
          .text("gen_index_hash", tag.hex());
    }
  }

  /// Reads a result.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems
  public static ProRevocations parse(JsonObject result) {
    MemberReader in = new MemberReader(result);
    in.version();
    ProRevocations revocations =
        new ProRevocations(
            new Ticket(in.integer("ticket", 0, MAX_TICKET)),
            in.objects("items").stream().map(Item::read).toList(),
            Duration.ofSeconds(in.integer("retry_in_s", 0, Long.MAX_VALUE)));
    in.stop();
    return revocations;
  }

  /// Whether the proofs of `tag` are void at `now`. Once in effect an item stays so: its expiry only
  /// says how long it must be kept.
  public boolean revokes(RevocationTag tag, Instant now) {
    return items.stream()
        .anyMatch(item -> item.tag().equals(tag) && !now.isBefore(item.effective()));
  }

  @Override
  public void write(JsonWriter out) {
    out.objects("items", items, (writer, item) -> item.write(writer))
        .integer("retry_in_s", V0Time.seconds(retryIn))
        .integer("ticket", ticket.value())
        .integer("version", V0Message.VERSION);
  }
}
