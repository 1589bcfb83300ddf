package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.vectors.VectorSuite;

/// Key agreement and the way from Ed25519 to X25519 keys (`onion-requests.md` §4, §5), over every
/// library.
class X25519Test {
  private static final JsonNode ONION = VectorSuite.of("onion-v4.json").root();
  private static final JsonNode V1 = VectorSuite.of("wire-v1.json").root();
  private static final String P = "ed" + "ff".repeat(30) + "7f";

  /// Every `u` below 2^255 that leads to an all-zero secret.
  private static final List<String> LOW_ORDER =
      List.of(
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ec" + "ff".repeat(30) + "7f",
          P,
          "ee" + "ff".repeat(30) + "7f");

  static Stream<Crypto> libraries() {
    return Libraries.x25519();
  }

  static Stream<Candidate<X25519>> candidates() {
    return Candidate.X25519.stream();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void serverKeyIsDerivedFromTheSigningSeed(Crypto crypto) {
    JsonNode keys = ONION.get("keys");
    AgreementKey key = crypto.agreementKey(Seed.fromHex(keys.get("server_ed25519_seed").asText()));
    assertThat(key.privateKey().hex()).isEqualTo(keys.get("server_x25519_priv").asText());
    assertThat(key.publicKey().hex()).isEqualTo(keys.get("server_x25519_pub").asText());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void sharedSecretIsTheOneOfTheVectors(Crypto crypto) {
    JsonNode keys = ONION.get("keys");
    AgreementKey server =
        new AgreementKey(bytes(keys, "server_x25519_priv"), bytes(keys, "server_x25519_pub"));
    byte[] client = bytes(keys, "client_x25519_pub").toByteArray();
    assertThat(crypto.agree(server, client).map(ByteString::of))
        .contains(bytes(keys, "x25519_shared_secret"));
  }

  @Test
  void publicKeyConvertsWithoutTheSeed() {
    JsonNode released = ONION.get("public_dev_backend_keys");
    assertThat(converted(released.get("ed25519_pub").asText()))
        .isEqualTo(released.get("x25519_pub").asText());
    JsonNode backend = V1.at("/keys/backend");
    assertThat(converted(backend.get("public").asText()))
        .isEqualTo(backend.get("x25519_public").asText());
  }

  @Test
  void keysThatNoSeedHasAreNotConverted() {
    String pPlus2 = "ef" + "ff".repeat(30) + "7f";
    assertThatThrownBy(() -> converted(pPlus2)).isInstanceOf(IllegalArgumentException.class);
    for (byte[] encoding : Forgery.smallOrderEncodings()) {
      assertThatThrownBy(() -> converted(HexFormat.of().formatHex(encoding)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// All of [#LOW_ORDER] with both values of the masked bit.
  private static List<byte[]> lowOrderPeers() {
    return LOW_ORDER.stream()
        .map(HexFormat.of()::parseHex)
        .flatMap(peer -> {
          byte[] marked = peer.clone();
          marked[31] |= (byte) 0x80;
          return Stream.of(peer, marked);
        })
        .toList();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void allZeroSecretIsNone(Crypto crypto) {
    int combinations = 0;
    for (AgreementKey own : List.of(ownKey(), crypto.agreementKey(Seed.fromHex("01".repeat(32))))) {
      for (byte[] peer : lowOrderPeers()) {
        assertThat(crypto.agree(own, peer)).as(HexFormat.of().formatHex(peer)).isEmpty();
        combinations++;
      }
    }
    System.out.printf(
        "low orders: %d combinations over %s, 0 accepted%n",
        combinations, crypto.choices().getLast().library());
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void noLibraryAloneGivesASecretForThem(Candidate<X25519> candidate) {
    X25519 library = candidate.opener().get();
    byte[] own = ownKey().privateKey().toByteArray();
    for (byte[] peer : lowOrderPeers()) {
      assertThat(secret(library, own, peer)).isEqualTo(new byte[32]);
    }
  }

  /// Zeros also where the library refuses to tell.
  private static byte[] secret(X25519 library, byte[] own, byte[] peer) {
    try {
      return library.agree(own, peer);
    } catch (GeneralSecurityException refused) {
      return new byte[32];
    }
  }

  @Test
  void allZeroSecretOfALibraryIsNone() {
    Crypto crypto = Libraries.onX25519(new FakeX25519((own, peer) -> new byte[32]));
    assertThat(crypto.agree(ownKey(), peerKey())).isEmpty();
  }

  @Test
  void exceptionOfALibraryIsAFaultAndNotARefusal() {
    Crypto crypto =
        Libraries.onX25519(
            new FakeX25519((own, peer) -> {
              throw new InvalidKeyException("out of memory");
            }));
    assertThatThrownBy(() -> crypto.agree(ownKey(), peerKey()))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void bit255OfThePeerIsMasked(Crypto crypto) {
    byte[] masked = peerKey();
    masked[31] |= (byte) 0x80;
    assertThat(crypto.agree(ownKey(), masked).orElseThrow())
        .isEqualTo(crypto.agree(ownKey(), peerKey()).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void nonCanonicalPeerIsReduced(Crypto crypto) {
    for (int excess = 2; excess < 19; excess++) {
      byte[] canonical = new byte[32];
      canonical[0] = (byte) excess;
      byte[] nonCanonical = HexFormat.of().parseHex(P);
      nonCanonical[0] += (byte) excess;
      assertThat(crypto.agree(ownKey(), nonCanonical).orElseThrow())
          .isEqualTo(crypto.agree(ownKey(), canonical).orElseThrow());
    }
  }

  @Test
  void peerOfAnotherLengthIsACallersFault() {
    Crypto crypto = Crypto.selfTested();
    assertThatThrownBy(() -> crypto.agree(ownKey(), new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String converted(String ed25519Hex) {
    return Crypto.selfTested().agreementPublicKey(BackendKey.fromHex(ed25519Hex)).hex();
  }

  private static AgreementKey ownKey() {
    JsonNode keys = ONION.get("keys");
    return new AgreementKey(bytes(keys, "server_x25519_priv"), bytes(keys, "server_x25519_pub"));
  }

  private static byte[] peerKey() {
    return bytes(ONION.get("keys"), "client_x25519_pub").toByteArray();
  }

  private static ByteString bytes(JsonNode vector, String field) {
    return ByteString.fromHex(vector.get(field).asText());
  }
}
