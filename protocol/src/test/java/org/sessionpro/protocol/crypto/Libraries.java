package org.sessionpro.protocol.crypto;

import java.util.List;
import java.util.stream.Stream;

/// [Crypto] on each single library, not only on the one that a server would choose.
final class Libraries {
  private static final List<Crypto> ED25519 =
      Candidate.ED25519.stream().map(c -> onEd25519(c.opener().get())).toList();
  private static final List<Crypto> X25519 =
      Candidate.X25519.stream().map(c -> onX25519(c.opener().get())).toList();

  private Libraries() {}

  /// One for each library of Ed25519; all must be present where the tests run.
  static Stream<Crypto> ed25519() {
    return ED25519.stream();
  }

  /// One for each library of X25519.
  static Stream<Crypto> x25519() {
    return X25519.stream();
  }

  /// The library that `crypto` signs with.
  static String signer(Crypto crypto) {
    return crypto.choices().getFirst().library();
  }

  /// With a given library of Ed25519.
  static Crypto onEd25519(Ed25519 library) {
    return new LibraryCrypto(chosen(library), chosen(BouncyCastleCurves.x25519()));
  }

  /// With a given library of X25519.
  static Crypto onX25519(X25519 library) {
    return new LibraryCrypto(chosen(BouncyCastleCurves.ed25519()), chosen(library));
  }

  private static <T> Candidate.Chosen<T> chosen(T library) {
    return new Candidate.Chosen<>(library, List.of());
  }
}
