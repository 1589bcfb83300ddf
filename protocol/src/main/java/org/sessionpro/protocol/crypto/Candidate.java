package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// A library that may compute one algorithm here, or may be absent, or broken on this machine.
///
/// @param name for messages
/// @param opener loads the library; may fail with any exception or [LinkageError]
record Candidate<T>(String name, Supplier<T> opener) {
  /// Ed25519, fastest first: verify 40, 56, 97 µs; sign 10, 16, 32 µs of processor time.
  static final List<Candidate<Ed25519>> ED25519 =
      List.of(
          new Candidate<>("Amazon Corretto", () -> CorrettoCurves.ed25519()),
          new Candidate<>("Conscrypt", () -> ConscryptCurves.ed25519()),
          new Candidate<>("BouncyCastle", BouncyCastleCurves::ed25519));

  /// X25519, fastest first. Corretto has none.
  static final List<Candidate<X25519>> X25519 =
      List.of(
          new Candidate<>("Conscrypt", () -> ConscryptCurves.x25519()),
          new Candidate<>("BouncyCastle", BouncyCastleCurves::x25519));

  /// Those of `candidates` that have one of `names`.
  static <T> List<Candidate<T>> among(Set<String> names, List<Candidate<T>> candidates) {
    return candidates.stream().filter(candidate -> names.contains(candidate.name())).toList();
  }

  /// Throws anything but nothing if the algorithm is computed wrongly.
  @FunctionalInterface
  interface Check<T> {
    void on(T implementation) throws GeneralSecurityException;
  }

  /// What [#firstPassing] found.
  ///
  /// @param passedOver for each faster candidate its name and why it is not used
  record Chosen<T>(T implementation, List<String> passedOver) {}

  /// The first of `candidates` that loads and passes `check`.
  ///
  /// @throws IllegalStateException if none does
  static <T> Chosen<T> firstPassing(List<Candidate<T>> candidates, Check<T> check) {
    List<String> passedOver = new ArrayList<>();
    for (Candidate<T> candidate : candidates) {
      try {
        T implementation = candidate.opener().get();
        check.on(implementation);
        return new Chosen<>(implementation, List.copyOf(passedOver));
      } catch (GeneralSecurityException | RuntimeException | LinkageError unusable) {
        passedOver.add(candidate.name() + ": " + unusable);
      }
    }
    throw new IllegalStateException("no library passes the self-test: " + passedOver);
  }
}
