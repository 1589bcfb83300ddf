package org.sessionpro.protocol.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

/// Known answers that a library must give on this machine before it is trusted with an algorithm,
/// refusals among them.
final class SelfTest {
  // RFC 8032 §7.1, TEST 3.
  private static final byte[] SEED =
      hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
  private static final byte[] PUBLIC_KEY =
      hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  private static final byte[] MESSAGE = hex("af82");
  private static final byte[] SIGNATURE =
      hex(
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
              + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");

  private SelfTest() {}

  /// Signs and verifies a known answer, and refuses it with a changed message, key, R or S.
  ///
  /// @throws IllegalStateException if an answer is wrong
  static void ed25519(Ed25519 library) throws GeneralSecurityException {
    require(Arrays.equals(library.signer(SEED, PUBLIC_KEY).sign(MESSAGE), SIGNATURE));
    require(library.verify(PUBLIC_KEY, MESSAGE, SIGNATURE));
    for (int i : new int[] {0, 1}) {
      require(!accepts(library, PUBLIC_KEY, flipped(MESSAGE, i), SIGNATURE));
    }
    for (int i : new int[] {0, 31}) {
      require(!accepts(library, flipped(PUBLIC_KEY, i), MESSAGE, SIGNATURE));
    }
    for (int i : new int[] {0, 31, 32, 63}) {
      require(!accepts(library, PUBLIC_KEY, MESSAGE, flipped(SIGNATURE, i)));
    }
  }

  /// The two known answers of RFC 7748 §5.2, the second with bit 255 set, and the first iteration
  /// with `u` = 9 and with its non-canonical form p + 9.
  ///
  /// @throws IllegalStateException if an answer is wrong
  static void x25519(X25519 library) throws GeneralSecurityException {
    requireAgreement(
        library,
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    requireAgreement(
        library,
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
    String nine = "09" + "00".repeat(31);
    String expected = "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079";
    requireAgreement(library, nine, nine, expected);
    requireAgreement(library, nine, "f6" + "ff".repeat(30) + "7f", expected);
  }

  private static void requireAgreement(X25519 library, String scalar, String u, String expected)
      throws GeneralSecurityException {
    byte[] privateKey = AgreementKeys.clamp(hex(scalar));
    require(Arrays.equals(library.agree(privateKey, hex(u)), hex(expected)));
  }

  private static boolean accepts(Ed25519 library, byte[] key, byte[] message, byte[] signature) {
    try {
      return library.verify(key, message, signature);
    } catch (GeneralSecurityException | RuntimeException refused) {
      return false;
    }
  }

  private static byte[] flipped(byte[] original, int index) {
    byte[] changed = original.clone();
    changed[index] ^= 1;
    return changed;
  }

  private static void require(boolean correct) {
    if (!correct) {
      throw new IllegalStateException("wrong answer in the self-test");
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
