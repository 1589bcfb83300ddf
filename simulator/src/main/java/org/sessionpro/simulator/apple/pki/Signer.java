package org.sessionpro.simulator.apple.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.sessionpro.protocol.json.JsonWriter;

/// Signs JSON as the App Store does: a compact JWS, ES256, its chain of certificates in the header.
/// Safe for any number of threads.
public final class Signer {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey key;
  private final String header;

  Signer(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    List<String> encoded = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      encoded.add(Base64.getEncoder().encodeToString(der(certificate)));
    }
    this.header =
        BASE64URL.encodeToString(
            JsonWriter.object(root -> root.text("alg", "ES256").texts("x5c", encoded)));
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate has no encoding", impossible);
    }
  }

  /// The JWS of a document.
  public String sign(byte[] json) {
    String signed = header + "." + BASE64URL.encodeToString(json);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has ECDSA", impossible);
    }
  }
}
