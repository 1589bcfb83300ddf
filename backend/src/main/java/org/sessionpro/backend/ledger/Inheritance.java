package org.sessionpro.backend.ledger;

import java.util.List;
import org.sessionpro.backend.db.InTransaction;

/// What is taken over in one transaction.
///
/// @param rows of accounts and payments
/// @param ownerless revoked tags of no account
/// @param quarantine what no rule can take over
/// @param besides what other rooms take over with it
/// @param progress how far the run then is; opaque here
public record Inheritance(
    List<InheritedRows> rows,
    List<RevokedTag> ownerless,
    List<Quarantined> quarantine,
    InTransaction besides,
    String progress) {
  public Inheritance {
    rows = List.copyOf(rows);
    ownerless = List.copyOf(ownerless);
    quarantine = List.copyOf(quarantine);
  }

  /// A row of the source that is kept beside the ledger.
  ///
  /// @param code why
  /// @param content the row as a JSON object; identifies somebody
  public record Quarantined(String table, String id, String code, String content) {
    @Override
    public String toString() {
      return "Quarantined(" + table + ", " + code + ", hidden)";
    }
  }
}
