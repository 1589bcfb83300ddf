package org.sessionpro.bench.fill;

import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.ledger.Statement;

/// What the ledger learns at one instant.
///
/// @param learnedAt by the clock of the service
record Telling(List<Statement> statements, Instant learnedAt) {
  Telling {
    statements = List.copyOf(statements);
  }
}
