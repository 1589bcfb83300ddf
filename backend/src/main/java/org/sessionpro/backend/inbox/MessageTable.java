package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.PlainBatch;
import org.sessionpro.protocol.ByteString;

/// The `inbox_message` table.
final class MessageTable {
  /// How far a message has come.
  enum State {
    NEW,
    DONE,
    PARKED
  }

  private static final PlainBatch.Target SEEN =
      new PlainBatch.Target(
          "inbox_message",
          List.of(
              "source", "external_id", "kind", "subject_key", "event_at", "received_at", "state"),
          "ON CONFLICT (source, external_id) DO NOTHING");

  private MessageTable() {}

  /// Keeps a message that was not there.
  ///
  /// @param problem why it is parked; null if it is not
  /// @return false if it was there
  static boolean insert(
      Handle handle, StoreMessage message, State state, @Nullable String problem, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO inbox_message (source, external_id, kind, subject_key, event_at,
                  received_at, payload, state, problem)
                VALUES (:source, :id, :kind, :subscription, :eventAt, :now, :payload, :state,
                  :problem)
                ON CONFLICT (source, external_id) DO NOTHING
                """)
            .bind("source", Columns.code(message.id().source()))
            .bind("id", message.id().text())
            .bind("kind", message.kind())
            .bind("subscription", WorkTable.name(message.subscription()))
            .bind("eventAt", Micros.of(message.eventAt()))
            .bind("now", Micros.of(now))
            .bind("payload", state == State.DONE ? null : message.payload().toByteArray())
            .bind("state", Columns.code(state))
            .bind("problem", problem)
            .execute()
        == 1;
  }

  /// Notes of many messages that they were seen; those that are there already stay as they are.
  static void insertSeen(Handle handle, List<StoreMessage> messages, Instant now) {
    PlainBatch rows = SEEN.batch();
    for (StoreMessage message : messages) {
      rows.bind("source", Columns.code(message.id().source()))
          .bind("external_id", message.id().text())
          .bind("kind", message.kind())
          .bind("subject_key", WorkTable.name(message.subscription()))
          .bind("event_at", Micros.of(message.eventAt()))
          .bind("received_at", Micros.of(now))
          .bind("state", Columns.code(State.DONE));
      rows.add();
    }
    rows.execute(handle);
  }

  /// The message, as long as its text is kept.
  static Optional<StoreMessage> find(Handle handle, MessageId id) {
    return handle
        .createQuery(
            """
            SELECT kind, subject_key, event_at, payload FROM inbox_message
            WHERE source = :source AND external_id = :id AND state <> 'done'
            """)
        .bind("source", Columns.code(id.source()))
        .bind("id", id.text())
        .map((row, _) ->
            new StoreMessage(
                id,
                row.getString("kind"),
                WorkTable.subscription(id.source(), row.getString("subject_key")),
                Columns.instant(row, "event_at"),
                ByteString.of(row.getBytes("payload"))))
        .findOne();
  }

  /// Takes the text of a message away; the id stays.
  ///
  /// @param problem what to note; null to leave what is noted
  static void finish(Handle handle, MessageId id, @Nullable String problem) {
    handle
        .createUpdate(
            """
            UPDATE inbox_message SET state = 'done', payload = NULL,
              problem = COALESCE(:problem, problem)
            WHERE source = :source AND external_id = :id
            """)
        .bind("source", Columns.code(id.source()))
        .bind("id", id.text())
        .bind("problem", problem)
        .execute();
  }

  /// Notes that a message waits for its turn, or for a human.
  static void move(Handle handle, MessageId id, State from, State to) {
    handle
        .createUpdate(
            """
            UPDATE inbox_message SET state = :to
            WHERE source = :source AND external_id = :id AND state = :from
            """)
        .bind("source", Columns.code(id.source()))
        .bind("id", id.text())
        .bind("from", Columns.code(from))
        .bind("to", Columns.code(to))
        .execute();
  }

  /// Forgets messages that are done with, oldest first.
  ///
  /// @param before of this instant and earlier
  /// @param limit how many at most
  /// @return how many were deleted
  static int prune(Handle handle, StoreProvider source, Instant before, int limit) {
    List<String> old =
        handle
            .createQuery(
                """
                SELECT external_id FROM inbox_message
                WHERE source = :source AND state = 'done' AND event_at <= :before
                ORDER BY event_at LIMIT :limit
                """)
            .bind("source", Columns.code(source))
            .bind("before", Micros.of(before))
            .bind("limit", limit)
            .mapTo(String.class)
            .list();
    for (String id : old) {
      handle
          .createUpdate(
              "DELETE FROM inbox_message WHERE source = :source AND external_id = :id"
                  + " AND state = 'done'")
          .bind("source", Columns.code(source))
          .bind("id", id)
          .execute();
    }
    return old.size();
  }
}
