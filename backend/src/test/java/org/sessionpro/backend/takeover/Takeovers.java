package org.sessionpro.backend.takeover;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.ledger.AuditCount;
import org.sessionpro.backend.ledger.AuditObserver;
import org.sessionpro.backend.ledger.AuditScope;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerTies;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.takeover.source.PythonSource;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.backend.takeover.source.V1Source;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;

/// Takes sources over into a target of either engine.
final class Takeovers implements AutoCloseable {
  static final Instant NOW = Instant.ofEpochMilli(PythonDatabase.NOW);

  /// What every ledger is tied to that takes something over.
  static final LedgerTies TIES =
      new LedgerTies(
          BackendKey.fromHex("fc947730".repeat(8)), new PackageName("org.example.mine"), null);

  private static final Crypto CRYPTO = Crypto.selfTested();

  final DatabaseUrl url;
  final Database database;
  final Ledger ledger;
  final Target target;
  Options options =
      new Options(RenewalAllowance.DEFAULT, false, false, false, false, Duration.ofHours(6));

  /// What a service of summer signs with.
  BackendKey summerKey = BackendKey.fromHex("fc947730".repeat(8));

  Set<Anomaly> accepted = Set.of();
  Set<Category> acceptedLosses = Set.of();
  Progress progress = (_, _, _) -> {};
  int batch = Loading.BATCH;
  BiConsumer<String, Subject> ids = (_, _) -> {};

  Takeovers(Engine engine, Path folder) {
    this(engine.empty(folder));
  }

  Takeovers(DatabaseUrl url) {
    this.url = url;
    this.database = Databases.open(url);
    this.ledger =
        new Ledger(database, Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom())));
    this.target =
        new Target(
            ledger,
            ledger.imports(RenewalAllowance.DEFAULT),
            new Inbox(database, new Random(), new InboxRules(36, "test")),
            TIES,
            _ -> {});
  }

  ImportReport rehearse(PythonDatabase source) {
    return rehearse(source.url());
  }

  ImportReport rehearse(DatabaseUrl source) {
    return run(source, python -> python.rehearse(target, NOW));
  }

  ImportReport apply(PythonDatabase source) {
    return apply(source.url());
  }

  ImportReport apply(DatabaseUrl source) {
    return run(source, python -> python.apply(target, NOW));
  }

  ImportReport verify(PythonDatabase source) {
    return verify(source.url());
  }

  ImportReport verify(DatabaseUrl source) {
    return run(source, python -> python.verify(target));
  }

  private ImportReport run(DatabaseUrl source, Function<PythonImport, ImportReport> step) {
    try (PythonSource opened = PythonSource.open(source, Set.of())) {
      OldService service =
          switch (opened) {
            case V0Source spring -> new V0Service(spring, V0Service.runtime(spring), CRYPTO);
            case V1Source summer -> new V1Service(summer, summerKey);
          };
      return step.apply(
          new PythonImport(
              service,
              options,
              new PythonImport.Acceptance(accepted, acceptedLosses),
              new SecureRandom(),
              new PythonImport.Watch(progress, ids),
              batch));
    }
  }

  /// Everything that the check of a whole ledger finds.
  List<Finding> audit() {
    List<Finding> findings = new ArrayList<>();
    ledger
        .audit(RenewalAllowance.DEFAULT)
        .run(
            new AuditScope.All(),
            InstantSource.system(),
            new Random(),
            new AuditObserver() {
              @Override
              public void found(Finding finding) {
                findings.add(finding);
              }

              @Override
              public void progress(AuditCount count) {}
            });
    return findings;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
