package org.sessionpro.bench.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;

class VouchersTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @TempDir private Path directory;

  @Test
  void everyOwnerIsPaidForAYear() throws InterruptedException {
    DatabaseUrl database = new DatabaseUrl.Sqlite(directory.resolve("pro.db"));
    List<MasterKey> owners =
        IntStream.range(10, 40).mapToObj(i -> MasterKey.fromHex((i + "").repeat(32))).toList();

    Vouchers.grant(database, owners, NOW);

    try (Ledger ledger = Ledger.open(database, RenewalAllowance.DEFAULT, new SecureRandom())) {
      assertThat(owners)
          .allSatisfy(owner ->
              assertThat(ledger.account(owner).orElseThrow().entitlement().expiry())
                  .isEqualTo(NOW.plus(Duration.ofDays(365))));
    }
  }
}
