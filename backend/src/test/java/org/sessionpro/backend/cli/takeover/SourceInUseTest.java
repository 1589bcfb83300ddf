package org.sessionpro.backend.cli.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.takeover.OtherProcess;
import org.sessionpro.backend.takeover.PythonDatabase;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// Somebody else has the source open: on a server this process by another connection, of a file another
/// process.
@ParameterizedClass
@EnumSource(Engine.class)
class SourceInUseTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant NOW = Instant.ofEpochMilli(1_774_446_400_000L);
  private static final long EXPIRY = NOW.toEpochMilli() + 86_400_000L;

  @Parameter Engine engine;
  @TempDir Path folder;
  private final CapturedShell shell = new CapturedShell(Map.of());
  private PythonDatabase source;
  private AutoCloseable somebody;
  private DatabaseUrl ledger;
  private Path key;

  @BeforeEach
  void open() {
    source = PythonDatabase.create(engine, folder);
    source.add(
        source.voucher(PythonDatabase.key(1), "order", EXPIRY), PythonDatabase.user(1, 7, EXPIRY));
    somebody = source;
    if (source.url() instanceof DatabaseUrl.Sqlite(Path file)) {
      source.close();
      somebody = OtherProcess.reading(file);
    }
    ledger = engine.empty(folder);
    key = folder.resolve("signing.key");
    SigningKeyFile.create(key, Seed.fromHex("11".repeat(32)), CRYPTO);
  }

  @AfterEach
  void close() throws Exception {
    somebody.close();
  }

  private int run(String... options) {
    List<String> all = new ArrayList<>(List.of("import", "python", "--allow-writable-role"));
    all.addAll(List.of("--from", Engine.text(source.url()), "--db", Engine.text(ledger)));
    all.addAll(List.of("--key", key.toString(), "--data", folder.resolve("data").toString()));
    all.addAll(List.of(options));
    return PromisedMembers.run(
        shell,
        List.of(new ImportCommands(shell.shell(), () -> CRYPTO, () -> NOW)),
        all.toArray(String[]::new));
  }

  private boolean isTakenOver() {
    try (Ledger opened = Ledger.open(ledger, RenewalAllowance.DEFAULT, new SecureRandom())) {
      return opened.account(new MasterKey(ByteString.of(PythonDatabase.key(1)))).isPresent();
    }
  }

  @Test
  void nothingIsTakenOver() {
    assertThat(run("--apply")).isOne();

    assertThat(shell.err()).contains("others have the source open: 1; stop the Python service");
    assertThat(isTakenOver()).isFalse();
  }

  @Test
  void rehearsalSaysSo() {
    assertThat(run()).isZero();

    assertThat(shell.err()).contains("others have the source open: 1");
  }

  @Test
  void itIsTakenOverOnceNobodyHas() throws Exception {
    somebody.close();

    assertThat(run("--apply")).isZero();

    assertThat(shell.err()).doesNotContain("others have the source open");
    assertThat(isTakenOver()).isTrue();
  }
}
