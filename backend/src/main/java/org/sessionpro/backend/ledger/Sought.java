package org.sessionpro.backend.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PublicKey;

/// What somebody who runs the service looks for: a master key, or any id that a store or a protocol
/// gave to a purchase.
///
/// | what | where it comes from |
/// |---|---|
/// | master key | 64 hex digits, `0x` before them allowed |
/// | order id | Google's order, the App Store's line item, a voucher |
/// | purchase token | Google |
/// | transaction id | the App Store, also the original one |
/// | payment id of protocol v1 | `wire-v1.md` §10.1: token and order with a bar between them, or one of the above |
///
/// Links a person to a purchase, and is therefore not printed.
///
/// @param text as given; 1 to 2 048 characters without NUL
/// @param key the master key that the text may be; null if it cannot be one
public record Sought(String text, @Nullable MasterKey key) {
  private static final int LONGEST = 2_048;
  private static final int KEY_DIGITS = 2 * PublicKey.SIZE;

  public Sought {
    if (text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must be a master key or the id of a payment");
    }
  }

  /// What `text` may name.
  ///
  /// @throws IllegalArgumentException if it can be neither a key nor an id; the message does not
  ///     repeat it
  public static Sought of(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    boolean isKey = digits.length() == KEY_DIGITS && digits.chars().allMatch(Sought::isHexDigit);
    return new Sought(text, isKey ? MasterKey.fromHex(digits) : null);
  }

  private static boolean isHexDigit(int character) {
    return Character.digit(character, 16) >= 0 && character < 0x80;
  }

  /// The two parts of a Google payment id of protocol v1.
  record TokenAndOrder(String token, String order) {}

  Optional<TokenAndOrder> tokenAndOrder() {
    int bar = text.lastIndexOf('|');
    return bar <= 0
        ? Optional.empty()
        : Optional.of(new TokenAndOrder(text.substring(0, bar), text.substring(bar + 1)));
  }

  @Override
  public String toString() {
    return "Sought(hidden)";
  }
}
