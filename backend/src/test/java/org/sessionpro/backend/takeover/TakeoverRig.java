package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.key;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// An empty source and an empty ledger, both of the same engine, for each test.
@ParameterizedClass
@EnumSource(Engine.class)
abstract class TakeoverRig {
  @Parameter Engine engine;
  @TempDir Path folder;
  PythonDatabase source;
  Takeovers it;

  @BeforeEach
  void open() {
    source = PythonDatabase.create(engine, folder);
    it = new Takeovers(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
    source.close();
  }

  static MasterKey master(int number) {
    return new MasterKey(ByteString.of(key(number)));
  }

  Account account(int number) {
    return it.ledger.account(master(number)).orElseThrow();
  }

  /// What this service does by itself.
  void grantVoucher() {
    new VoucherMint(it.ledger).mint(master(2), new Plan("1m"), Duration.ofDays(30), Takeovers.NOW);
  }

  /// Takes the source over so that this service goes on with it.
  void sealed() {
    applied();
    it.target.imports().seal();
  }

  void applied() {
    ImportReport report = it.apply(source);
    assertThat(report.obstacles()).isEmpty();
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(it.audit()).isEmpty();
  }
}
