package org.sessionpro.protocol.crypto;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PublicKey;
import org.sessionpro.protocol.Signature;

/// Every cryptographic operation of both protocols. Implementations are immutable and safe for any
/// number of threads.
public interface Crypto {
  /// The fastest library for each curve that loads here and passes a self-test: Amazon Corretto,
  /// then Conscrypt, where their optional jars are present; BouncyCastle otherwise. Loads native
  /// libraries, so make one a process.
  static Crypto selfTested() {
    return new LibraryCrypto(
        Candidate.firstPassing(Candidate.ED25519, SelfTest::ed25519),
        Candidate.firstPassing(Candidate.X25519, SelfTest::x25519));
  }

  /// As [#selfTested()], with a choice among some libraries only, so that they can be compared.
  ///
  /// @param names of libraries without their versions: `Amazon Corretto`, `Conscrypt`,
  ///     `BouncyCastle`
  /// @throws IllegalStateException if none of them passes for one of the algorithms
  static Crypto selfTested(Set<String> names) {
    return new LibraryCrypto(
        Candidate.firstPassing(Candidate.among(names, Candidate.ED25519), SelfTest::ed25519),
        Candidate.firstPassing(Candidate.among(names, Candidate.X25519), SelfTest::x25519));
  }

  /// Whether `signature` is `key`'s over `message`, by the strict rules of `wire-v1.md` §3.1: S ≥ L,
  /// a non-canonical or small-order key and a small-order R are refused. Never throws: every fault
  /// inside a library is `false`.
  boolean verify(PublicKey key, byte[] message, Signature signature);

  /// The Ed25519 key pair of a seed (RFC 8032), ready to sign.
  SigningKey signingKey(Seed seed);

  /// The X25519 key pair that an Ed25519 seed stands for (`onion-requests.md` §4).
  AgreementKey agreementKey(Seed seed);

  /// The X25519 public key that an Ed25519 public key stands for (`onion-requests.md` §4): what a
  /// client, who has no seed, sends onion requests to.
  ///
  /// @throws IllegalArgumentException if `key` is not canonical or of small order
  ByteString agreementPublicKey(PublicKey key);

  /// A fresh X25519 key pair, for one onion request of a client.
  AgreementKey freshAgreementKey(SecureRandom random);

  /// An X25519 key pair, ready for many agreements.
  Agreement agreement(AgreementKey own);

  /// One agreement of a key that is used no more: [Agreement#with(byte[])].
  default Optional<byte[]> agree(AgreementKey own, byte[] peer) {
    return agreement(own).with(peer);
  }

  /// BLAKE2b with a 32-byte digest over the concatenation of `parts`.
  byte[] blake2b256(Blake2bParameters parameters, byte[]... parts);

  /// HMAC-SHA256.
  byte[] hmacSha256(byte[] key, byte[] message);

  /// Encrypts; the result is ciphertext ‖ 16-byte tag, without the nonce.
  ///
  /// @param key 32 bytes
  /// @param nonce [Aead#nonceSize()] bytes, never used twice with `key`
  /// @param associatedData authenticated, not encrypted; may be empty
  byte[] seal(Aead aead, byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext);

  /// Decrypts ciphertext ‖ tag in `length` bytes of `sealed` from `offset`. Empty if the tag does
  /// not match or the input is shorter than a tag; no plaintext is released then.
  Optional<byte[]> open(
      Aead aead,
      byte[] key,
      byte[] nonce,
      byte[] associatedData,
      byte[] sealed,
      int offset,
      int length);

  /// Which library computes which curve, for the start-up log.
  List<Choice> choices();

  /// One line of [#choices()].
  ///
  /// @param algorithm `Ed25519` or `X25519`
  /// @param library the one chosen, with its version if it tells that
  /// @param passedOver for each faster library its name and why it is not used, to be logged: a
  ///     server without them needs twice the processor time a request
  record Choice(String algorithm, String library, List<String> passedOver) {
    public Choice {
      passedOver = List.copyOf(passedOver);
    }
  }
}
