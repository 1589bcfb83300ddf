package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.sessionpro.backend.inbox.InboxInspection;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.RevocationState;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.Tally.Unexplained;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;

/// Compares what the target answers, by the ordinary way of reading, with what it must answer
/// (`import-python.md` §6).
final class Comparing {
  private static final Duration LISTED = Duration.ofDays(31);

  private final Prospect prospect;
  private final Target target;
  private final long ticket;
  private final Tally tally;
  private final Progress progress;
  private final InheritedMessages messages;
  private final Set<RevocationTag> listed = new HashSet<>();
  private long accounts;
  private long unclaimed;
  private long looked;
  private long parked;

  /// @param ticket that the old service served
  Comparing(Prospect prospect, Target target, long ticket, Tally tally, Progress progress) {
    this.prospect = prospect;
    this.target = target;
    this.ticket = ticket;
    this.tally = tally;
    this.progress = progress;
    this.messages = new InheritedMessages(prospect.takenAt(), prospect.options());
  }

  /// Compares everything.
  ///
  /// @param unknown a key that nobody has
  void run(MasterKey unknown) {
    AccountComparison.Overview overview = AccountComparison.Overview.of(target, prospect);
    long all = prospect.accounts();
    new Pass<>(
            some -> AccountComparison.of(some, target, prospect, overview),
            compared -> {
              compared.forEach(this::take);
              progress.at("compared", looked, all);
            })
        .over(prospect, null);
    prospect.unowned(
        0,
        unowned -> {
          if (unowned.plan().payment() != null) {
            compareUnclaimed(unowned.plan().payment());
          }
        });
    compareCounts();
    compareRevocations();
    prospect.work(this::compareWork);
    compareParked();
    if (target.ledger().details(unknown, 1, prospect.takenAt()).isPresent()) {
      unexplained(Subject.database(), "unknown_key");
    }
  }

  private void take(AccountComparison compared) {
    AccountPlan plan = compared.plan();
    Subject subject = Subject.account(plan.key());
    compared.differences().forEach(part -> unexplained(subject, part));
    compared
        .shifts()
        .forEach(one ->
            tally.shift(one.category(), plan.forecast().activeBefore(), one.coverage(), subject));
    tally.loss(compared.losses());
    if (plan.account() != null) {
      accounts++;
      plan.account().epochs().forEach(this::expectListed);
    }
    plan.pending().forEach(this::compareUnclaimed);
    looked++;
  }

  private void expectListed(Epoch epoch) {
    Instant revoked = epoch.revokedAt();
    RevocationTag tag = epoch.tag();
    if (revoked != null && tag != null && revoked.isAfter(prospect.takenAt().minus(LISTED))) {
      listed.add(tag);
    }
  }

  private void compareUnclaimed(UnclaimedPayment payment) {
    unclaimed++;
    DuePayment due = payment.due();
    Category claim = payment.claim();
    if (claim != null) {
      tally.shift(claim, false, 0, Subject.payment(due.id().value()));
    }
    for (String part : PaymentComparison.ofUnclaimed(due, target.imports())) {
      unexplained(Subject.payment(due.id().value()), part);
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
    RevocationState state = target.ledger().revocations(prospect.takenAt(), LISTED);
    Map<RevocationTag, Instant> served = new HashMap<>();
    for (RevokedTag one : state.revoked()) {
      served.put(one.tag(), one.recordedAt());
    }
    Map<RevocationTag, Predicate<Instant>> before = prospect.listed();
    before.forEach((tag, isAsBefore) -> {
      Instant stamp = served.get(tag);
      if (stamp != null && !isAsBefore.test(stamp)) {
        unexplained(Subject.revocation(tag.bytes()), "effective");
      }
    });
    Set<RevocationTag> expected = new HashSet<>(listed);
    expected.addAll(before.keySet());
    Set<RevocationTag> all = new HashSet<>(expected);
    all.addAll(served.keySet());
    for (RevocationTag tag : all) {
      if (expected.contains(tag) != served.containsKey(tag)) {
        unexplained(Subject.revocation(tag.bytes()), "listed");
      }
    }
    if (state.ticket().value() <= ticket) {
      unexplained(Subject.database(), "ticket");
    }
  }

  /// What is still to be done is waiting, or given up, as it was.
  private void compareWork(InheritedWork work) {
    WorkItem item = work.owed().item();
    List<StoredWork> found =
        target
            .inbox()
            .inspection()
            .list(new InboxInspection.Filter(item.provider(), item.kind(), null, item.key()), 1);
    Instant since = work.parkedAt();
    if (since != null) {
      parked++;
    }
    if (found.isEmpty() || !isLeft(found.getFirst(), work)) {
      unexplained(Subject.subscription(item.key()), "work");
    }
  }

  private boolean isLeft(StoredWork stored, InheritedWork work) {
    StoredWork.Parked found = stored.parked();
    return Objects.equals(found == null ? null : found.at(), work.parkedAt())
        && stored.failures().attempts() == work.attempts()
        && Objects.equals(stored.error(), work.error())
        && isDue(stored.times().nextAt(), work);
  }

  /// When it was due, or with the first look at the same subscription if that comes earlier.
  private boolean isDue(Instant nextAt, InheritedWork work) {
    Instant then = work.eligibleAt();
    return nextAt.equals(then)
        || (nextAt.isBefore(then) && messages.firstLooks(work.owed().item()).contains(nextAt));
  }

  /// Nothing else is given up; messages that cannot be read are so for another reason.
  private void compareParked() {
    InboxInspection.Filter givenUp =
        new InboxInspection.Filter(null, null, ParkReason.EXHAUSTED, null);
    if (target.inbox().inspection().count(givenUp) != parked) {
      unexplained(Subject.database(), "parked_work");
    }
  }

  private void unexplained(Subject subject, String part) {
    tally.unexplained(new Unexplained(subject, part));
  }
}
