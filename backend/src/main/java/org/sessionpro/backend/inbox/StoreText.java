package org.sessionpro.backend.inbox;

import java.nio.charset.StandardCharsets;

/// The rule for names that come from a store and become keys of our tables.
final class StoreText {
  /// What an index of either engine takes.
  private static final int MAX_BYTES = 2_048;

  private StoreText() {}

  /// @throws IllegalArgumentException if the text is empty, longer than 2 048 bytes of UTF-8, not well
  ///     formed, or holds a control character
  static void requireKey(String text) {
    if (text.isEmpty()
        || text.chars().anyMatch(Character::isISOControl)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)
        || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a store's id has 1 to " + MAX_BYTES + " bytes and no control characters");
    }
  }
}
