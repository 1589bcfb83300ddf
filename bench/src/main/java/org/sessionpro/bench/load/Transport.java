package org.sessionpro.bench.load;

/// How requests and answers travel.
public enum Transport {
  /// In clear.
  DIRECT,
  /// In clear, from clients that accept compressed answers.
  GZIP,
  /// Encrypted, as from the last hop of an onion path (`onion-requests.md`); with
  /// XChaCha20-Poly1305, which today's clients use.
  ONION
}
