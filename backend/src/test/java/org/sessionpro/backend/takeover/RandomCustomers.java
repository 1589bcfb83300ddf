package org.sessionpro.backend.takeover;

import java.util.List;
import org.sessionpro.backend.takeover.PythonDatabase.Row;

/// Makes up what customers did.
interface RandomCustomers {
  /// Everything that one customer did.
  void customer(int number);

  /// What was made up since the last time, in an order in which it can be written.
  List<Row> take();
}
