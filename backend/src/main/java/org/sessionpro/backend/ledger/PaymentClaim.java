package org.sessionpro.backend.ledger;

import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PurchaseToken;

/// Somebody's claim of a payment by its name (`decisions.md` §2, v0 add).
///
/// @param ifUnknown what is recorded first if there is no such payment; it must have that name and
///     bind it to the claimant. Null wherever only stores make payments known
/// @param bindsOwed whether it binds what Google is still owed an acknowledgement of
public record PaymentClaim(
    MasterKey claimant, PaymentName name, @Nullable Statement ifUnknown, boolean bindsOwed) {

  public PaymentClaim(MasterKey claimant, PaymentName name, @Nullable Statement ifUnknown) {
    this(claimant, name, ifUnknown, false);
  }

  /// A claim of what a store made known.
  public static PaymentClaim of(MasterKey claimant, PaymentName name) {
    return new PaymentClaim(claimant, name, null, false);
  }

  /// The same claim, which does not care whether Google was told.
  public PaymentClaim thoughOwed() {
    return new PaymentClaim(claimant, name, ifUnknown, true);
  }

  /// What a claim comes to, by what the payment was before it.
  public sealed interface Outcome {
    /// It waited for the claimant and is bound by this claim.
    record Bound() implements Outcome {}

    /// It is the claimant's already, whatever its state.
    record AlreadyOwned() implements Outcome {}

    /// There is none, or the claimant has no right to it; which of them is nobody's business.
    record NotClaimable() implements Outcome {}

    /// It waits for the claimant, but Google has not been told that it was delivered. Nothing is
    /// bound, neither this payment nor another.
    record AcknowledgementOwed(PurchaseToken token) implements Outcome {}
  }

  /// What a claim of a payment that is known comes to.
  ///
  /// @param account the claimant's; null if there is none yet
  /// @param ids the claimant's
  Outcome judge(Payment payment, @Nullable AccountId account, OwnerIds ids) {
    Payment.Owner owner = payment.owner();
    if (owner != null && owner.account().equals(account)) {
      return new Outcome.AlreadyOwned();
    }
    if (!payment.isClaimableByName(ids)) {
      return new Outcome.NotClaimable();
    }
    return !bindsOwed && payment.requests().acknowledgement() == Acknowledgement.OWED
        ? new Outcome.AcknowledgementOwed(new PurchaseToken(payment.key().subscription()))
        : new Outcome.Bound();
  }
}
