package org.sessionpro.protocol.json;

/// An integer of any magnitude, kept as its shortest decimal text, so that reading, comparing and
/// signing one costs time linear in its digits.
///
/// @param text `0`, or an optional `-` and digits without leading zeros
public record DecimalInteger(String text) implements Comparable<DecimalInteger> {
  /// Digits that always fit a `long`.
  private static final int SAFE_DIGITS = 18;

  /// @throws IllegalArgumentException if `text` is not a JSON integer token
  public DecimalInteger {
    if (!isToken(text)) {
      throw new IllegalArgumentException("not an integer");
    }
    if (text.equals("-0")) {
      text = "0";
    }
  }

  public static DecimalInteger of(long value) {
    return new DecimalInteger(Long.toString(value));
  }

  private static boolean isToken(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - first;
    if (digits == 0 || (digits > 1 && text.charAt(first) == '0')) {
      return false;
    }
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// The value, or the nearest bound if it lies outside `min`…`max`.
  public long clamp(long min, long max) {
    return Math.clamp(saturated(), min, max);
  }

  /// Whether `min ≤ value ≤ max`.
  public boolean isWithin(long min, long max) {
    return fitsLong() && saturated() >= min && saturated() <= max;
  }

  /// The value.
  ///
  /// @throws ArithmeticException if it does not fit; ask [#isWithin(long, long)] first
  public long toLong() {
    if (!fitsLong()) {
      throw new ArithmeticException("integer out of range");
    }
    return saturated();
  }

  private boolean fitsLong() {
    return text.length() <= SAFE_DIGITS || Long.toString(saturated()).equals(text);
  }

  private long saturated() {
    if (text.length() <= SAFE_DIGITS) {
      return Long.parseLong(text);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooLarge) {
      return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /// Numerical order.
  @Override
  public int compareTo(DecimalInteger that) {
    boolean negative = text.startsWith("-");
    if (negative != that.text.startsWith("-")) {
      return negative ? -1 : 1;
    }
    int byMagnitude =
        text.length() != that.text.length()
            ? Integer.compare(text.length(), that.text.length())
            : text.compareTo(that.text);
    return negative ? -byMagnitude : byMagnitude;
  }

  @Override
  public String toString() {
    return text;
  }
}
