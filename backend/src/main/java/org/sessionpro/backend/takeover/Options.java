package org.sessionpro.backend.takeover;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.RenewalAllowance;

/// What the operator decides about the content of what is taken over.
///
/// @param allowance of the target
/// @param development whether the target is in development mode
/// @param settleBlocked whether accounts that the operator had blocked go on under another tag
/// @param restorePruned whether revocations that were forgotten too early are listed again
/// @param appleSandbox whether the App Store's messages are of its sandbox
/// @param reconcileSpread over how long the subscriptions are looked at for the first time
/// @param sourceAllowance of the old service; null if nobody says
public record Options(
    RenewalAllowance allowance,
    boolean development,
    boolean settleBlocked,
    boolean restorePruned,
    boolean appleSandbox,
    Duration reconcileSpread,
    @Nullable Duration sourceAllowance) {

  /// Without a word about the old service's allowance.
  public Options(
      RenewalAllowance allowance,
      boolean development,
      boolean settleBlocked,
      boolean restorePruned,
      boolean appleSandbox,
      Duration reconcileSpread) {
    this(allowance, development, settleBlocked, restorePruned, appleSandbox, reconcileSpread, null);
  }

  /// For the record of the run: equal exactly if nothing else would be written.
  String text() {
    return "allowance=%d dev=%b settle-blocked=%b restore-pruned=%b sandbox=%b spread=%d"
        .formatted(
            allowance.length().toSeconds(),
            development,
            settleBlocked,
            restorePruned,
            appleSandbox,
            reconcileSpread.toSeconds());
  }
}
