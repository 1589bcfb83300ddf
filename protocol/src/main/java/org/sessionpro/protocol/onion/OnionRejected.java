package org.sessionpro.protocol.onion;

/// An onion body that cannot be opened: the outer answer is HTTP 400 with one fixed body for every
/// cause (`onion-requests.md` §9). Carries nothing but the stage, for counting, so that no detail
/// can reach a client.
public final class OnionRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /// How far a body got, in the order of the checks.
  public enum Stage {
    /// Length prefix, or the trailing JSON object.
    FRAMING,
    /// `enc_type` or `ephemeral_key`.
    METADATA,
    /// Ciphertext too short, shared secret all zero, or tag mismatch.
    CRYPTO,
    /// A reply that decrypts to anything but the form of §8; on the client's side only.
    PLAINTEXT
  }

  OnionRejected(Stage stage) {
    super("onion body rejected: " + stage, null, false, false);
    this.stage = stage;
  }

  /// How far the body got; for metrics, never for the answer.
  public Stage stage() {
    return stage;
  }
}
