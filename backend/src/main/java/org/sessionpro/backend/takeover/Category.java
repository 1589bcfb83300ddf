package org.sessionpro.backend.takeover;

import java.util.Set;

/// Why an account may be answered otherwise than before (`import-python.md` §6.4). Whatever is in none
/// of them is unexplained.
public enum Category {
  /// The account row is not what the payments make of it; the payments count.
  STALE_ACCOUNT_ROW,
  /// There was no account row.
  OWNER_WITHOUT_ACCOUNT,
  /// Rows of one payment became one.
  DUPLICATE_PAYMENT,
  /// A term without end.
  EXPIRY_ZERO,
  /// A revocation without instant.
  REVOKED_WITHOUT_TIME,
  /// A row could not be taken over.
  QUARANTINE,
  /// Another row was mended.
  REPAIRED,
  /// More than 20 payments: the older ones count too.
  FOLD_20,
  /// Orders of Google belong together by their token, not by how their names begin.
  FOLD_CHAIN_PREFIX,
  /// What was refunded after its end ended at its end.
  REVOKED_AFTER_EXPIRY,
  /// The newest purchase of a subscription counts, not the one heard of last.
  FOLD_LATE_CYCLE,
  /// A grace period of Apple ends when Apple said.
  APPLE_GRACE_ABSOLUTE,
  /// Our allowance takes the place of the old default of grace.
  ALLOWANCE,
  /// The payment that covers longest counts, not the one whose term ends last.
  FOLD_COVERAGE,
  /// A blocked account goes on under another tag, because the operator wants that.
  OPERATOR_BLOCK,
  /// A forgotten revocation is listed again, because the operator wants that.
  REVOCATION_PRUNED_EARLY,
  /// An entry of the revocation list stays longer.
  REVOCATION_END_EXTENDED,
  /// A payment that ended says so at once, not from the next midnight on.
  ITEM_STATUS_LAG,
  /// Proofs end on the grid, so that an account that has just ended gets one more.
  PROOF_GRID,
  /// A payment is bound as soon as its owner asks for anything, or follows one that is.
  CLAIM_ON_TOUCH,
  /// A payment of Apple is bound by the token that its owner's key comes to.
  CLAIM_APPLE_TOKEN,
  /// A payment that ended before anybody added it is bound all the same, and has no proof.
  CLAIM_AFTER_END,
  /// A payment of Google that names no buyer is bound to whoever adds it, which nobody could before.
  CLAIM_BY_NAME,
  /// A payment of Google is also bound by the digest of its owner's key.
  CLAIM_FORM,
  /// Credits begin where coverage ends, not where each of the old passes was.
  CREDIT_ANCHOR,
  /// Credits are charged exactly the time that nothing else covered.
  CREDIT_SAMPLING;

  /// Which rule mended rows with such oddities.
  static Category ofRepair(Set<Anomaly> oddities) {
    if (oddities.contains(Anomaly.DUPLICATE_PAYMENT)) {
      return DUPLICATE_PAYMENT;
    }
    return oddities.stream().anyMatch(odd -> odd.kind() == Anomaly.Kind.QUARANTINED)
        ? QUARANTINE
        : REPAIRED;
  }
}
