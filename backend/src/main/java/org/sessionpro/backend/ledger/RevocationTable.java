package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

/// The ticket, and the revoked generations as a list.
final class RevocationTable {
  private static final Lookup TICKET =
      new Lookup("SELECT ticket FROM revocation_ticket WHERE id = 1");

  private static final Lookup REVOKED_AFTER =
      new Lookup(
          """
          SELECT tag, revoked_at FROM generations WHERE revoked_at > ?
          UNION ALL
          SELECT tag, revoked_at FROM ownerless_generations WHERE revoked_at > ?
          """);

  private RevocationTable() {}

  static Ticket ticket(Handle handle) {
    return TICKET.one(handle, row -> new Ticket(row.getLong(1)));
  }

  private static final Comparator<RevokedTag> BY_TAG =
      Comparator.comparing(one -> one.tag().bytes().toByteArray(), Arrays::compareUnsigned);

  /// Moves the ticket to `max(ticket + 1, unix seconds)`: it grows even after a restore from a
  /// backup (design §6, row 3).
  static void advanceTicket(Handle handle, Instant now) {
    advanceTicket(handle, 1, now);
  }

  /// As above, by more than one.
  static void advanceTicket(Handle handle, long by, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE revocation_ticket
            SET ticket = CASE WHEN ticket + :by > :now THEN ticket + :by ELSE :now END
            WHERE id = 1
            """)
        .bind("by", by)
        .bind("now", now.getEpochSecond())
        .execute();
  }

  /// What was revoked after `cutoff`, in the order of the tags. Put in order here: SQLite, which keeps
  /// no statistics, would walk through all tags to be spared that.
  static List<RevokedTag> revokedAfter(Handle handle, Instant cutoff) {
    long after = Micros.of(cutoff);
    return REVOKED_AFTER
        .all(
            handle,
            row ->
                new RevokedTag(
                    new RevocationTag(ByteString.of(row.getBytes(1))), Columns.instant(row, 2)),
            after,
            after)
        .stream()
        .sorted(BY_TAG)
        .toList();
  }

  /// What was revoked at or before `cutoff` and is no account's present generation, oldest first. It
  /// stays so for ever: no account goes back to a generation.
  static List<RevocationTag> old(Handle handle, Instant cutoff, int limit) {
    return handle
        .createQuery(
            """
            SELECT g.tag, g.revoked_at
            FROM generations g JOIN accounts a ON a.id = g.account_id
            WHERE g.revoked_at <= :cutoff AND a.generation <> g.ordinal
            UNION ALL
            SELECT tag, revoked_at FROM ownerless_generations WHERE revoked_at <= :cutoff
            ORDER BY revoked_at LIMIT :limit
            """)
        .bind("cutoff", Micros.of(cutoff))
        .bind("limit", limit)
        .map((row, _) -> new RevocationTag(Columns.bytes(row, "tag")))
        .list();
  }

  /// Deletes them; returns how many were still there.
  static int delete(Handle handle, List<RevocationTag> old) {
    return delete(handle, "DELETE FROM generations WHERE tag = :tag", old)
        + delete(handle, "DELETE FROM ownerless_generations WHERE tag = :tag", old);
  }

  private static int delete(Handle handle, String statement, List<RevocationTag> tags) {
    PreparedBatch delete = handle.prepareBatch(statement);
    tags.forEach(tag -> delete.bind("tag", tag.bytes().toByteArray()).add());
    return Arrays.stream(delete.execute()).sum();
  }

  /// Lists tags that belong to no account.
  static void insertOwnerless(Handle handle, List<RevokedTag> revoked) {
    if (revoked.isEmpty()) {
      return;
    }
    PreparedBatch insert =
        handle.prepareBatch(
            """
            INSERT INTO ownerless_generations (tag, revoked_at) VALUES (:tag, :at)
            ON CONFLICT (tag) DO NOTHING
            """);
    for (RevokedTag one : revoked) {
      insert
          .bind("tag", one.tag().bytes().toByteArray())
          .bind("at", Micros.of(one.recordedAt()))
          .add();
    }
    insert.execute();
  }

  /// Moves the ticket of a ledger that was never served.
  static void setTicket(Handle handle, Ticket ticket) {
    handle
        .createUpdate("UPDATE revocation_ticket SET ticket = :ticket WHERE id = 1")
        .bind("ticket", ticket.value())
        .execute();
  }
}
