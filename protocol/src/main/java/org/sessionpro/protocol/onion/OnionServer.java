package org.sessionpro.protocol.onion;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sessionpro.protocol.crypto.Agreement;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionRejected.Stage;

/// The server's side of onion v4 (`onion-requests.md`). Immutable, safe for any number of threads.
///
/// The caller limits the size of a body before it comes here, and dispatches the sub-request to its
/// client routes only: never to this layer again.
public final class OnionServer {
  private final OnionCipher.Suite suite;
  private final List<Agreement> keys;

  /// @param current the key that today's clients encrypt to
  /// @param previous keys of clients with an older constant, tried in this order after `current`
  /// @param random source of the nonces of replies
  public OnionServer(
      Crypto crypto, AgreementKey current, List<AgreementKey> previous, SecureRandom random) {
    this.suite = new OnionCipher.Suite(crypto, random);
    this.keys =
        Stream.concat(Stream.of(current), previous.stream()).map(crypto::agreement).toList();
  }

  /// Decrypts the body of `POST /oxen/v4/lsrpc`; the reply is sealed under the key that matched.
  ///
  /// @throws OnionRejected for every breach of §3 to §5: answer HTTP 400 without detail
  public OpenedOnion open(byte[] outerBody) {
    OuterBody outer = OuterBody.parse(outerBody);
    for (Agreement key : keys) {
      Optional<OpenedOnion> opened = openWith(key, outer, outerBody);
      if (opened.isPresent()) {
        return opened.get();
      }
    }
    throw new OnionRejected(Stage.CRYPTO);
  }

  private Optional<OpenedOnion> openWith(Agreement key, OuterBody outer, byte[] bytes) {
    return suite
        .forServer(outer.aead(), key, outer.ephemeralKey())
        .flatMap(cipher ->
            cipher
                .open(bytes, OuterBody.OFFSET, outer.length())
                .map(plaintext -> new OpenedOnion(cipher, readAndWipe(plaintext))));
  }

  private static Optional<OnionRequest> readAndWipe(byte[] plaintext) {
    Optional<OnionRequest> request = RequestPlaintext.read(plaintext);
    Arrays.fill(plaintext, (byte) 0);
    return request;
  }
}
