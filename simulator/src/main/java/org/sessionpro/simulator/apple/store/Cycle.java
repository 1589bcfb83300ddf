package org.sessionpro.simulator.apple.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;

/// One paid period of a subscription, or something bought once.
///
/// @param token the app account token it was bought with; null if with none
/// @param standing what became of it
/// @param revision counts the changes of all cycles, so that the later change has the higher number
public record Cycle(
    Ids ids,
    Sale sale,
    Reason reason,
    @Nullable UUID token,
    Term term,
    Standing standing,
    long revision) {
  /// Its names.
  ///
  /// @param lineItem one for each payment; null of what does not renew
  /// @param restored further transactions of the same payment, from restoring it on other devices
  public record Ids(
      TransactionId first, @Nullable TransactionId lineItem, List<TransactionId> restored) {
    public Ids {
      restored = List.copyOf(restored);
    }

    /// The one that the store tells now.
    public TransactionId told() {
      return restored.isEmpty() ? first : restored.getLast();
    }

    /// All transactions, oldest first.
    public List<TransactionId> all() {
      List<TransactionId> all = new ArrayList<>(restored);
      all.addFirst(first);
      return all;
    }
  }

  /// How it came to be paid.
  public enum Reason {
    PURCHASE,
    RENEWAL
  }

  /// When it runs.
  ///
  /// @param until end of what is paid; null if it has none
  /// @param grace end of the grace granted behind it; null if none was
  public record Term(Instant from, @Nullable Instant until, @Nullable Instant grace) {}

  /// What became of it.
  ///
  /// @param upgradedAt when another took its place; null if none did
  /// @param revocation null if it was not taken back
  public record Standing(@Nullable Instant upgradedAt, @Nullable Revocation revocation) {
    static final Standing GOOD = new Standing(null, null);
  }

  /// How it was taken back.
  ///
  /// @param type in the store's words: `REFUND_FULL`, `REFUND_PRORATED` or `FAMILY_REVOKE`
  /// @param reason 1 for a fault of the app, else 0
  /// @param percentage of the price, in thousandths of a percent
  public record Revocation(Instant at, String type, int reason, int percentage) {
    public static final String FAMILY = "FAMILY_REVOKE";
    static final int WHOLE = 100_000;

    static Revocation refund(Instant at, int percent, int reason) {
      return new Revocation(
          at, percent == 100 ? "REFUND_FULL" : "REFUND_PRORATED", reason, percent * WHOLE / 100);
    }

    /// What goes back of a cycle that another one takes the place of.
    public static Revocation upgrade(Instant at) {
      return new Revocation(at, "REFUND_PRORATED", 0, WHOLE / 2);
    }

    static Revocation family(Instant at) {
      return new Revocation(at, FAMILY, 0, WHOLE);
    }
  }

  /// End of what is paid.
  ///
  /// @throws IllegalStateException if it has none
  Instant end() {
    if (term.until() == null) {
      throw new IllegalStateException("it has no end");
    }
    return term.until();
  }

  public Instant start() {
    return term.from();
  }

  public @Nullable Revocation revocation() {
    return standing.revocation();
  }

  /// The grace behind it; null if none was granted.
  public @Nullable Duration grace() {
    return term.grace() == null ? null : Duration.between(end(), term.grace());
  }

  /// Whether it counts: not if it was taken back before it began.
  public boolean counts() {
    Revocation taken = standing.revocation();
    return taken == null || taken.at().isAfter(start());
  }

  Cycle until(Instant end) {
    return with(new Term(term.from(), end, term.grace()));
  }

  Cycle graceUntil(Instant end) {
    return with(new Term(term.from(), term.until(), end));
  }

  Cycle upgradedAt(Instant instant) {
    return with(new Standing(instant, standing.revocation()));
  }

  Cycle revoked(@Nullable Revocation revocation) {
    return with(new Standing(standing.upgradedAt(), revocation));
  }

  Cycle restoredAs(TransactionId id) {
    List<TransactionId> more = new ArrayList<>(ids.restored());
    more.add(id);
    Ids changed = new Ids(ids.first(), ids.lineItem(), more);
    return new Cycle(changed, sale, reason, token, term, standing, revision);
  }

  Cycle with(@Nullable UUID changed) {
    return new Cycle(ids, sale, reason, changed, term, standing, revision);
  }

  private Cycle with(Term changed) {
    return new Cycle(ids, sale, reason, token, changed, standing, revision);
  }

  private Cycle with(Standing changed) {
    return new Cycle(ids, sale, reason, token, term, changed, revision);
  }

  Cycle revision(long number) {
    return new Cycle(ids, sale, reason, token, term, standing, number);
  }
}
