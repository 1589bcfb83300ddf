package org.sessionpro.backend.entitlement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One part of a stored row that is not what it should be.
///
/// Values are words, instants and lengths as text; identifiers are hidden in them, as everywhere.
///
/// @param part name of the part, in snake case
/// @param stored what the row says
/// @param expected what its facts or the rules make of it
public record Difference(String part, String stored, String expected) {

  /// A difference between two values.
  static Difference between(String part, @Nullable Object stored, @Nullable Object expected) {
    return new Difference(part, shown(stored), shown(expected));
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case Enum<?> code -> code.name().toLowerCase(Locale.ROOT);
      // A surrogate that never leaves the server.
      case AccountId _ -> "an account";
      case PaymentId id -> "payment " + id.value();
      case ProofOffset offset -> offset.seconds() + " s";
      default -> value.toString();
    };
  }
}
