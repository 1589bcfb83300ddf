package org.sessionpro.backend.store.apple;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;

/// Something signed as Apple signs, taken apart and believed by nobody yet: a compact JWS (RFC 7515) by
/// ES256, with certificates in its header (`app-store.md` §1.2).
///
/// @param header in Base64, as it stands there
/// @param content what is signed
/// @param payload what it says
record Jws(String header, ByteString content, ByteString payload, ByteString signature) {
  private static final String ALGORITHM = "ES256";
  private static final String SIGNATURE = "SHA256withECDSAinP1363Format";
  private static final int PARTS = 3;

  /// Two numbers of 32 bytes.
  private static final int SIGNATURE_SIZE = 64;

  /// Empty if it has another form.
  static Optional<Jws> of(SignedText signed) {
    String text = signed.value();
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Jws(
              parts[0],
              ByteString.of(text.substring(0, text.lastIndexOf('.')).getBytes(US_ASCII)),
              ByteString.of(decoded(parts[1])),
              ByteString.of(decoded(parts[2]))));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  /// What it claims to rest on. Empty if the header names none, or another algorithm.
  Optional<CertificateChain> chain() {
    try {
      JsonObject json = JsonObject.parse(decoded(header));
      return new SignedJson(json)
          .text("alg")
          .filter(ALGORITHM::equals)
          .flatMap(_ -> CertificateChain.of(json));
    } catch (BadRequest | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// Whether the signature is `key`'s.
  ///
  /// @throws GeneralSecurityException if that is no key of this kind, or no such signature is possible
  boolean isBy(PublicKey key) throws GeneralSecurityException {
    if (signature.size() != SIGNATURE_SIZE) {
      return false;
    }
    Signature verifier = Signature.getInstance(SIGNATURE);
    verifier.initVerify(key);
    verifier.update(content.asReadOnlyBuffer());
    return verifier.verify(signature.toByteArray());
  }
}
