package org.sessionpro.protocol.onion;

import org.sessionpro.protocol.onion.OnionRejected.Stage;

/// An encrypted request and the means to read its reply. Holds the key of the exchange: drop it with
/// the reply.
public final class SealedOnion {
  private final OnionCipher cipher;
  private final byte[] outerBody;

  SealedOnion(OnionCipher cipher, byte[] outerBody) {
    this.cipher = cipher;
    this.outerBody = outerBody;
  }

  /// The body for `POST /oxen/v4/lsrpc`.
  public byte[] outerBody() {
    return outerBody.clone();
  }

  /// Decrypts the body of the HTTP answer.
  ///
  /// @throws OnionRejected if it is not a reply to this request
  public OnionReply open(byte[] httpBody) {
    byte[] plaintext =
        cipher
            .open(httpBody, 0, httpBody.length)
            .orElseThrow(() -> new OnionRejected(Stage.CRYPTO));
    return ReplyPlaintext.read(plaintext).orElseThrow(() -> new OnionRejected(Stage.PLAINTEXT));
  }
}
