package org.sessionpro.bench.load;

import java.time.Instant;

/// Asks as clients of one protocol do, and judges what they are answered.
sealed interface Client permits V0Client, V1Client {
  /// Asks for a proof.
  ///
  /// @param now the client's clock
  Question proof(Customer customer, Instant now);

  /// Asks how the account stands.
  ///
  /// @param now the client's clock
  Question status(Customer customer, Instant now);

  /// Asks for the whole list.
  Question revocations();

  /// The request of `operation`.
  default Question ask(Operation operation, Customer customer, Instant now) {
    return switch (operation) {
      case PROOF -> proof(customer, now);
      case STATUS -> status(customer, now);
      case REVOCATIONS -> revocations();
    };
  }
}
