package org.sessionpro.simulator.google.api;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.play.Quirk;

/// How Google writes what all its resources have in common.
final class Fields {
  private final Set<Quirk> quirks;
  private final Random random;

  /// @param seed of the fields that nobody has heard of
  Fields(Set<Quirk> quirks, long seed) {
    this.quirks = Set.copyOf(quirks);
    this.random = new Random(seed);
  }

  /// The same manner without fields that nobody has heard of.
  Fields knownOnly() {
    Set<Quirk> others = new HashSet<>(quirks);
    others.remove(Quirk.UNKNOWN_FIELDS);
    return new Fields(others, 0);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /// An instant in RFC 3339; whole seconds have no fraction.
  static void instant(JsonWriter object, String name, Instant instant) {
    object.text(name, instant.toString());
  }

  /// An amount; what is zero is absent, as in every message of this kind.
  static void money(JsonWriter object, String name, Price price) {
    object.object(
        name,
        money -> {
          money.text("currencyCode", price.currency());
          if (price.units() != 0) {
            money.text("units", Long.toString(price.units()));
          }
          if (price.nanos() != 0) {
            money.integer("nanos", price.nanos());
          }
        });
  }

  /// A flag; false is absent.
  static void flag(JsonWriter object, String name, boolean flag) {
    if (flag) {
      object.bool(name, true);
    }
  }

  /// Something that a newer version of the API might add.
  void unknown(JsonWriter object) {
    if (has(Quirk.UNKNOWN_FIELDS)) {
      int number = random.nextInt(1000);
      object.object("futureField" + number, field -> field.integer("value", number));
    }
  }
}
