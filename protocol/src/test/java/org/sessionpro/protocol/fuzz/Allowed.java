package org.sessionpro.protocol.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The only exceptions by which the code under a fuzz target may refuse its input. Types count
/// exactly: who allows `IllegalArgumentException` has not allowed `NumberFormatException`.
///
/// @param types none if everything must be answered
public record Allowed(Set<Class<? extends RuntimeException>> types) {
  /// Nothing may be thrown.
  public static final Allowed NOTHING = new Allowed(Set.of());

  public Allowed {
    types = Set.copyOf(types);
  }

  public static Allowed only(Class<? extends RuntimeException> type) {
    return new Allowed(Set.of(type));
  }

  /// These and those.
  public Allowed or(Allowed others) {
    Set<Class<? extends RuntimeException>> all = new HashSet<>(types);
    all.addAll(others.types);
    return new Allowed(all);
  }

  /// What `code` returns; empty if it throws one of the allowed exceptions. Any other one passes
  /// through, and is a finding.
  public <T> Optional<T> read(Supplier<T> code) {
    try {
      return Optional.of(code.get());
    } catch (RuntimeException refused) {
      if (types.contains(refused.getClass())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public String toString() {
    return types.isEmpty()
        ? "no exception"
        : types.stream().map(Class::getSimpleName).sorted().collect(joining(", ", "only ", ""));
  }
}
