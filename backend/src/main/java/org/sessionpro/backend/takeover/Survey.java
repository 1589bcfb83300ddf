package org.sessionpro.backend.takeover;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sessionpro.backend.takeover.source.SourceMessage;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.ByteString;

/// Goes through a source and counts what would become of it; writes nothing.
final class Survey {
  private static final int SIGN_OF_LIFE = 1_000;

  private final V0Source source;
  private final V0Runtime runtime;
  private final Ground ground;
  private final Tally tally;
  private final Progress progress;
  private long accounts;
  private long orphans;

  Survey(V0Source source, V0Runtime runtime, Ground ground, Tally tally, Progress progress) {
    this.source = source;
    this.runtime = runtime;
    this.ground = ground;
    this.tally = tally;
    this.progress = progress;
  }

  void run() {
    ofDatabase();
    ofRevocations();
    long all = source.count("users");
    source.accounts(
        null,
        account -> {
          ofAccount(AccountPlanner.plan(ground, account));
          accounts++;
          if (accounts % SIGN_OF_LIFE == 0) {
            progress.at("looked at", accounts, all);
          }
        });
    source.unowned(
        0,
        row -> {
          PendingPlan plan = PendingPlan.of(ground, row);
          plan.notes().forEach(tally::note);
          tally.quarantined(plan.quarantine().size());
        });
    ofMessages();
    long current = source.count("users");
    tally.count(
        Anomaly.GENERATIONS_UNATTRIBUTED, Math.max(runtime.nextIndex() - current - orphans, 0));
  }

  private void ofDatabase() {
    if (source.runtime().size() != 1) {
      tally.note(Note.of(Anomaly.RUNTIME_NOT_SINGLE, Subject.database()));
    }
    if (source.hasNarrowRevocations()) {
      tally.note(Note.of(Anomaly.REVOCATIONS_UNWRITABLE, Subject.database()));
    }
    if (isDevelopmentKey(runtime.seed()) && !ground.options().development()) {
      tally.note(Note.of(Anomaly.DEV_DATABASE, Subject.database()));
    }
    tally.count(Anomaly.GEN_COUNTER_BEHIND, source.usersAhead(runtime.nextIndex()));
  }

  private static boolean isDevelopmentKey(ByteString seed) {
    return seed.equals(ByteString.fromHex("cd".repeat(seed.size())));
  }

  private void ofRevocations() {
    List<V0Revocation> ownerless = source.ownerlessRevocations();
    orphans = ownerless.size();
    for (V0Revocation one : ownerless) {
      ByteString tag = ground.tag(one.index()).bytes();
      tally.note(Note.of(Anomaly.REVOCATION_ORPHAN, Subject.revocation(tag)));
      if (one.creation() == 0) {
        tally.note(Note.of(Anomaly.REVOCATION_CREATION_ZERO, Subject.revocation(tag)));
      }
    }
    for (V0Revocation one : source.revocations()) {
      tally.shift(
          Category.REVOCATION_END_EXTENDED,
          false,
          0,
          Subject.revocation(ground.tag(one.index()).bytes()));
    }
  }

  private void ofAccount(AccountPlan plan) {
    plan.aside().notes().forEach(tally::note);
    tally.quarantined(plan.aside().quarantine().size());
    Forecast forecast = plan.forecast();
    Subject subject = Subject.account(plan.source().key());
    Set<Category> shortening = EnumSet.noneOf(Category.class);
    for (Forecast.Shift shift : forecast.shifts()) {
      tally.shift(shift.category(), forecast.activeBefore(), shift.coverage(), subject);
      if (shift.coverage() < 0) {
        shortening.add(shift.category());
      }
    }
    boolean revokes = ofWish(plan, subject) && forecast.activeBefore();
    if (revokes) {
      shortening.add(Category.REVOCATION_PRUNED_EARLY);
    }
    if (revokes || forecast.isLoss()) {
      tally.loss(shortening);
    }
  }

  /// Whether the operator's wish revokes the account.
  private boolean ofWish(AccountPlan plan, Subject subject) {
    return switch (plan.wish()) {
      case NOTHING -> false;
      case ROLLED -> {
        tally.shift(Category.OPERATOR_BLOCK, false, 0, subject);
        yield false;
      }
      case LISTED -> {
        boolean active = plan.forecast().activeBefore();
        tally.shift(Category.REVOCATION_PRUNED_EARLY, active, 0, subject);
        yield true;
      }
    };
  }

  private void ofMessages() {
    source.googleMessages(message -> {
      if (!message.handled()) {
        if (message.payload().isEmpty()) {
          tally.count(Anomaly.NOTIFICATION_EMPTY, 1);
        } else if (ReceivedMessage.content(message).isEmpty()) {
          tally.count(Anomaly.NOTIFICATION_UNDECODABLE, 1);
        }
      }
    });
    source.troubles(this::ofTrouble);
  }

  private void ofTrouble(SourceMessage.Trouble trouble) {
    if (InheritedMessages.work(trouble, ground.takenAt()).isEmpty()) {
      tally.note(Note.of(Anomaly.ERROR_ORPHAN, Subject.subscription(trouble.id())));
    }
  }
}
