package org.sessionpro.backend.ledger;

/// Something stored that may be damaged: what was read, or that it could not be.
sealed interface Reading<T> {
  /// It is sound.
  record Sound<T>(T value) implements Reading<T> {}

  /// It is not.
  ///
  /// @param why the rule it breaks, without any value
  record Damaged<T>(String why) implements Reading<T> {}

  /// Makes a value of what was stored.
  @FunctionalInterface
  interface Reader<T, X extends Exception> {
    T read() throws X;
  }

  /// Tries to read. Whatever unchecked is thrown is about the value: faults of the database are
  /// checked and pass.
  static <T, X extends Exception> Reading<T> of(Reader<T, X> reader) throws X {
    try {
      return new Sound<>(reader.read());
    } catch (RuntimeException damaged) {
      String message = damaged.getMessage();
      return new Damaged<>(message == null ? damaged.getClass().getSimpleName() : message);
    }
  }
}
