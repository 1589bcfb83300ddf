package org.sessionpro.backend.cli.inspection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentLog;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.crypto.Crypto;

/// Opens ledgers to look at or to change, and never makes one, nor brings its tables up to date: servers
/// of the release before may be at work on them.
public final class ExistingLedger {
  private ExistingLedger() {}

  /// The ledger of the settings.
  ///
  /// @throws CommandFailed if there is none, or its tables are not there or older than this program's
  public static Ledger open(Settings settings) {
    return new Ledger(database(settings), rules(settings, new SecureRandom()));
  }

  /// The database of the settings.
  ///
  /// @throws CommandFailed if there is none, or its tables are not there or older than this program's
  public static Database database(Settings settings) {
    DatabaseUrl url = settings.storage().database();
    if (url instanceof DatabaseUrl.Sqlite(Path file) && !Files.exists(file)) {
      throw CommandFailed.because("there is no ledger at " + file.toAbsolutePath().normalize());
    }
    SchemaState schema = Databases.state(url);
    if (schema.isBehind()) {
      throw CommandFailed.because(
          schema.text() + ": use 'pro db migrate --apply', or start the server");
    }
    return Databases.openAsItStands(url);
  }

  /// What a server with these settings goes by when it changes something.
  public static Rules rules(Settings settings, SecureRandom random) {
    return Rules.of(allowance(settings), Draws.from(random))
        .watchedBy(Inbox::ownerFound)
        .toldTo(log(settings.log(), random));
  }

  /// Where a command says what it makes of payments: in the log's file, if there is one. To mask takes
  /// a while that commands without one need not wait for.
  private static PaymentLog log(LogSettings settings, SecureRandom random) {
    if (settings.file() == null) {
      return PaymentLog.silent();
    }
    return PaymentLog.masked(mask(settings, Crypto::selfTested, random));
  }

  /// What identifiers are in the log of a command.
  ///
  /// @param crypto asked only if they are masked
  static IdentifierMask mask(LogSettings settings, Supplier<Crypto> crypto, SecureRandom random) {
    return settings.unsafe()
        ? IdentifierMask.none()
        : IdentifierMask.withFreshKey(crypto.get(), random);
  }

  /// What a server with these settings computes its accounts with.
  public static RenewalAllowance allowance(Settings settings) {
    return new RenewalAllowance(settings.entitlement().renewalLatencyAllowance());
  }
}
