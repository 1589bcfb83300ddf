package org.sessionpro.bench.server;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// Pays for accounts, so that the server has something to prove.
public final class Vouchers {
  private static final Plan PLAN = new Plan("1y");
  private static final Duration LENGTH = Duration.ofDays(365);

  private Vouchers() {}

  /// Grants each of `owners` a year, in the database of a server that may be running on it.
  ///
  /// @param now purchase of the vouchers
  public static void grant(DatabaseUrl database, List<MasterKey> owners, Instant now) {
    List<Future<?>> grants = new ArrayList<>();
    try (Ledger ledger = Ledger.open(database, RenewalAllowance.DEFAULT, new SecureRandom());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      VoucherMint mint = new VoucherMint(ledger);
      // All at once: those that wait are committed together.
      owners.forEach(
          owner -> grants.add(threads.submit(() -> mint.mint(owner, PLAN, LENGTH, now))));
    }
    for (Future<?> grant : grants) {
      if (grant.state() == Future.State.FAILED) {
        throw new IllegalStateException("an account could not be paid for", grant.exceptionNow());
      }
    }
  }
}
