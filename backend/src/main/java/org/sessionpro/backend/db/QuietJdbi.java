package org.sessionpro.backend.db;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// JDBI that keeps what is stored to itself: its messages name the problem, never the statement's
/// arguments, which are keys and purchases of people.
final class QuietJdbi {
  /// Shared by all databases of the process, for it remembers what it has understood: to understand a
  /// statement takes longer than to run it.
  private static final SqlParser PARSER = new ColonPrefixSqlParser();

  private QuietJdbi() {}

  static Jdbi of(DataSource source) {
    Jdbi jdbi = Jdbi.create(source).setStatementBuilderFactory(_ -> new FreshStatements());
    jdbi.configure(
        StatementExceptions.class,
        exceptions -> exceptions.setMessageRendering(MessageRendering.NONE));
    jdbi.configure(SqlStatements.class, statements -> statements.setSqlParser(PARSER));
    return jdbi;
  }
}
