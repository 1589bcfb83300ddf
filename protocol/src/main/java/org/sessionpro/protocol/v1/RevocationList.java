package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of get_pro_revocations: every revoked generation whose proofs may still be around
/// (`wire-v1.md` §11).
///
/// @param ticket the state that the list belongs to, read with it from one snapshot
/// @param items unordered; empty if the poller already has this ticket
/// @param retryIn when to poll again
/// @param retainFor how long a client keeps an entry after it first saw it
public record RevocationList(Ticket ticket, List<Item> items, Duration retryIn, Duration retainFor)
    implements V1Result {
  /// Poll interval, 86 400 s.
  public static final Duration RETRY_IN = Duration.ofDays(1);

  /// 2 678 400 s (31 d): more than the longest life of a proof.
  public static final Duration RETAIN_FOR = Duration.ofDays(31);

  /// From the record of a revocation to its effect, 93 600 s (26 h): by then every client has polled.
  public static final Duration EFFECTIVE_DELAY = Duration.ofHours(26);

  /// One revoked generation.
  ///
  /// @param effective from when on its proofs count as revoked, a whole second
  public record Item(RevocationTag tag, Instant effective) {
    /// The entry of a revocation that the backend recorded at `recordedAt` by its own clock.
    public static Item recordedAt(RevocationTag tag, Instant recordedAt) {
      return new Item(tag, V1Time.floor(recordedAt.plus(EFFECTIVE_DELAY)));
    }

    static Item parse(JsonObject object) {
      return new Item(
          new RevocationTag(Members.hex(object, "revocation_tag", RevocationTag.SIZE)),
          Members.instant(object, "effective_ts"));
    }

    void write(JsonWriter json) {
      json.text("revocation_tag", tag.hex()).integer("effective_ts", V1Time.seconds(effective));
    }
  }

  public RevocationList {
    items = List.copyOf(items);
  }

  /// A list with the intervals of the contract.
  public static RevocationList of(Ticket ticket, List<Item> items) {
    return new RevocationList(ticket, items, RETRY_IN, RETAIN_FOR);
  }

  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static RevocationList parse(JsonObject object) {
    return new RevocationList(
        new Ticket(Members.count(object, "ticket")),
        Members.list(object, "items", Item::parse),
        Members.duration(object, "retry_in"),
        Members.duration(object, "retain_for"));
  }

  @Override
  public void write(JsonWriter json) {
    json.integer("ticket", ticket.value())
        .objects("items", items, (entry, item) -> item.write(entry))
        .integer("retry_in", V1Time.seconds(retryIn))
        .integer("retain_for", V1Time.seconds(retainFor));
  }
}
