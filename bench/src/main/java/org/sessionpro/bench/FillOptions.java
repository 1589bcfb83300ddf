package org.sessionpro.bench;

import org.jspecify.annotations.Nullable;
import org.sessionpro.bench.fill.Population;
import picocli.CommandLine.Option;

/// What to fill a database with; mixed into the commands that do.
final class FillOptions {
  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Accounts to make (default: ${DEFAULT-VALUE}).")
  private int accounts;

  @Option(
      names = "--revoked",
      paramLabel = "N",
      defaultValue = "0",
      description = "Entries of the revocation list to make (default: ${DEFAULT-VALUE}).")
  private int revoked;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "What the accounts are made from, a number (default: the present second).")
  private @Nullable Long seed;

  /// @param second of the clock
  Population population(long second) {
    return new Population(seed == null ? second : seed, accounts);
  }

  int revoked() {
    return revoked;
  }
}
