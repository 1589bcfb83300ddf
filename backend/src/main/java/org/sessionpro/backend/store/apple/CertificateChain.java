package org.sessionpro.backend.store.apple;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The certificates that something signed rests on, as they stand in its header.
///
/// @param texts Base64 of the DER forms: whose signature it is, whose that one is, and a third one that
///     means nothing (`app-store.md` §1.2)
record CertificateChain(List<String> texts) {
  private static final int LENGTH = 3;

  CertificateChain {
    texts = List.copyOf(texts);
  }

  /// Those that a header names. Empty if it names none, or not as many as there have to be.
  static Optional<CertificateChain> of(JsonObject header) {
    if (!(header.member("x5c").orElse(null) instanceof JsonValue.Array array)
        || array.items().size() != LENGTH) {
      return Optional.empty();
    }
    List<String> texts =
        array.items().stream()
            .flatMap(item ->
                item instanceof JsonValue.Text text ? Stream.of(text.value()) : Stream.empty())
            .toList();
    return texts.size() == LENGTH ? Optional.of(new CertificateChain(texts)) : Optional.empty();
  }

  /// Both that count, whose signature it is first.
  ///
  /// @throws CertificateException if one of them is none
  List<X509Certificate> counting() throws CertificateException {
    return List.of(certificate(texts.getFirst()), certificate(texts.get(1)));
  }

  private static X509Certificate certificate(String text) throws CertificateException {
    byte[] der = Base64.getDecoder().decode(text);
    if (CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
        instanceof X509Certificate certificate) {
      return certificate;
    }
    throw new CertificateException("of another kind");
  }

  /// The last instant at which both that count are valid.
  ///
  /// @throws CertificateException if one of them is none
  Instant end() throws CertificateException {
    return counting().stream()
        .map(one -> one.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }
}
