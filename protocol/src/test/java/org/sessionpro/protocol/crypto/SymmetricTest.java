package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.vectors.VectorSuite;

/// Known answers of ciphers and hashes.
class SymmetricTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final byte[] KEY = new byte[32];

  @Test
  void hchacha20IsThatOfTheDraft() {
    // draft-irtf-cfrg-xchacha-03 §2.2.1.
    byte[] key = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    byte[] nonce = hex("000000090000004a0000000031415927");
    assertThat(XChaCha20.subkey(key, nonce))
        .isEqualTo(hex("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"));
  }

  @Test
  void xchacha20Poly1305IsThatOfTheDraft() {
    // draft-irtf-cfrg-xchacha-03 §A.3.1.
    byte[] key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    byte[] nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    byte[] associatedData = hex("50515253c0c1c2c3c4c5c6c7");
    byte[] plaintext =
        ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                + " future, sunscreen would be it.")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sealed =
        hex(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                + "21f9664c97637da9768812f615c68b13b52e"
                + "c0875924c1c7987947deafd8780acf49");
    assertThat(CRYPTO.seal(Aead.XCHACHA20_POLY1305, key, nonce, associatedData, plaintext))
        .isEqualTo(sealed);
    assertThat(open(Aead.XCHACHA20_POLY1305, key, nonce, associatedData, sealed))
        .isEqualTo(plaintext);
  }

  @Test
  void aes256GcmIsThatOfNist() {
    // The Galois/Counter Mode of Operation, test case 16.
    byte[] key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    byte[] nonce = hex("cafebabefacedbaddecaf888");
    byte[] associatedData = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    byte[] plaintext =
        hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    byte[] sealed =
        hex(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
    assertThat(CRYPTO.seal(Aead.AES_256_GCM, key, nonce, associatedData, plaintext))
        .isEqualTo(sealed);
    assertThat(open(Aead.AES_256_GCM, key, nonce, associatedData, sealed)).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @EnumSource
  void inputShorterThanATagDoesNotOpen(Aead aead) {
    byte[] nonce = new byte[aead.nonceSize()];
    for (int length = 0; length < Aead.TAG_SIZE; length++) {
      assertThat(CRYPTO.open(aead, KEY, nonce, new byte[0], new byte[length], 0, length)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyOrNonceOfAnotherLengthIsACallersFault(Aead aead) {
    byte[] nonce = new byte[aead.nonceSize()];
    byte[] empty = new byte[0];
    assertThatThrownBy(() -> CRYPTO.seal(aead, new byte[16], nonce, empty, empty))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CRYPTO.seal(aead, KEY, new byte[aead.nonceSize() - 1], empty, empty))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saltedBlake2bIsThatOfTheVectors() {
    JsonNode cases = VectorSuite.of("wire-v0.json").root().at("/gen_index_hash/cases");
    assertThat(cases).isNotEmpty();
    for (JsonNode vector : cases) {
      ByteString salt = ByteString.fromHex(vector.get("salt_hex").asText());
      byte[] preimage = hex(vector.get("preimage_hex").asText());
      assertThat(CRYPTO.blake2b256(Blake2bParameters.salted(salt), preimage))
          .isEqualTo(hex(vector.get("digest_hex").asText()));
    }
  }

  @Test
  void personalisedBlake2bIsThatOfTheVectors() {
    JsonNode cases = VectorSuite.of("wire-v0.json").root().get("request_hashes");
    assertThat(cases).isNotEmpty();
    for (JsonNode vector : cases) {
      Blake2bParameters parameters =
          Blake2bParameters.personalised(vector.get("personalisation").asText());
      assertThat(CRYPTO.blake2b256(parameters, hex(vector.get("preimage_hex").asText())))
          .isEqualTo(hex(vector.get("digest_hex").asText()));
    }
  }

  @Test
  void keyedBlake2bIsThatOfAnotherImplementation() {
    ByteString key = ByteString.of("SessionProRandom".getBytes(StandardCharsets.US_ASCII));
    assertThat(CRYPTO.blake2b256(Blake2bParameters.keyed(key), ascii("abc")))
        .isEqualTo(hex("bf30c9eaa7d6636d00d6c5321c954dd6b3644b7fca32665f63650abec0e11103"));
  }

  @Test
  void partsAreHashedAsOneMessage() {
    assertThat(CRYPTO.blake2b256(Blake2bParameters.PLAIN, ascii("a"), ascii(""), ascii("bc")))
        .isEqualTo(CRYPTO.blake2b256(Blake2bParameters.PLAIN, ascii("abc")));
  }

  @Test
  void hmacSha256IsThatOfRfc4231() {
    // RFC 4231 §4.3.
    assertThat(CRYPTO.hmacSha256(ascii("Jefe"), ascii("what do ya want for nothing?")))
        .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }

  private static byte[] open(
      Aead aead, byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed) {
    return CRYPTO.open(aead, key, nonce, associatedData, sealed, 0, sealed.length).orElseThrow();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
