package org.sessionpro.protocol.onion;

import java.util.Optional;

/// A request that could be decrypted, and the means to answer it under the same key. From here on
/// the outer HTTP status is 200, whatever the inner outcome (`onion-requests.md` §1, rule 0).
///
/// Holds the key of the exchange: drop it with the request.
public final class OpenedOnion {
  private final OnionCipher cipher;
  private final Optional<OnionRequest> request;

  OpenedOnion(OnionCipher cipher, Optional<OnionRequest> request) {
    this.cipher = cipher;
    this.request = request;
  }

  /// The sub-request; empty if the plaintext breaks `onion-requests.md` §6, which is to be answered
  /// by [OnionReply#MALFORMED].
  public Optional<OnionRequest> request() {
    return request;
  }

  /// The HTTP body that answers the onion request: nonce ‖ ciphertext ‖ tag, with a fresh nonce.
  public byte[] seal(OnionReply reply) {
    return cipher.seal(ReplyPlaintext.write(reply));
  }
}
