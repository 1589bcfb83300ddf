package org.sessionpro.backend.db;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// JDBI that keeps what is stored to itself: its messages name the problem, never the statement's
/// arguments, which are keys and purchases of people.
final class QuietJdbi {
  private QuietJdbi() {}

  static Jdbi of(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.configure(
        StatementExceptions.class,
        exceptions -> exceptions.setMessageRendering(MessageRendering.NONE));
    return jdbi;
  }
}
