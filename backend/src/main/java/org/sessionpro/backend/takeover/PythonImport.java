package org.sessionpro.backend.takeover;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.ledger.ImportRun.State;
import org.sessionpro.backend.takeover.source.SourceRefused;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Ticket;

/// The taking over of one database of the Python service, from the first look to the comparison (`import-python.md`). Nothing of the source is changed.
public final class PythonImport {
  /// What the old service let accounts run on while a renewal came in; less would end them.
  public static final Duration LEAST_ALLOWANCE = Duration.ofHours(1);

  private final OldService source;
  private final Options options;
  private final Acceptance acceptance;
  private final SecureRandom random;
  private final Watch watch;
  private final int batch;
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

  public PythonImport(
      OldService source, Options options, Acceptance acceptance, SecureRandom random, Watch watch) {
    this(source, options, acceptance, random, watch, Loading.BATCH);
  }

  /// @param batch accounts and payments in a transaction
  PythonImport(
      OldService source,
      Options options,
      Acceptance acceptance,
      SecureRandom random,
      Watch watch,
      int batch) {
    this.source = source;
    this.options = options;
    this.acceptance = acceptance;
    this.random = random;
    this.watch = watch;
    this.batch = batch;
    this.fingerprint = source.source().fingerprint();
  }

  /// Looks at the source as it would be taken over now, loads all of it into a target that nobody keeps,
  /// and compares.
  public ImportReport rehearse(Target throwAway, Instant now) {
    Instant takenAt = now.truncatedTo(source.unit());
    Tally tally = new Tally(watch.ids());
    if (isUnreadable(tally)) {
      return report(takenAt, tally, new LinkedHashMap<>());
    }
    Prospect prospect = source.at(takenAt, options);
    survey(prospect, tally);
    throwAway.imports().begin(run(takenAt), throwAway.ties(), throwAway.inbox().emptiness());
    load(prospect, throwAway, Loading.BEGUN);
    compare(prospect, throwAway, tally);
    return report(takenAt, tally, rowsOf(throwAway));
  }

  /// Takes the source over, or goes on with that, and compares. Writes nothing while anything stands in
  /// the way; what is loaded already is only compared again.
  ///
  /// @throws org.sessionpro.backend.ledger.ImportRefused if the target holds anything else
  /// @throws org.sessionpro.backend.ledger.ForeignLedger if it is tied to another key or app
  public ImportReport apply(Target target, Instant now) {
    target.imports().requireFor(target.ties());
    Optional<ImportRun> begun = target.imports().run();
    Instant takenAt = begun.map(ImportRun::takenAt).orElseGet(() -> now.truncatedTo(source.unit()));
    begun.ifPresent(this::requireSame);
    Tally tally = new Tally(watch.ids());
    if (isUnreadable(tally)) {
      return report(takenAt, tally, new LinkedHashMap<>());
    }
    Prospect prospect = source.at(takenAt, options);
    survey(prospect, tally);
    State state = begun.map(ImportRun::state).orElse(State.LOADING);
    if (state == State.LOADING) {
      Set<String> obstacles =
          tally.findings().obstacles(acceptance.anomalies(), acceptance.losses());
      if (!obstacles.isEmpty()) {
        return report(takenAt, tally, new LinkedHashMap<>());
      }
      if (begun.isEmpty()) {
        target.imports().begin(run(takenAt), target.ties(), target.inbox().emptiness());
      }
      load(prospect, target, begun.map(ImportRun::progress).orElse(Loading.BEGUN));
    }
    return state == State.SEALED
        ? report(takenAt, tally, rowsOf(target))
        : verified(prospect, target, tally);
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
    Prospect prospect = source.at(run.takenAt(), options);
    Tally tally = new Tally(watch.ids());
    survey(prospect, tally);
    if (run.state() == State.SEALED) {
      compare(prospect, target, tally);
      return report(run.takenAt(), tally, rowsOf(target));
    }
    return verified(prospect, target, tally);
  }

  /// Nobody can accept what cannot be understood, so that there is nothing to look at besides.
  private boolean isUnreadable(Tally tally) {
    Map<Anomaly, Long> unreadable = source.unreadable();
    unreadable.forEach(tally::count);
    return !unreadable.isEmpty();
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

  private ImportReport verified(Prospect prospect, Target target, Tally tally) {
    compare(prospect, target, tally);
    ImportReport report = report(prospect.takenAt(), tally, rowsOf(target));
    boolean equal = report.verdict() == ImportReport.Verdict.EQUAL;
    if (equal) {
      target.equal().accept(prospect.takenAt());
    }
    target.imports().verified(equal);
    return report;
  }

  private ImportRun run(Instant takenAt) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    return new ImportRun(
        HexFormat.of().formatHex(id),
        source.generation(),
        takenAt,
        fingerprint,
        options.text(),
        State.LOADING,
        Loading.BEGUN);
  }

  private void survey(Prospect prospect, Tally tally) {
    new Survey(prospect, tally, watch.progress()).run();
  }

  private void load(Prospect prospect, Target target, String reached) {
    new Loading(prospect, target, batch, reached, watch.progress()).run();
    long seconds = prospect.takenAt().getEpochSecond();
    target.imports().finish(new Ticket(Math.max(source.ticket() + 1, seconds)));
  }

  private void compare(Prospect prospect, Target target, Tally tally) {
    byte[] unknown = new byte[MasterKey.SIZE];
    random.nextBytes(unknown);
    new Comparing(prospect, target, source.ticket(), tally, watch.progress())
        .run(new MasterKey(ByteString.of(unknown)));
  }

  private ImportReport report(Instant takenAt, Tally tally, SequencedMap<String, Long> rowsOut) {
    Findings findings = tally.findings();
    return new ImportReport(
        fingerprint,
        takenAt,
        source.rows(),
        rowsOut,
        findings,
        findings.obstacles(acceptance.anomalies(), acceptance.losses()));
  }

  private static SequencedMap<String, Long> rowsOf(Target target) {
    SequencedMap<String, Long> rows = target.imports().rows();
    rows.put("unclaimed_payments", target.imports().unclaimed());
    return rows;
  }
}
