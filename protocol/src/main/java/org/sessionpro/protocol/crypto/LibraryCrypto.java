package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PublicKey;
import org.sessionpro.protocol.Signature;

/// [Crypto] on the two libraries chosen for the curves, on the JDK for ciphers and SHA, and on
/// BouncyCastle for BLAKE2b.
final class LibraryCrypto implements Crypto {
  private static final int KEY_SIZE = 32;
  private static final ByteString BASE_POINT = ByteString.fromHex("09" + "00".repeat(31));

  private final Ed25519 ed25519;
  private final X25519 x25519;
  private final List<Choice> choices;

  LibraryCrypto(Candidate.Chosen<Ed25519> ed25519, Candidate.Chosen<X25519> x25519) {
    this.ed25519 = ed25519.implementation();
    this.x25519 = x25519.implementation();
    this.choices =
        List.of(
            new Choice("Ed25519", this.ed25519.library(), ed25519.passedOver()),
            new Choice("X25519", this.x25519.library(), x25519.passedOver()));
  }

  @Override
  public boolean verify(PublicKey key, byte[] message, Signature signature) {
    byte[] rawKey = key.bytes().toByteArray();
    byte[] rawSignature = signature.bytes().toByteArray();
    if (!Ed25519Filter.admits(rawKey, rawSignature)) {
      return false;
    }
    try {
      return ed25519.verify(rawKey, message, rawSignature);
    } catch (GeneralSecurityException | RuntimeException refused) {
      return false;
    }
  }

  @Override
  public SigningKey signingKey(Seed seed) {
    byte[] secret = seed.bytes().toByteArray();
    try {
      byte[] publicKey = BouncyCastleCurves.ed25519PublicKey(secret);
      return new ImportedKey(ByteString.of(publicKey), ed25519.signer(secret, publicKey));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(ed25519.library() + " failed to import a key", fault);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public AgreementKey agreementKey(Seed seed) {
    byte[] secret = seed.bytes().toByteArray();
    byte[] hash = sha512(secret);
    try {
      return agreementKey(Arrays.copyOf(hash, KEY_SIZE));
    } finally {
      Arrays.fill(hash, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public AgreementKey freshAgreementKey(SecureRandom random) {
    byte[] scalar = new byte[KEY_SIZE];
    random.nextBytes(scalar);
    return agreementKey(scalar);
  }

  /// Takes over `scalar`: clamps it, and wipes it when it is copied.
  private AgreementKey agreementKey(byte[] scalar) {
    try {
      AgreementKeys.clamp(scalar);
      byte[] publicKey = x25519.agree(scalar, BASE_POINT.toByteArray());
      return new AgreementKey(ByteString.of(scalar), ByteString.of(publicKey));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(x25519.library() + " failed to derive a key", fault);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  @Override
  public ByteString agreementPublicKey(PublicKey key) {
    return AgreementKeys.ofEd25519(key);
  }

  @Override
  public Agreement agreement(AgreementKey own) {
    byte[] privateKey = own.privateKey().toByteArray();
    try {
      return new ImportedHalf(own.publicKey(), x25519.library(), x25519.half(privateKey));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(x25519.library() + " failed to import a key", fault);
    } finally {
      Arrays.fill(privateKey, (byte) 0);
    }
  }

  @Override
  public byte[] blake2b256(Blake2bParameters parameters, byte[]... parts) {
    Blake2bDigest digest =
        new Blake2bDigest(
            parameters.key().toByteArray(),
            32,
            orZeros(parameters.salt()),
            orZeros(parameters.personalisation()));
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  /// BLAKE2b defines an absent salt or personalisation as 16 zero bytes.
  private static byte[] orZeros(ByteString value) {
    return value.size() == 0 ? new byte[16] : value.toByteArray();
  }

  private static byte[] sha512(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(message);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-512", impossible);
    }
  }

  @Override
  public byte[] hmacSha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", impossible);
    }
  }

  @Override
  public byte[] seal(Aead aead, byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
    return AeadCipher.seal(aead, key, nonce, associatedData, plaintext);
  }

  @Override
  public Optional<byte[]> open(
      Aead aead,
      byte[] key,
      byte[] nonce,
      byte[] associatedData,
      byte[] sealed,
      int offset,
      int length) {
    return AeadCipher.open(aead, key, nonce, associatedData, sealed, offset, length);
  }

  @Override
  public List<Choice> choices() {
    return choices;
  }

  /// A key that the chosen library holds; prints its public half only.
  private record ImportedKey(ByteString publicKey, Ed25519.Signer signer) implements SigningKey {
    @Override
    public Signature sign(byte[] message) {
      try {
        return new Signature(ByteString.of(signer.sign(message)));
      } catch (GeneralSecurityException fault) {
        throw new IllegalStateException("signing failed", fault);
      }
    }

    @Override
    public String toString() {
      return "SigningKey(" + publicKey.hex() + ")";
    }
  }

  /// A key that the chosen library holds; prints its public half only.
  private record ImportedHalf(ByteString publicKey, String library, X25519.Half half)
      implements Agreement {
    @Override
    public Optional<byte[]> with(byte[] peer) {
      if (peer.length != KEY_SIZE) {
        throw new IllegalArgumentException("a public key has 32 bytes, got " + peer.length);
      }
      if (LowOrder.isMontgomery(peer)) {
        return Optional.empty();
      }
      try {
        byte[] secret = half.agree(peer);
        return isZero(secret) ? Optional.empty() : Optional.of(secret);
      } catch (GeneralSecurityException fault) {
        throw new IllegalStateException(library + " failed to agree on a key", fault);
      }
    }

    private static boolean isZero(byte[] secret) {
      int bits = 0;
      for (byte b : secret) {
        bits |= b;
      }
      return bits == 0;
    }

    @Override
    public String toString() {
      return "Agreement(" + publicKey.hex() + ")";
    }
  }
}
