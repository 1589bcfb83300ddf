package org.sessionpro.backend.takeover.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;

/// A row of `payments` of summer 2026 with its details (`import-python.md` §3.2, §3.3).
///
/// @param owner the account's key; null until it is bound
public record V1Payment(
    long id,
    @Nullable ByteString owner,
    PaymentProvider provider,
    Plan plan,
    Times times,
    Terms terms,
    Details details)
    implements SourcePayment {

  /// Instants.
  ///
  /// @param expiry null while a credit has something left
  public record Times(
      Instant purchased,
      @Nullable Instant redeemed,
      @Nullable Instant expiry,
      Instant refundDeadline,
      @Nullable Instant revoked) {
    /// Bought at another instant.
    public Times withPurchase(Instant instant) {
      return new Times(instant, redeemed, expiry, refundDeadline, revoked);
    }

    /// Bound at another instant.
    public Times withRedemption(@Nullable Instant instant) {
      return new Times(purchased, instant, expiry, refundDeadline, revoked);
    }

    /// Revoked at another instant.
    public Times withRevocation(@Nullable Instant instant) {
      return new Times(purchased, redeemed, expiry, refundDeadline, instant);
    }
  }

  /// How it goes on.
  ///
  /// @param grace null for none
  /// @param credit null for a term; zero once it is used up
  public record Terms(boolean renewing, @Nullable Duration grace, @Nullable Duration credit) {}

  /// What its store calls it; exactly one should be there.
  ///
  /// @param voucher the order of a grant
  public record Details(@Nullable Google google, @Nullable Apple apple, @Nullable String voucher) {
    /// How many are there.
    public int count() {
      return (google == null ? 0 : 1) + (apple == null ? 0 : 1) + (voucher == null ? 0 : 1);
    }

    @Override
    public String toString() {
      return "Details(hidden)";
    }
  }

  /// Of Google Play.
  ///
  /// @param account the buyer's id; null for none
  public record Google(
      String token, String order, @Nullable ByteString account, boolean needsAcknowledgement) {
    @Override
    public String toString() {
      return "Google(hidden)";
    }
  }

  /// Of the App Store.
  ///
  /// @param lineItem empty for none
  /// @param token the buyer's; empty for none
  /// @param otherTransactions by which it names the same cycle: those of the rows that were merged into
  ///     this one
  public record Apple(
      String original,
      String transaction,
      String lineItem,
      String token,
      List<String> otherTransactions) {
    public Apple {
      otherTransactions = List.copyOf(otherTransactions);
    }

    /// The names of one row.
    public Apple(String original, String transaction, String lineItem, String token) {
      this(original, transaction, lineItem, token, List.of());
    }

    /// The same names and other transactions of the cycle.
    public Apple and(List<String> others) {
      return new Apple(original, transaction, lineItem, token, others);
    }

    @Override
    public String toString() {
      return "Apple(hidden)";
    }
  }

  public boolean isRevoked() {
    return times.revoked() != null;
  }

  /// Whether it is a length of service with something left.
  public boolean isLiveCredit() {
    return terms.credit() != null && terms.credit().isPositive();
  }

  /// The same row at other instants.
  public V1Payment with(Times other) {
    return new V1Payment(id, owner, provider, plan, other, terms, details);
  }

  /// The same row that goes on otherwise.
  public V1Payment with(Terms other) {
    return new V1Payment(id, owner, provider, plan, times, other, details);
  }

  /// The same row of another owner.
  public V1Payment ownedBy(@Nullable ByteString other) {
    return new V1Payment(id, other, provider, plan, times, terms, details);
  }
}
