package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevocationState;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.Tally.Unexplained;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;

/// Compares what the target answers, by the ordinary way of reading, with what it must answer
/// (`import-python.md` §6.2).
final class Comparing {
  private static final int BATCH = 512;

  /// As many as the database takes at the same time.
  private static final int AT_ONCE = 8;

  private static final Duration LISTED = Duration.ofDays(31);

  private final V0Source source;
  private final Ground ground;
  private final Target target;
  private final Tally tally;
  private final Progress progress;
  private final Set<RevocationTag> listed = new HashSet<>();
  private final Set<String> troubled = new HashSet<>();
  private List<AccountPlan> batch = new ArrayList<>();
  private long accounts;
  private long unclaimed;
  private long looked;

  Comparing(V0Source source, Ground ground, Target target, Tally tally, Progress progress) {
    this.source = source;
    this.ground = ground;
    this.target = target;
    this.tally = tally;
    this.progress = progress;
  }

  /// Compares everything.
  ///
  /// @param unknown a key that nobody has
  void run(MasterKey unknown) {
    source.troubles(trouble -> troubled.add(trouble.provider() + ":" + trouble.id()));
    long all = source.count("users");
    try (ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE)) {
      source.accounts(
          null,
          account -> {
            batch.add(AccountPlanner.plan(ground, account));
            if (batch.size() >= BATCH) {
              compare(readers);
              progress.at("compared", looked, all);
            }
          });
      compare(readers);
    }
    source.unowned(
        0,
        row -> {
          V0Payment payment = PendingPlan.of(ground, row).payment();
          if (payment != null) {
            compareUnclaimed(payment);
          }
        });
    compareCounts();
    compareRevocations();
    if (target.ledger().details(unknown, 1, ground.takenAt()).isPresent()) {
      unexplained(Subject.database(), "unknown_key");
    }
  }

  private void compare(ExecutorService readers) {
    List<Future<AccountComparison>> running = new ArrayList<>();
    for (AccountPlan plan : batch) {
      running.add(readers.submit(() -> AccountComparison.of(plan, target, ground, troubled)));
    }
    for (Future<AccountComparison> one : running) {
      take(result(one));
    }
    batch = new ArrayList<>();
  }

  private static AccountComparison result(Future<AccountComparison> running) {
    try {
      return running.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing", stopped);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(failed.getCause());
    }
  }

  private void take(AccountComparison compared) {
    AccountPlan plan = compared.plan();
    Subject subject = Subject.account(plan.source().key());
    compared.differences().forEach(part -> unexplained(subject, part));
    compared
        .categories()
        .forEach(category -> tally.shift(category, plan.forecast().activeBefore(), 0, subject));
    if (plan.account() != null) {
      accounts++;
      plan.account().epochs().stream()
          .filter(epoch -> epoch.revokedAt() != null && epoch.tag() != null)
          .forEach(epoch -> listed.add(epoch.tag()));
    }
    plan.pending().forEach(this::compareUnclaimed);
    looked++;
  }

  private void compareUnclaimed(V0Payment payment) {
    unclaimed++;
    for (String part : PaymentComparison.ofUnclaimed(payment, target.imports(), ground.takenAt())) {
      unexplained(Subject.payment(payment.id()), part);
    }
  }

  private void compareCounts() {
    if (target.imports().accounts() != accounts) {
      unexplained(Subject.database(), "number_of_accounts");
    }
    if (target.imports().unclaimed() != unclaimed) {
      unexplained(Subject.database(), "number_of_unclaimed_payments");
    }
  }

  private void compareRevocations() {
    Ledger ledger = target.ledger();
    RevocationState state = ledger.revocations(ground.takenAt(), LISTED);
    Map<RevocationTag, Instant> served = new HashMap<>();
    for (RevokedTag one : state.revoked()) {
      served.put(one.tag(), one.recordedAt());
    }
    Set<RevocationTag> expected = new HashSet<>(listed);
    for (V0Revocation one : source.revocations()) {
      RevocationTag tag = ground.tag(one.index());
      expected.add(tag);
      Instant stamp = served.get(tag);
      if (stamp != null && !isInForceAsBefore(one, stamp)) {
        unexplained(Subject.revocation(tag.bytes()), "effective");
      }
    }
    Set<RevocationTag> all = new HashSet<>(expected);
    all.addAll(served.keySet());
    for (RevocationTag tag : all) {
      if (expected.contains(tag) != served.containsKey(tag)) {
        unexplained(Subject.revocation(tag.bytes()), "listed");
      }
    }
    if (state.ticket().value() <= source.runtime().getFirst().ticket()) {
      unexplained(Subject.database(), "ticket");
    }
  }

  /// What was announced takes effect at the second that was announced; what was in force stays so.
  private boolean isInForceAsBefore(V0Revocation revocation, Instant stamp) {
    long then = Math.min(revocation.creation() + Day.MILLIS, Day.roundUp(revocation.expiry()));
    long now = (stamp.getEpochSecond() + Day.MILLIS / 1_000) * 1_000;
    return then > ground.now() ? now == then - Math.floorMod(then, 1_000) : now <= ground.now();
  }

  private void unexplained(Subject subject, String part) {
    tally.unexplained(new Unexplained(subject, part));
  }
}
