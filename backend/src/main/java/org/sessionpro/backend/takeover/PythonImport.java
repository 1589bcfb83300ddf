package org.sessionpro.backend.takeover;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.ledger.ImportRun.State;
import org.sessionpro.backend.takeover.source.SourceRefused;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;

/// The taking over of one database of the Python service of March 2026, from the first look to the
/// comparison (`import-python.md`). Nothing of the source is changed.
public final class PythonImport {
  /// What the old service let accounts run on while a renewal came in; less would end them.
  public static final Duration LEAST_ALLOWANCE = Duration.ofHours(1);

  private static final List<String> TABLES =
      List.of(
          "users",
          "payments",
          "revocations",
          "apple_notification_uuid_history",
          "google_notification_history",
          "user_errors");

  private final V0Source source;
  private final V0Runtime runtime;
  private final Options options;
  private final Acceptance acceptance;
  private final Crypto crypto;
  private final SecureRandom random;
  private final Watch watch;
  private final String fingerprint;

  /// What the operator accepts.
  ///
  /// @param anomalies that block otherwise
  /// @param losses categories by which served accounts may end earlier
  public record Acceptance(Set<Anomaly> anomalies, Set<Category> losses) {}

  /// Who is told what goes on.
  ///
  /// @param ids told of everything by its code and what it is about, which identifies somebody
  public record Watch(Progress progress, BiConsumer<String, Subject> ids) {}

  /// @param runtime of the source, as [#runtime(V0Source)] has it
  public PythonImport(
      V0Source source,
      V0Runtime runtime,
      Options options,
      Acceptance acceptance,
      Crypto crypto,
      SecureRandom random,
      Watch watch) {
    this.source = source;
    this.runtime = runtime;
    this.options = options;
    this.acceptance = acceptance;
    this.crypto = crypto;
    this.random = random;
    this.watch = watch;
    this.fingerprint = source.fingerprint();
  }

  /// What the source runs on. Several rows of one key and salt count as one.
  ///
  /// @throws SourceRefused if there is none, or they differ
  public static V0Runtime runtime(V0Source source) {
    List<V0Runtime> rows = source.runtime();
    if (rows.isEmpty()) {
      throw new SourceRefused("RUNTIME_NOT_SINGLE: the source has no row in runtime");
    }
    V0Runtime first = rows.getFirst();
    for (V0Runtime row : rows) {
      if (!row.seed().equals(first.seed()) || !row.salt().equals(first.salt())) {
        throw new SourceRefused(
            "RUNTIME_NOT_SINGLE: the source has rows of several keys or salts in runtime");
      }
    }
    return new V0Runtime(
        rows.stream().mapToLong(V0Runtime::nextIndex).max().orElseThrow(),
        first.salt(),
        first.seed(),
        first.appleCheckpoint(),
        rows.stream().mapToLong(V0Runtime::ticket).max().orElseThrow());
  }

  /// Looks at the source as it would be taken over now, loads all of it into a target that nobody keeps,
  /// and compares.
  public ImportReport rehearse(Target throwAway, Instant now) {
    Instant takenAt = now.truncatedTo(ChronoUnit.MILLIS);
    Ground ground = ground(takenAt);
    Tally tally = new Tally(watch.ids());
    survey(ground, tally);
    throwAway.imports().begin(run(takenAt), throwAway.inbox().emptiness());
    load(ground, throwAway, Loading.BEGUN);
    compare(ground, throwAway, tally);
    return report(takenAt, tally, rowsOf(throwAway));
  }

  /// Takes the source over, or goes on with that, and compares. Writes nothing while anything stands in
  /// the way; what is loaded already is only compared again.
  ///
  /// @throws org.sessionpro.backend.ledger.ImportRefused if the target holds anything else
  public ImportReport apply(Target target, Instant now) {
    Optional<ImportRun> begun = target.imports().run();
    Instant takenAt =
        begun.map(ImportRun::takenAt).orElseGet(() -> now.truncatedTo(ChronoUnit.MILLIS));
    begun.ifPresent(this::requireSame);
    Ground ground = ground(takenAt);
    Tally tally = new Tally(watch.ids());
    survey(ground, tally);
    State state = begun.map(ImportRun::state).orElse(State.LOADING);
    if (state == State.LOADING) {
      Set<String> obstacles =
          tally.findings().obstacles(acceptance.anomalies(), acceptance.losses());
      if (!obstacles.isEmpty()) {
        return report(takenAt, tally, new LinkedHashMap<>());
      }
      if (begun.isEmpty()) {
        target.imports().begin(run(takenAt), target.inbox().emptiness());
      }
      load(ground, target, begun.map(ImportRun::progress).orElse(Loading.BEGUN));
    }
    return state == State.SEALED
        ? report(takenAt, tally, rowsOf(target))
        : verified(ground, target, tally);
  }

  /// Compares a target with its source once more.
  ///
  /// @throws SourceRefused if nothing was taken over, or not from this source
  public ImportReport verify(Target target) {
    ImportRun run =
        target
            .imports()
            .run()
            .filter(begun -> begun.state() != State.LOADING)
            .orElseThrow(() -> new SourceRefused("nothing is loaded that could be compared"));
    requireSame(run);
    Ground ground = ground(run.takenAt());
    Tally tally = new Tally(watch.ids());
    survey(ground, tally);
    if (run.state() == State.SEALED) {
      compare(ground, target, tally);
      return report(run.takenAt(), tally, rowsOf(target));
    }
    return verified(ground, target, tally);
  }

  private void requireSame(ImportRun run) {
    if (!run.fingerprint().equals(fingerprint)) {
      throw new SourceRefused("the target takes over another source, or this one has changed");
    }
    if (!run.options().equals(options.text())) {
      throw new SourceRefused(
          "the target takes the source over with other options: " + run.options());
    }
  }

  private ImportReport verified(Ground ground, Target target, Tally tally) {
    compare(ground, target, tally);
    ImportReport report = report(ground.takenAt(), tally, rowsOf(target));
    target.imports().verified(report.verdict() == ImportReport.Verdict.EQUAL);
    return report;
  }

  private Ground ground(Instant takenAt) {
    return Ground.of(source, runtime, takenAt, options, crypto);
  }

  private ImportRun run(Instant takenAt) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    return new ImportRun(
        HexFormat.of().formatHex(id),
        ImportRun.Generation.V0,
        takenAt,
        fingerprint,
        options.text(),
        State.LOADING,
        Loading.BEGUN);
  }

  private void survey(Ground ground, Tally tally) {
    new Survey(source, runtime, ground, tally, watch.progress()).run();
  }

  private void load(Ground ground, Target target, String reached) {
    new Loading(source, ground, target.imports(), target.inbox(), reached, watch.progress()).run();
    long seconds = ground.takenAt().getEpochSecond();
    target.imports().finish(new Ticket(Math.max(runtime.ticket() + 1, seconds)));
  }

  private void compare(Ground ground, Target target, Tally tally) {
    byte[] unknown = new byte[MasterKey.SIZE];
    random.nextBytes(unknown);
    new Comparing(source, ground, target, tally, watch.progress())
        .run(new MasterKey(ByteString.of(unknown)));
  }

  private ImportReport report(Instant takenAt, Tally tally, SequencedMap<String, Long> rowsOut) {
    SequencedMap<String, Long> rowsIn = new LinkedHashMap<>();
    TABLES.forEach(table -> rowsIn.put(table, source.count(table)));
    Findings findings = tally.findings();
    return new ImportReport(
        fingerprint,
        takenAt,
        rowsIn,
        rowsOut,
        findings,
        findings.obstacles(acceptance.anomalies(), acceptance.losses()));
  }

  private static SequencedMap<String, Long> rowsOf(Target target) {
    SequencedMap<String, Long> rows = new LinkedHashMap<>();
    rows.put("accounts", target.imports().accounts());
    rows.put("unclaimed_payments", target.imports().unclaimed());
    return rows;
  }
}
