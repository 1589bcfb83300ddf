package org.sessionpro.bench.fill;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// Pays for given accounts, so that a server has something to prove.
public final class Vouchers {
  private static final Plan PLAN = new Plan("1y");
  private static final Duration LENGTH = Duration.ofDays(365);

  private Vouchers() {}

  /// Grants each of `owners` a year, in the database of a server that may be running on it.
  ///
  /// @param now purchase of the vouchers
  public static void grant(DatabaseUrl database, List<MasterKey> owners, Instant now)
      throws InterruptedException {
    try (Ledger ledger = Ledger.open(database, RenewalAllowance.DEFAULT, new SecureRandom())) {
      VoucherMint mint = new VoucherMint(ledger);
      Crowd.before(database)
          .each(owners.size(), number -> mint.mint(owners.get(number), PLAN, LENGTH, now));
    }
  }
}
