package org.sessionpro.bench.load;

import java.time.Instant;
import java.util.function.Consumer;
import org.sessionpro.protocol.Ticket;

/// Asks as clients of one protocol do, and judges what they are answered.
sealed interface Client permits V0Client, V1Client {
  /// How many payments a client shows on its first page.
  int PAGE = 10;

  /// Asks for a proof.
  ///
  /// @param now the client's clock
  Question proof(Customer customer, Instant now);

  /// Asks how the account stands.
  ///
  /// @param now the client's clock
  Question status(Customer customer, Instant now);

  /// Asks for the newest [#PAGE] payments.
  ///
  /// @param now the client's clock
  Question details(Customer customer, Instant now);

  /// Polls the revocation list.
  ///
  /// @param held the ticket of the list that the client has
  /// @param rule tells a right list from a wrong one, as [Question.Rule] does
  Question revocations(Ticket held, Consumer<ServedList> rule);
}
