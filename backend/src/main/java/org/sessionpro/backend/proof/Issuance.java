package org.sessionpro.backend.proof;

import org.sessionpro.backend.entitlement.Account;

/// What became of a request for a proof, in the order in which the reasons are checked
/// (`wire-v1.md` §8 step 9).
///
/// @param <P> the proof of the protocol asked by
public sealed interface Issuance<P> {
  /// Nothing was ever bound to the key.
  record NotSubscribed<P>() implements Issuance<P> {}

  /// The current generation is revoked and nothing usable was left to go on with.
  record Revoked<P>() implements Issuance<P> {}

  /// The proof that would be issued has run out already.
  record Expired<P>(Account account) implements Issuance<P> {}

  /// The account got as many proofs as the operator allows in a window.
  record RateLimited<P>() implements Issuance<P> {}

  /// A proof, signed.
  record Issued<P>(P proof, Account account) implements Issuance<P> {}
}
