package org.sessionpro.bench;

import java.util.List;
import java.util.Locale;
import org.sessionpro.protocol.json.JsonWriter;

/// A figure that was measured, and what it shall not exceed.
///
/// @param what was measured
/// @param measured the figure; not a number if it could not be measured, and then it is never met
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

  /// How many times as dear one thing is as another: the median of several rounds, and of two in the
  /// middle the greater one.
  ///
  /// @param rounds at least one; if one of them is no number, the ratio was not measured
  static Aim ratio(String what, List<Double> rounds, double limit) {
    List<Double> sorted = rounds.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    return new Aim(
        what, Double.isFinite(sorted.getLast()) ? median : Double.NaN, limit, "×", 2, false);
  }

  static Aim seconds(String what, double seconds, double limit) {
    return new Aim(what, seconds, limit, "s", 2, false);
  }

  /// The same, as something that must hold.
  Aim asGate() {
    return new Aim(what, measured, limit, unit, decimals, true);
  }

  boolean isMeasured() {
    return !Double.isNaN(measured);
  }

  boolean isMet() {
    return isMeasured() && measured <= limit;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-34s %9s %-2s  ≤ %7s  %s",
        what,
        isMeasured() ? number(measured) : "–",
        unit,
        number(limit),
        verdict());
  }

  private String verdict() {
    if (!isMeasured()) {
      return "not measured";
    }
    return isMet() ? "met" : "MISSED";
  }

  private String number(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /// The members of a JSON object: figures with their own decimals, null for what was not measured.
  void write(JsonWriter json) {
    json.text("what", what.strip());
    if (isMeasured()) {
      json.number("measured", plain(measured));
    } else {
      json.nullValue("measured");
    }
    json.number("limit", plain(limit)).text("unit", unit).bool("gate", gate).bool("met", isMet());
  }

  private String plain(double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
