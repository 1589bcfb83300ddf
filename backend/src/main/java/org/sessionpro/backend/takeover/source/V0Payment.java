package org.sessionpro.backend.takeover.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// A row of `payments` of March 2026 (`import-python.md` §2.1). Instants and lengths are milliseconds, 0
/// for none.
///
/// @param owner the account's key; null until redeemed
public record V0Payment(
    long id,
    @Nullable ByteString owner,
    Codes codes,
    Times times,
    Renewal renewal,
    Ids ids,
    Buyer buyer)
    implements SourcePayment {
  /// Numbers of closed sets, as they are stored.
  ///
  /// @param status 0 nil, 1 unredeemed, 2 redeemed, 3 expired, 4 revoked
  /// @param plan 0 nil, 1 one month, 2 three months, 3 twelve months
  /// @param provider 0 nil, 1 Google, 2 Apple, 3 voucher
  public record Codes(long status, long plan, long provider) {}

  /// Instants.
  ///
  /// @param unredeemed when it was bought
  /// @param redeemed the midnight after it got its owner
  /// @param expiry paid through
  /// @param refundRequested when its owner asked for a refund
  public record Times(
      long unredeemed,
      long redeemed,
      long expiry,
      long refundDeadline,
      long revoked,
      long refundRequested) {
    public Times withPurchase(long instant) {
      return new Times(instant, redeemed, expiry, refundDeadline, revoked, refundRequested);
    }

    public Times withRedemption(long instant) {
      return new Times(unredeemed, instant, expiry, refundDeadline, revoked, refundRequested);
    }

    public Times withExpiry(long instant) {
      return new Times(unredeemed, redeemed, instant, refundDeadline, revoked, refundRequested);
    }

    public Times withRevocation(long instant) {
      return new Times(unredeemed, redeemed, expiry, refundDeadline, instant, refundRequested);
    }
  }

  /// How it goes on.
  ///
  /// @param renewing stays true on cycles that another one has followed
  /// @param grace a length, or after a grace period of Apple its end
  public record Renewal(boolean renewing, long grace) {}

  /// The stores' names; empty for none.
  ///
  /// @param otherTransactions by which Apple names the same cycle: those of the rows that were merged
  ///     into this one
  public record Ids(
      String appleOriginal,
      String appleTransaction,
      String appleLineItem,
      String googleToken,
      String googleOrder,
      String voucherOrder,
      List<String> otherTransactions) {
    public Ids {
      otherTransactions = List.copyOf(otherTransactions);
    }

    /// The names of one row.
    public Ids(
        String appleOriginal,
        String appleTransaction,
        String appleLineItem,
        String googleToken,
        String googleOrder,
        String voucherOrder) {
      this(
          appleOriginal,
          appleTransaction,
          appleLineItem,
          googleToken,
          googleOrder,
          voucherOrder,
          List.of());
    }

    /// The same names and other transactions of the cycle.
    public Ids and(List<String> others) {
      return new Ids(
          appleOriginal,
          appleTransaction,
          appleLineItem,
          googleToken,
          googleOrder,
          voucherOrder,
          others);
    }

    @Override
    public String toString() {
      return "Ids(hidden)";
    }
  }

  /// Whose purchase it is, as the store was told.
  ///
  /// @param google null for none
  /// @param apple empty for none
  public record Buyer(@Nullable ByteString google, String apple) {
    @Override
    public String toString() {
      return "Buyer(hidden)";
    }
  }

  public static final int GOOGLE = 1;
  public static final int APPLE = 2;
  public static final int VOUCHER = 3;

  public static final int UNREDEEMED = 1;
  public static final int REDEEMED = 2;
  public static final int EXPIRED = 3;
  public static final int REVOKED = 4;

  public boolean isRevoked() {
    return codes.status() == REVOKED;
  }

  public boolean isOf(int provider) {
    return codes.provider() == provider;
  }

  /// The same row with other numbers.
  public V0Payment with(Codes other) {
    return new V0Payment(id, owner, other, times, renewal, ids, buyer);
  }

  /// The same row at other instants.
  public V0Payment with(Times other) {
    return new V0Payment(id, owner, codes, other, renewal, ids, buyer);
  }

  /// The same row that renews otherwise.
  public V0Payment with(Renewal other) {
    return new V0Payment(id, owner, codes, times, other, ids, buyer);
  }

  /// The same row under other names.
  public V0Payment with(Ids other) {
    return new V0Payment(id, owner, codes, times, renewal, other, buyer);
  }

  /// The same row of another owner.
  public V0Payment ownedBy(@Nullable ByteString other) {
    return new V0Payment(id, other, codes, times, renewal, ids, buyer);
  }
}
