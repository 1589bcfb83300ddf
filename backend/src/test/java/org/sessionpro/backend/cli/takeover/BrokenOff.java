package org.sessionpro.backend.cli.takeover;

import org.sessionpro.backend.db.Database;

/// Makes a run look as if it had been broken off.
final class BrokenOff {
  private BrokenOff() {}

  /// Everything is loaded, and nothing noted that comes after the comparison.
  static void whileComparing(Database database) {
    database.<Boolean>write(handle -> {
      handle.execute("UPDATE import_run SET state = 'loaded'");
      handle.execute("DELETE FROM leases");
      return true;
    });
  }
}
