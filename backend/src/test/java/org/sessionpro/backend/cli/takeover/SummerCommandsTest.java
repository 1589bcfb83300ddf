package org.sessionpro.backend.cli.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.takeover.PythonDatabase;
import org.sessionpro.backend.takeover.SummerDatabase;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// `pro import python` of a service of summer 2026, whose database does not tell its signing key.
class SummerCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant EXPIRY = SummerDatabase.NOW.plus(Duration.ofDays(1));

  private static final Instant READ = SummerDatabase.NOW.minus(Duration.ofDays(9));

  @TempDir Path folder;
  private CapturedShell shell = new CapturedShell(Map.of());
  private String publicKey = "";
  private DatabaseUrl source = new DatabaseUrl.Sqlite(Path.of("unset"));
  private DatabaseUrl ledger = source;

  @BeforeEach
  void make() {
    try (SummerDatabase made = SummerDatabase.create(folder)) {
      made.add(SummerDatabase.user(1, EXPIRY));
      made.sell(made.google(1, "token", "GPA.1", EXPIRY));
      made.execute(
          "UPDATE globals SET ts_val = '%s' WHERE key = 'apple_notification_checkpoint_at'"
              .formatted(READ));
      source = made.url();
    }
    ledger = Engine.SQLITE.empty(folder);
    publicKey =
        SigningKeyFile.create(folder.resolve("signing.key"), Seed.fromHex("11".repeat(32)), CRYPTO)
            .publicKey()
            .hex();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("import", "python", "--allow-writable-role"));
    all.addAll(List.of("--from", Engine.text(source), "--db", Engine.text(ledger)));
    all.addAll(List.of("--key", folder.resolve("signing.key").toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(arguments));
    return PromisedMembers.run(
        shell,
        List.of(new ImportCommands(shell.shell(), () -> CRYPTO, () -> SummerDatabase.NOW)),
        all.toArray(String[]::new));
  }

  @Test
  void sourceIsTakenOverAndSealed() {
    assertThat(run("--apply", "--source-pubkey", publicKey)).isZero();
    assertThat(run("--verify", "--source-pubkey", publicKey)).isZero();
    assertThat(run("--seal")).isZero();

    MasterKey owner = new MasterKey(ByteString.of(PythonDatabase.key(1)));
    try (Ledger opened = Ledger.open(ledger, RenewalAllowance.DEFAULT, new SecureRandom())) {
      assertThat(opened.account(owner)).isPresent();
    }
  }

  @Test
  void whoeverFindsAllEqualReadsTheListOfTheAppStoreFromThere() {
    run("--apply", "--source-pubkey", publicKey);
    try (Database database = Databases.open(ledger)) {
      BrokenOff.whileComparing(database);

      assertThat(run("--verify", "--source-pubkey", publicKey)).isZero();

      assertThat(CatchUpNotifications.readAt(new Leases(database))).isEqualTo(READ);
    }
  }

  @Test
  void personSeesHowFarItHasCome() {
    shell = CapturedShell.watched();

    run("--source-pubkey", publicKey);

    assertThat(shell.err())
        .contains("looked at 1 of 1 accounts", "taken over 1 of 1 accounts")
        .contains("compared 1 of 1 accounts");
  }

  @Test
  void signingKeyHasToBeGiven() {
    assertThat(run()).isEqualTo(2);

    assertThat(shell.err()).contains("--source-pubkey");
  }

  @Test
  void otherSigningKeyIsRefused() {
    assertThat(run("--source-pubkey", "22".repeat(32))).isOne();

    assertThat(shell.err()).contains("proofs in circulation would end");
  }

  @Test
  void signingKeyIsNotInTheDatabase() {
    assertThat(run("--write-key", folder.resolve("written").toString())).isOne();
  }
}
