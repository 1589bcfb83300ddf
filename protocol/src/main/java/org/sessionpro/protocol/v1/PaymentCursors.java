package org.sessionpro.protocol.v1;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// Seals the place where a page of payments ends into an opaque token for one account, and opens it
/// again (`wire-v1.md` §10.2).
///
/// XChaCha20-Poly1305 with the raw master key as associated data. The key is BLAKE2b-256 of the
/// backend's signing seed, personalised `SeshProCursorKey`: another signing key invalidates every
/// cursor.
///
/// | bytes | content | |
/// |---|---|---|
/// | 0…23 | nonce | random |
/// | 24…31 | boundary id | big endian, encrypted |
/// | 32…47 | tag | |
///
/// A token is these 48 bytes in 96 lower-case hex digits. Safe for any number of threads.
public final class PaymentCursors {
  private static final int NONCE_SIZE = Aead.XCHACHA20_POLY1305.nonceSize();
  private static final int SIZE = NONCE_SIZE + Long.BYTES + Aead.TAG_SIZE;

  private final Crypto crypto;
  private final byte[] key;
  private final SecureRandom random;

  /// @param signingSeed of the key that signs proofs
  /// @param random draws the nonces
  public PaymentCursors(Crypto crypto, Seed signingSeed, SecureRandom random) {
    this.crypto = crypto;
    this.key = deriveKey(crypto, signingSeed);
    this.random = random;
  }

  /// The cursor key of a backend, 32 secret bytes.
  static byte[] deriveKey(Crypto crypto, Seed signingSeed) {
    return crypto.blake2b256(
        Blake2bParameters.personalised("SeshProCursorKey"), signingSeed.bytes().toByteArray());
  }

  /// The token of a page that ends with payment `boundary`.
  ///
  /// @param boundary registration id of the last payment of the page, 0 or more
  public String seal(MasterKey account, long boundary) {
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    return seal(account, boundary, nonce);
  }

  String seal(MasterKey account, long boundary, byte[] nonce) {
    byte[] plaintext = ByteBuffer.allocate(Long.BYTES).putLong(boundary).array();
    byte[] sealed =
        crypto.seal(Aead.XCHACHA20_POLY1305, key, nonce, account.bytes().toByteArray(), plaintext);
    byte[] token = ByteBuffer.allocate(SIZE).put(nonce).put(sealed).array();
    return ByteString.of(token).hex();
  }

  /// The boundary that was sealed for `account`; the next page lies below it.
  ///
  /// @throws BadRequest naming `before` for anything but an intact token of this account and backend
  public long open(MasterKey account, String token) {
    byte[] bytes = Members.hex("before", token, SIZE).toByteArray();
    byte[] nonce = ByteString.of(bytes, 0, NONCE_SIZE).toByteArray();
    Optional<byte[]> plaintext =
        crypto.open(
            Aead.XCHACHA20_POLY1305,
            key,
            nonce,
            account.bytes().toByteArray(),
            bytes,
            NONCE_SIZE,
            SIZE - NONCE_SIZE);
    return plaintext
        .map(id -> ByteBuffer.wrap(id).getLong())
        .orElseThrow(() -> new BadRequest("before", "is not a cursor of this account"));
  }
}
