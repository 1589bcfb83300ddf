package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;

/// What holds for any key, message and nonce, over every library.
class CryptoPropertyTest {
  private static final Crypto CRYPTO = Crypto.selfTested();

  @Provide
  Arbitrary<Crypto> ed25519() {
    return Arbitraries.of(Libraries.ed25519().toList());
  }

  @Property(tries = 300)
  void signatureOfOneLibraryVerifiesInAnother(
      @ForAll("ed25519") Crypto signer,
      @ForAll("ed25519") Crypto verifier,
      @ForAll @Size(32) byte[] seed,
      @ForAll byte[] message) {
    SigningKey key = signer.signingKey(seedOf(seed));
    assertThat(verifier.verify(new MasterKey(key.publicKey()), message, key.sign(message)))
        .isTrue();
  }

  @Property(tries = 150)
  void allLibrariesSignAlike(@ForAll @Size(32) byte[] seed, @ForAll byte[] message) {
    assertThat(Libraries.ed25519().map(c -> c.signingKey(seedOf(seed)).sign(message)).distinct())
        .hasSize(1);
  }

  @Property(tries = 600)
  void oneFlippedBitOfKeyMessageOrSignatureNeverVerifies(
      @ForAll("ed25519") Crypto crypto,
      @ForAll @Size(32) byte[] seed,
      @ForAll @Size(min = 1, max = 100) byte[] message,
      @ForAll int position) {
    SigningKey key = crypto.signingKey(seedOf(seed));
    byte[] publicKey = key.publicKey().toByteArray();
    byte[] signature = key.sign(message).bytes().toByteArray();
    byte[] changed = message.clone();
    int bit = Math.floorMod(position, 8 * (32 + 64 + message.length));
    if (bit < 8 * 32) {
      flip(publicKey, bit);
    } else if (bit < 8 * 96) {
      flip(signature, bit - 8 * 32);
    } else {
      flip(changed, bit - 8 * 96);
    }
    assertThat(
            crypto.verify(
                new MasterKey(ByteString.of(publicKey)),
                changed,
                new Signature(ByteString.of(signature))))
        .isFalse();
  }

  @Property(tries = 400)
  void randomBytesNeverVerifyNorThrow(
      @ForAll("ed25519") Crypto crypto,
      @ForAll @Size(32) byte[] key,
      @ForAll byte[] message,
      @ForAll @Size(64) byte[] signature) {
    assertThat(
            crypto.verify(
                new MasterKey(ByteString.of(key)),
                message,
                new Signature(ByteString.of(signature))))
        .isFalse();
  }

  @Property(tries = 200)
  void allLibrariesAgreeOnTheSameSecret(
      @ForAll @Size(32) byte[] seed, @ForAll @Size(32) byte[] peer) {
    assertThat(
            Libraries.x25519()
                .map(crypto -> crypto.agree(crypto.agreementKey(seedOf(seed)), peer))
                .map(secret -> secret.map(ByteString::of))
                .distinct())
        .hasSize(1);
  }

  @Property(tries = 150)
  void bothSidesAgreeOnTheSameSecret(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
    AgreementKey ours = CRYPTO.agreementKey(seedOf(one));
    AgreementKey theirs = CRYPTO.agreementKey(seedOf(other));
    assertThat(CRYPTO.agree(ours, theirs.publicKey().toByteArray()).orElseThrow())
        .isEqualTo(CRYPTO.agree(theirs, ours.publicKey().toByteArray()).orElseThrow());
  }

  @Property(tries = 150)
  void seedAndPublicKeyLeadToTheSameAgreementKey(@ForAll @Size(32) byte[] seed) {
    BackendKey signing = new BackendKey(CRYPTO.signingKey(seedOf(seed)).publicKey());
    assertThat(CRYPTO.agreementPublicKey(signing))
        .isEqualTo(CRYPTO.agreementKey(seedOf(seed)).publicKey());
  }

  @Property(tries = 400)
  void sealedMessageOpensFromAnyOffset(
      @ForAll Aead aead,
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(24) byte[] nonceSource,
      @ForAll @Size(max = 40) byte[] associatedData,
      @ForAll @Size(max = 300) byte[] plaintext,
      @ForAll @Size(max = 20) byte[] before) {
    byte[] nonce = Arrays.copyOf(nonceSource, aead.nonceSize());
    byte[] sealed = CRYPTO.seal(aead, key, nonce, associatedData, plaintext);
    assertThat(sealed).hasSize(plaintext.length + Aead.TAG_SIZE);

    byte[] surrounded = new byte[before.length + sealed.length + 3];
    System.arraycopy(sealed, 0, surrounded, before.length, sealed.length);
    Optional<byte[]> opened =
        CRYPTO.open(aead, key, nonce, associatedData, surrounded, before.length, sealed.length);
    assertThat(opened.orElseThrow()).isEqualTo(plaintext);
  }

  @Property(tries = 600)
  void oneFlippedBitOfASealedMessageNeverOpens(
      @ForAll Aead aead,
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(24) byte[] nonceSource,
      @ForAll @Size(min = 1, max = 40) byte[] associatedData,
      @ForAll @Size(max = 100) byte[] plaintext,
      @ForAll int position) {
    byte[] nonce = Arrays.copyOf(nonceSource, aead.nonceSize());
    byte[] sealed = CRYPTO.seal(aead, key, nonce, associatedData, plaintext);
    byte[][] inputs = {key.clone(), nonce, associatedData.clone(), sealed};
    int bit =
        Math.floorMod(position, 8 * (32 + nonce.length + associatedData.length + sealed.length));
    for (byte[] input : inputs) {
      if (bit >= 0 && bit < 8 * input.length) {
        flip(input, bit);
      }
      bit -= 8 * input.length;
    }
    assertThat(CRYPTO.open(aead, inputs[0], inputs[1], inputs[2], sealed, 0, sealed.length))
        .isEmpty();
  }

  private static Seed seedOf(byte[] bytes) {
    return new Seed(ByteString.of(bytes));
  }

  private static void flip(byte[] bytes, int bit) {
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
  }
}
