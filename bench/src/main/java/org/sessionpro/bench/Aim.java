package org.sessionpro.bench;

import java.util.Locale;

/// A figure that was measured, and what it shall not exceed.
///
/// @param what was measured
/// @param decimals that the figure is shown with
/// @param gate whether it must not, so that a miss is an error
record Aim(String what, double measured, double limit, String unit, int decimals, boolean gate) {
  /// Processor time of the server for one request.
  static Aim cpu(String what, double micros, double limit) {
    return new Aim(what, micros, limit, "µs", 1, false);
  }

  /// Memory of the server.
  static Aim memory(String what, double megabytes, double limit) {
    return new Aim(what, megabytes, limit, "MB", 0, false);
  }

  /// How much dearer one thing is than another.
  static Aim ratio(String what, double dear, double cheap, double limit) {
    return new Aim(what, cheap == 0 ? 0 : dear / cheap, limit, "×", 2, false);
  }

  static Aim seconds(String what, double seconds, double limit) {
    return new Aim(what, seconds, limit, "s", 2, false);
  }

  /// The same, as something that must hold.
  Aim asGate() {
    return new Aim(what, measured, limit, unit, decimals, true);
  }

  boolean isMet() {
    return measured <= limit;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-34s %9s %-2s  ≤ %7s  %s",
        what,
        number(measured),
        unit,
        number(limit),
        isMet() ? "met" : "MISSED");
  }

  private String number(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /// A number of this figure's kind, as JSON wants it.
  String plain(double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
