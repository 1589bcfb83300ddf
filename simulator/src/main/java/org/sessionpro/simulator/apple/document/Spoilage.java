package org.sessionpro.simulator.apple.document;

import org.sessionpro.simulator.apple.pki.Chain;

/// How a notification may differ from what a server expects (`app-store.md` §9.3).
public enum Spoilage {
  /// The signature is not that of the payload.
  CORRUPT_SIGNATURE(true, Chain.GENUINE),
  /// The payload is not the one that was signed.
  ALTERED_PAYLOAD(true, Chain.GENUINE),
  OTHER_ROOT(true, Chain.OTHER_ROOT),
  EXPIRED_LEAF(true, Chain.EXPIRED_LEAF),
  UNMARKED_LEAF(true, Chain.UNMARKED_LEAF),
  TWO_CERTIFICATES(true, Chain.TWO_CERTIFICATES),
  /// It is about another app.
  WRONG_BUNDLE(true, Chain.GENUINE),
  /// It is of the other store.
  WRONG_ENVIRONMENT(true, Chain.GENUINE),
  /// It is no JWS at all.
  GARBAGE(true, Chain.GENUINE),
  /// Outside all is well, but the signature of the transaction is not.
  CORRUPT_INNER(false, Chain.GENUINE),
  /// The transaction stands where the state of renewal should.
  TRANSACTION_AS_RENEWAL(false, Chain.GENUINE),
  /// The leaf was rotated between the inner parts and the outer one.
  MIXED_LEAVES(false, Chain.GENUINE),
  /// Its type is one that nobody has heard of.
  FUTURE_TYPE(false, Chain.GENUINE),
  /// The same, and it has neither transaction nor state of renewal.
  FUTURE_TYPE_ALONE(false, Chain.GENUINE),
  /// Its subtype is one that nobody has heard of.
  FUTURE_SUBTYPE(false, Chain.GENUINE),
  NO_RENEWAL_INFO(false, Chain.GENUINE),
  NO_TRANSACTION_INFO(false, Chain.GENUINE),
  /// The app account token is written in upper case.
  UPPER_CASE_TOKEN(false, Chain.GENUINE),
  /// The app account token is left out.
  NO_TOKEN(false, Chain.GENUINE);

  private final boolean forgery;
  private final Chain chain;

  Spoilage(boolean forgery, Chain chain) {
    this.forgery = forgery;
    this.chain = chain;
  }

  /// Whether the store itself would never send it: then it is not tried again, and the store's history
  /// does not know of it.
  public boolean isForgery() {
    return forgery;
  }

  Chain chain() {
    return chain;
  }
}
