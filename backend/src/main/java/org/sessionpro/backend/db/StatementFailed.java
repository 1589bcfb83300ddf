package org.sessionpro.backend.db;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/// What JDBI says of its own statements, of those that are run without it; tells no argument.
final class StatementFailed extends JdbiException {
  private static final long serialVersionUID = 1L;

  StatementFailed(SQLException cause) {
    super("a statement failed", cause);
  }
}
