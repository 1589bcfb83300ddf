package org.sessionpro.simulator.google.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;

/// The account that a server under test identifies itself as, with a key pair made for it alone.
public final class ServiceAccount {
  private static final int KEY_BITS = 2048;
  private static final int PEM_LINE = 64;

  private final String clientEmail;
  private final String keyId;
  private @Nullable KeyPair made;

  public ServiceAccount(String clientEmail, String keyId) {
    this.clientEmail = clientEmail;
    this.keyId = keyId;
  }

  /// Made when they are needed first, for it takes a while.
  private synchronized KeyPair keys() {
    if (made == null) {
      made = generate();
    }
    return made;
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has RSA", impossible);
    }
  }

  String clientEmail() {
    return clientEmail;
  }

  String keyId() {
    return keyId;
  }

  PublicKey publicKey() {
    return keys().getPublic();
  }

  /// The credentials file, as the Cloud Console hands it out.
  ///
  /// @param tokenUri where tokens are to be asked for
  public byte[] credentials(URI tokenUri) {
    return JsonWriter.object(file ->
        file.text("type", "service_account")
            .text("project_id", PubSubApi.PROJECT)
            .text("private_key_id", keyId)
            .text("private_key", pem())
            .text("client_email", clientEmail)
            .text("client_id", "100000000000000000001")
            .text("token_uri", tokenUri.toString()));
  }

  private String pem() {
    byte[] lineEnd = {'\n'};
    String body =
        Base64.getMimeEncoder(PEM_LINE, lineEnd).encodeToString(keys().getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  /// Whether `signature` is this account's over `signed`, RS256.
  boolean verifies(String signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(publicKey());
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
