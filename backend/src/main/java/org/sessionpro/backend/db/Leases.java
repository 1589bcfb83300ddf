package org.sessionpro.backend.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Leases by which any number of processes on one database agree who does what only one of them may
/// do at a time. Each operation is one conditional statement.
///
/// A holder says until when it wants the lease, renews it before that, and is robbed of it when it
/// does not: whoever else asks from then on gets it. Every instant is the caller's, so the clocks of
/// the processes count:
///
/// | clocks | what happens |
/// |---|---|
/// | differ by seconds | the lease ends that much earlier or later for others; harmless while a holder renews long before the end |
/// | were set back, so that the lease was renewed more than [#MAX_SKEW] from now | it is free, as nobody knows when it would end; a holder that lives takes it again or learns that it lost it |
/// | were set forward | it lapses; its holder takes it again unless another one was faster |
///
/// No lease keeps a process that was suspended from going on with what it had begun. So work done
/// under a lease must be harmless when done twice, or check the [Lease#token()] where it writes.
public final class Leases {
  /// How far apart the clocks of the processes may be, 1 min.
  public static final Duration MAX_SKEW = Duration.ofMinutes(1);

  private final Database database;

  public Leases(Database database) {
    this.database = database;
  }

  /// What came of asking for a lease.
  public sealed interface Attempt {
    /// It is the asker's.
    record Taken(Lease lease) implements Attempt {}

    /// Somebody else has it.
    ///
    /// @param until by that holder's clock; later if it renews
    record Refused(Instant until) implements Attempt {}
  }

  /// Takes a lease that is free or lapsed, or renews one that the asker has. The token stays if
  /// nobody else had it in between.
  ///
  /// @param until later than `now`
  public Attempt take(LeaseName name, LeaseHolder holder, Instant now, Instant until) {
    return database.write(handle ->
        taken(handle, new Lease(name, holder, 1, Micros.floor(now), Micros.floor(until)))
            .<Attempt>map(Attempt.Taken::new)
            .orElseGet(() -> new Attempt.Refused(heldUntil(handle, name))));
  }

  private static Optional<Lease> taken(Handle handle, Lease asked) {
    return handle
        .createQuery(
            """
            INSERT INTO leases (name, holder, token, renewed_at, held_until, runs)
            VALUES (:name, :holder, :first, :now, :until, 0)
            ON CONFLICT (name) DO UPDATE SET
              token = leases.token
                + CASE WHEN leases.holder = excluded.holder THEN 0 ELSE 1 END,
              holder = excluded.holder,
              renewed_at = excluded.renewed_at,
              held_until = excluded.held_until
            WHERE leases.holder = excluded.holder
              OR leases.held_until <= excluded.renewed_at
              OR leases.renewed_at > :future
            RETURNING token
            """)
        .bind("name", asked.name().text())
        .bind("holder", asked.holder().text())
        .bind("first", asked.token())
        .bind("now", Micros.of(asked.renewedAt()))
        .bind("until", Micros.of(asked.until()))
        .bind("future", Micros.of(asked.renewedAt().plus(MAX_SKEW)))
        .mapTo(Long.class)
        .findOne()
        .map(token ->
            new Lease(asked.name(), asked.holder(), token, asked.renewedAt(), asked.until()));
  }

  private static Instant heldUntil(Handle handle, LeaseName name) {
    return handle
        .createQuery("SELECT held_until FROM leases WHERE name = :name")
        .bind("name", name.text())
        .map((row, _) -> Columns.instant(row, "held_until"))
        .one();
  }

  /// Keeps a lease for longer. Possible after it has lapsed too, as long as nobody took it.
  ///
  /// @param until later than `now`
  /// @return empty if it is lost
  public Optional<Lease> renew(Lease lease, Instant now, Instant until) {
    Lease renewed =
        new Lease(
            lease.name(), lease.holder(), lease.token(), Micros.floor(now), Micros.floor(until));
    int rows =
        database.write(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE leases SET renewed_at = :now, held_until = :until
                    WHERE name = :name AND holder = :holder AND token = :token
                    """)
                .bind("name", lease.name().text())
                .bind("holder", lease.holder().text())
                .bind("token", lease.token())
                .bind("now", Micros.of(renewed.renewedAt()))
                .bind("until", Micros.of(renewed.until()))
                .execute());
    return rows == 1 ? Optional.of(renewed) : Optional.empty();
  }

  /// Notes that the work of a lease was done, or failed.
  ///
  /// @return false if the lease is lost; then nothing is noted
  public boolean recordRun(Lease lease, boolean succeeded, Instant now) {
    long at = Micros.of(now);
    int rows =
        database.write(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE leases SET runs = runs + 1,
                      last_success_at = CASE WHEN :succeeded THEN :at ELSE last_success_at END,
                      last_failure_at = CASE WHEN :succeeded THEN last_failure_at ELSE :at END
                    WHERE name = :name AND holder = :holder AND token = :token
                    """)
                .bind("name", lease.name().text())
                .bind("holder", lease.holder().text())
                .bind("token", lease.token())
                .bind("succeeded", succeeded)
                .bind("at", at)
                .execute());
    return rows == 1;
  }

  /// Gives up every lease that the holder has, so that others need not wait.
  public void release(LeaseHolder holder, Instant now) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE leases SET held_until = :now
                WHERE holder = :holder AND held_until > :now
                """)
            .bind("holder", holder.text())
            .bind("now", Micros.of(now))
            .execute());
  }

  /// Every lease that was ever taken, by name.
  public List<LeaseState> all() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT name, holder, renewed_at, held_until, runs, last_success_at, last_failure_at
                FROM leases ORDER BY name
                """)
            .map((row, _) -> state(row))
            .list());
  }

  private static LeaseState state(ResultSet row) throws SQLException {
    return new LeaseState(
        new LeaseName(row.getString("name")),
        new LeaseHolder(row.getString("holder")),
        Columns.instant(row, "renewed_at"),
        Columns.instant(row, "held_until"),
        row.getLong("runs"),
        Columns.nullableInstant(row, "last_success_at"),
        Columns.nullableInstant(row, "last_failure_at"));
  }
}
