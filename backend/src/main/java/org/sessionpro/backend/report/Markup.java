package org.sessionpro.backend.report;

import java.util.Locale;

/// Text as parts of HTML and SVG.
final class Markup {
  private Markup() {}

  /// A text in which nothing is markup.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// A length in a drawing, to a tenth.
  static String length(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /// A number with a thin gap between thousands: `1 234 567`.
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }
}
