package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The two authenticated ciphers on those of the JDK.
final class AeadCipher {
  private static final int KEY_SIZE = 32;

  private AeadCipher() {}

  static byte[] seal(Aead aead, byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, aead, key, nonce);
      cipher.updateAAD(associatedData);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(aead + " failed", fault);
    }
  }

  static Optional<byte[]> open(
      Aead aead,
      byte[] key,
      byte[] nonce,
      byte[] associatedData,
      byte[] sealed,
      int offset,
      int length) {
    Objects.checkFromIndexSize(offset, length, sealed.length);
    if (length < Aead.TAG_SIZE) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, aead, key, nonce);
      cipher.updateAAD(associatedData);
      return Optional.of(cipher.doFinal(sealed, offset, length));
    } catch (AEADBadTagException forged) {
      return Optional.empty();
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(aead + " failed", fault);
    }
  }

  private static Cipher cipher(int mode, Aead aead, byte[] key, byte[] nonce)
      throws GeneralSecurityException {
    requireSize("key", key, KEY_SIZE);
    requireSize("nonce", nonce, aead.nonceSize());
    return switch (aead) {
      case AES_256_GCM ->
          cipher(
              mode,
              "AES/GCM/NoPadding",
              new SecretKeySpec(key, "AES"),
              new GCMParameterSpec(8 * Aead.TAG_SIZE, nonce));
      case XCHACHA20_POLY1305 -> {
        byte[] subkey = XChaCha20.subkey(key, nonce);
        SecretKeySpec copied = new SecretKeySpec(subkey, "ChaCha20");
        Arrays.fill(subkey, (byte) 0);
        yield cipher(
            mode, "ChaCha20-Poly1305", copied, new IvParameterSpec(XChaCha20.innerNonce(nonce)));
      }
    };
  }

  private static Cipher cipher(
      int mode, String transformation, SecretKeySpec key, AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(mode, key, parameters);
    return cipher;
  }

  private static void requireSize(String what, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          what + ": expected " + size + " bytes, got " + bytes.length);
    }
  }
}
