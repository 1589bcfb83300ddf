package org.sessionpro.backend.proof;

/// What became of a request to add a payment and prove it (`decisions.md` §2).
///
/// @param <P> the proof of the protocol asked by
public sealed interface Addition<P> {
  /// The payment is the signer's by this request, and here is the proof.
  record Proven<P>(P proof) implements Addition<P> {}

  /// The payment is the signer's by this request, but there is no proof to be had now: its time is
  /// over, or the account got as many as it may. The claim stays.
  record ClaimedOnly<P>() implements Addition<P> {}

  /// The payment was the signer's before.
  record AlreadyOwned<P>() implements Addition<P> {}

  /// There is no such payment, or the signer has no right to it.
  record NotClaimable<P>() implements Addition<P> {}

  /// Google could not be told that the purchase was delivered; nothing was bound.
  record NotAcknowledged<P>() implements Addition<P> {}
}
