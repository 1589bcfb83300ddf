package org.sessionpro.backend.ledger;

import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.db.Database;

/// The apps whose purchases a ledger holds, one of each store: what the stores call purchases of two apps
/// must not meet in one (`decisions-stores.md` §2.3); from [Ledger#stores()].
public final class StoreIdentity {
  private final Database database;

  StoreIdentity(Database database) {
    this.database = database;
  }

  /// Ties the ledger to an app of Google Play.
  ///
  /// @throws ForeignLedger if it holds the purchases of another app
  public void belongTo(PackageName app) {
    write(handle -> LedgerIdentity.claim(handle, app));
  }

  /// Makes sure that the ledger may be tied to an app of Google Play, and does not do so: what is
  /// mistyped can be mended as long as nothing rests on it.
  ///
  /// @throws ForeignLedger if it holds the purchases of another app
  public void requireFor(PackageName app) {
    database.<Boolean>read(handle -> {
      LedgerIdentity.require(handle, app);
      return true;
    });
  }

  /// Ties the ledger to an app of the App Store and to its environment.
  ///
  /// @throws ForeignLedger if it holds the purchases of another app or environment
  public void belongTo(AppleSettings.App app) {
    write(handle -> LedgerIdentity.claim(handle, app));
  }

  private void write(Consumer<Handle> claim) {
    database.<Boolean>write(handle -> {
      claim.accept(handle);
      return true;
    });
  }
}
