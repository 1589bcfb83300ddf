package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.MasterKey;

/// What is to be recorded about one payment.
///
/// @param facts in the order in which they apply; the first one about an unknown payment must be
///     [PaymentFact.Witnessed]. Facts that add nothing are not stored
/// @param claim whom the payment is bound to in the same transaction; null for nobody
public record Statement(PaymentKey key, List<PaymentFact> facts, @Nullable Claim claim) {
  /// Binds the payment to the account of `owner`, which is created if there is none; without
  /// effect if the payment already has an owner, or is dead: whoever owned it elsewhere keeps it all
  /// the same ([ClaimedBy#IMPORT]).
  ///
  /// @param at the instant of redemption
  public record Claim(MasterKey owner, Instant at, ClaimedBy how) {}

  public Statement {
    facts = List.copyOf(facts);
  }

  /// The facts, and that the payment is the claimant's if it then is anybody's to have.
  ///
  /// @param known the payment as it is; null if it is unknown
  /// @param claimant the account of whoever claims it
  List<PaymentFact> claimed(@Nullable Payment known, AccountId claimant) {
    if (claim == null) {
      return facts;
    }
    Payment payment = known == null ? Payment.replay(key, facts) : known.apply(facts);
    if (!isRightful(claim.how(), payment)) {
      return facts;
    }
    List<PaymentFact> all = new ArrayList<>(facts);
    all.add(new Claimed(claimant, claim.at(), claim.how()));
    return all;
  }

  /// Whoever grants a payment may give what nobody else could claim.
  private static boolean isRightful(ClaimedBy how, Payment payment) {
    return switch (how) {
      case IMPORT -> true;
      case MINT, DEV -> payment.isStanding();
      case TOUCH, ADD, CONTINUATION, TOKEN, OPERATOR -> payment.isUnclaimed();
    };
  }

  /// Facts about a payment that change nothing about its owner.
  public static Statement of(PaymentKey key, PaymentFact... facts) {
    return new Statement(key, List.of(facts), null);
  }
}
