package org.sessionpro.backend.takeover;

/// What is odd about a row of the source (`import-python.md` §5), and what becomes of it.
public enum Anomaly {
  /// `runtime` has several rows of one key and salt, which count as one.
  RUNTIME_NOT_SINGLE(Kind.BLOCKS),
  /// No revocation could be written since the table was migrated; also, without blocking, an account that
  /// may have been refunded since.
  REVOCATIONS_UNWRITABLE(Kind.BLOCKS),
  /// The status is none of 1 to 4.
  STATUS_NIL(Kind.QUARANTINED),
  /// The plan is none of 1 to 3; the term's length decides.
  PLAN_NIL(Kind.REPAIRED),
  /// The provider is none of 1 to 3.
  PROVIDER_NIL(Kind.QUARANTINED),
  /// An instant looks like seconds.
  TIME_IN_SECONDS(Kind.BLOCKS),
  /// No end of the term; it ends when it began.
  EXPIRY_ZERO(Kind.REPAIRED),
  /// Bought after its end; bought at its end.
  PURCHASED_AFTER_EXPIRY(Kind.REPAIRED),
  /// Revoked, nobody knows when; at its end, or now if that is later.
  REVOKED_WITHOUT_TIME(Kind.REPAIRED),
  /// Not revoked but with an instant of it, which is dropped.
  TIME_WITHOUT_REVOKED(Kind.REPAIRED),
  /// Revoked and renewing; it does not renew.
  REVOKED_RENEWING(Kind.REPAIRED),
  /// Has an owner, nobody knows since when; since it was bought.
  REDEEMED_WITHOUT_TIME(Kind.REPAIRED),
  /// Unredeemed with an owner, who is dropped.
  OWNER_ON_UNREDEEMED(Kind.REPAIRED),
  /// Redeemed by nobody; it waits for its owner.
  OWNERLESS_REDEEMED(Kind.REPAIRED),
  /// A running payment waits for its owner.
  UNCLAIMED(Kind.COUNTED),
  /// A payment that ended waits for its owner.
  UNCLAIMED_LAPSED(Kind.COUNTED),
  /// A payment was revoked before anybody claimed it.
  UNCLAIMED_REVOKED(Kind.COUNTED),
  /// Payments of a key without account, which gets one.
  OWNER_WITHOUT_ACCOUNT(Kind.REPAIRED),
  /// An account without payments, which is left behind; blocks if it still runs.
  ACCOUNT_WITHOUT_PAYMENT(Kind.REPAIRED),
  /// Several accounts of one generation; who redeemed last keeps it.
  GENERATION_SHARED(Kind.BLOCKS),
  /// An account has a number that was not handed out yet.
  GEN_COUNTER_BEHIND(Kind.COUNTED),
  /// A revoked number of no account, which is listed all the same.
  REVOCATION_ORPHAN(Kind.REPAIRED),
  /// Nobody knows when a revocation was made; it is in force at once.
  REVOCATION_CREATION_ZERO(Kind.REPAIRED),
  /// Only some cycles of a subscription are revoked, or not all at one instant.
  REFUND_MIXED(Kind.COUNTED),
  /// Revoked though a payment of it runs; it stays revoked.
  OPERATOR_BLOCK(Kind.COUNTED),
  /// A revocation that was forgotten while proofs of it run; it stays forgotten.
  REVOCATION_PRUNED_EARLY(Kind.COUNTED),
  /// The length of a grace period of Apple is its end.
  APPLE_GRACE_ABSOLUTE(Kind.REPAIRED),
  /// A grace period of less than nothing; there is none.
  GRACE_NEGATIVE(Kind.REPAIRED),
  /// A grace period of more than 60 days, which is kept.
  GRACE_LONG(Kind.REPAIRED),
  /// Rows of one payment; they become one, and block if they have several owners.
  DUPLICATE_PAYMENT(Kind.REPAIRED),
  /// The store's names of the payment are missing, or none that a store gives.
  KEY_MISSING(Kind.QUARANTINED),
  /// The buyer's id at Google is not 32 bytes long; there is none.
  BINDING_LENGTH(Kind.REPAIRED),
  /// The buyer's token at Apple is no UUID; it matches nobody.
  TOKEN_NOT_UUID(Kind.REPAIRED),
  /// The buyer's id is not the owner's in any form; the owner keeps it.
  BINDING_MISMATCH(Kind.COUNTED),
  /// A key that no signature is valid under.
  KEY_UNUSABLE(Kind.REPAIRED),
  /// A key that is not 32 bytes long.
  KEY_LENGTH(Kind.QUARANTINED),
  /// The development key, or a payment of development mode.
  DEV_DATABASE(Kind.BLOCKS),
  /// The account row is not what its payments come to; they count.
  STALE_ACCOUNT_ROW(Kind.COUNTED),
  /// Generations that accounts had before their current ones: their proofs run out by themselves.
  GENERATIONS_UNATTRIBUTED(Kind.COUNTED),
  /// Trouble with a subscription of nobody; dropped.
  ERROR_ORPHAN(Kind.COUNTED),
  /// A message that cannot be read; kept for somebody.
  NOTIFICATION_UNDECODABLE(Kind.COUNTED),
  /// A message without content; Google sends it again.
  NOTIFICATION_EMPTY(Kind.COUNTED),
  /// The account's generation is not one of its own; it gets a fresh one.
  ACCOUNT_WITHOUT_GENERATION(Kind.BLOCKS),
  /// A generation that is neither in use nor revoked, which is kept.
  GENERATION_STALE(Kind.COUNTED),
  /// No details at any store.
  DETAIL_MISSING(Kind.QUARANTINED),
  /// Details at several stores.
  DETAIL_DOUBLE(Kind.QUARANTINED),
  /// Details at another store than the payment says.
  DETAIL_FOREIGN(Kind.QUARANTINED),
  /// A grace period that is the allowance of an earlier version; there is none.
  GRACE_FOSSIL(Kind.REPAIRED),
  /// A credit with something left of an account that charges none; charged from now on.
  CREDIT_WITHOUT_CHECKPOINT(Kind.REPAIRED),
  /// An account that charges credits without one; it charges none.
  CHECKPOINT_WITHOUT_CREDIT(Kind.REPAIRED),
  /// A credit that renews; it does not.
  CREDIT_RENEWING(Kind.REPAIRED),
  /// A credit with a grace period; it has none.
  CREDIT_WITH_GRACE(Kind.REPAIRED),
  /// A credit of a store, which only a service makes that tries minting out.
  MINTED_STORE_CREDIT(Kind.BLOCKS),
  /// A length with months in it, which has no exact span. Nothing else is looked at.
  INTERVAL_MONTHS(Kind.BLOCKS),
  /// An instant that never comes. Nothing else is looked at.
  INSTANT_INFINITE(Kind.BLOCKS),
  /// A code of a closed set that is not known. Nothing else is looked at.
  UNKNOWN_CODE(Kind.BLOCKS),
  /// What an earlier version left in `globals`; ignored.
  GLOBALS_LEFT_OVER(Kind.COUNTED),
  /// The old service's renewal latency allowance is another one than here.
  ALLOWANCE_CHANGED(Kind.COUNTED);

  /// What becomes of it.
  public enum Kind {
    /// Nothing is taken over until the operator accepts it.
    BLOCKS,
    /// Mended by the rule.
    REPAIRED,
    /// Kept beside the ledger, in which nothing is written.
    QUARANTINED,
    /// Taken over as it is.
    COUNTED
  }

  private final Kind kind;

  Anomaly(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// Whether an operator may go on in spite of it: not where rows cannot be understood.
  public boolean isAcceptable() {
    return this != INTERVAL_MONTHS && this != INSTANT_INFINITE && this != UNKNOWN_CODE;
  }
}
