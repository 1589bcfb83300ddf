package org.sessionpro.protocol.onion;

/// Case mapping of ASCII letters only. The mapping of [String] would let other characters pass for
/// letters: U+017F becomes `S`, U+212A becomes `k`.
final class Ascii {
  private static final int CASE_BIT = 0x20;

  private Ascii() {}

  static String upperCase(String text) {
    return map(text, 'a', 'z');
  }

  static String lowerCase(String text) {
    return map(text, 'A', 'Z');
  }

  private static String map(String text, char first, char last) {
    char[] mapped = text.toCharArray();
    for (int i = 0; i < mapped.length; i++) {
      if (mapped[i] >= first && mapped[i] <= last) {
        mapped[i] = (char) (mapped[i] ^ CASE_BIT);
      }
    }
    return new String(mapped);
  }
}
