package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/// Both curves by a provider of the Java Cryptography Architecture, which is asked by object and
/// never installed for the whole process.
final class JcaCurves {
  private static final byte[] ED25519_PRIVATE = prefix("302e020100300506032b657004220420");
  private static final byte[] ED25519_PUBLIC = prefix("302a300506032b6570032100");
  private static final byte[] X25519_PRIVATE = prefix("302e020100300506032b656e04220420");
  private static final byte[] X25519_PUBLIC = prefix("302a300506032b656e032100");

  private JcaCurves() {}

  static Ed25519 ed25519(String library, Provider provider) {
    return new JcaEd25519(library, provider);
  }

  static X25519 x25519(String library, Provider provider) {
    return new JcaX25519(library, provider);
  }

  private record JcaX25519(String library, Provider provider) implements X25519 {
    private static final String ALGORITHM = "XDH";

    @Override
    public Half half(byte[] privateKey) throws GeneralSecurityException {
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM, provider);
      PrivateKey imported = privateKey(keys, X25519_PRIVATE, privateKey);
      return peer -> {
        KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM, provider);
        agreement.init(imported);
        agreement.doPhase(
            publicKey(KeyFactory.getInstance(ALGORITHM, provider), X25519_PUBLIC, peer), true);
        return agreement.generateSecret();
      };
    }
  }

  private record JcaEd25519(String library, Provider provider) implements Ed25519 {
    private static final String ALGORITHM = "EdDSA";

    @Override
    public boolean verify(byte[] key, byte[] message, byte[] signature)
        throws GeneralSecurityException {
      Signature verifier = Signature.getInstance(ALGORITHM, provider);
      verifier.initVerify(
          publicKey(KeyFactory.getInstance(ALGORITHM, provider), ED25519_PUBLIC, key));
      verifier.update(message);
      return verifier.verify(signature);
    }

    @Override
    public Signer signer(byte[] seed, byte[] publicKey) throws GeneralSecurityException {
      PrivateKey imported =
          privateKey(KeyFactory.getInstance(ALGORITHM, provider), ED25519_PRIVATE, seed);
      return message -> {
        Signature signer = Signature.getInstance(ALGORITHM, provider);
        signer.initSign(imported);
        signer.update(message);
        return signer.sign();
      };
    }
  }

  private static PublicKey publicKey(KeyFactory keys, byte[] prefix, byte[] raw)
      throws GeneralSecurityException {
    return keys.generatePublic(new X509EncodedKeySpec(concat(prefix, raw)));
  }

  private static PrivateKey privateKey(KeyFactory keys, byte[] prefix, byte[] raw)
      throws GeneralSecurityException {
    byte[] encoded = concat(prefix, raw);
    try {
      return keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static byte[] concat(byte[] prefix, byte[] raw) {
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
    return encoded;
  }

  private static byte[] prefix(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
