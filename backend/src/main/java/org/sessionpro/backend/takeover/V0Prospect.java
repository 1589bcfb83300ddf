package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.SourceMessage;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.RevocationTag;

/// What becomes of a database of March 2026.
final class V0Prospect extends SourceProspect {
  /// How long after it was signed a message of Apple's production was kept.
  private static final Duration APPLE_KEPT = Duration.ofMinutes(187);

  /// More than five failures are trouble that the owner is told of.
  private static final int TROUBLED = 6;

  private final V0Source source;
  private final V0Runtime runtime;
  private final V0Ground ground;

  V0Prospect(V0Source source, V0Runtime runtime, V0Ground ground) {
    super(source, ground.takenAt(), ground.options(), APPLE_KEPT);
    this.source = source;
    this.runtime = runtime;
    this.ground = ground;
  }

  @Override
  public void survey(Tally tally) {
    if (source.runtime().size() != 1) {
      tally.note(Note.of(Anomaly.RUNTIME_NOT_SINGLE, Subject.database()));
    }
    if (source.hasNarrowRevocations()) {
      tally.note(Note.of(Anomaly.REVOCATIONS_UNWRITABLE, Subject.database()));
    }
    boolean developed = runtime.seed().equals(ByteString.fromHex("cd".repeat(32)));
    if (developed && !options().development()) {
      tally.note(Note.of(Anomaly.DEV_DATABASE, Subject.database()));
    }
    tally.count(Anomaly.TIME_IN_SECONDS, source.instantsBelow(V0Repair.SECONDS));
    tally.count(Anomaly.GEN_COUNTER_BEHIND, source.usersAhead(runtime.nextIndex()));
    long orphans = surveyRevocations(tally);
    long unattributed = runtime.nextIndex() - source.count("users") - orphans;
    tally.count(Anomaly.GENERATIONS_UNATTRIBUTED, Math.max(unattributed, 0));
    source.troubles(trouble -> {
      if (work(trouble).isEmpty()) {
        tally.note(Note.of(Anomaly.ERROR_ORPHAN, Subject.subscription(trouble.id())));
      }
    });
  }

  private long surveyRevocations(Tally tally) {
    List<V0Revocation> orphans = source.ownerlessRevocations();
    for (V0Revocation one : orphans) {
      ByteString tag = ground.tag(one.index()).bytes();
      tally.note(Note.of(Anomaly.REVOCATION_ORPHAN, Subject.revocation(tag)));
      if (one.creation() == 0) {
        tally.note(Note.of(Anomaly.REVOCATION_CREATION_ZERO, Subject.revocation(tag)));
      }
    }
    for (V0Revocation one : source.revocations()) {
      Subject subject = Subject.revocation(ground.tag(one.index()).bytes());
      if (V0Repair.isInSeconds(one.creation()) || V0Repair.isInSeconds(one.expiry())) {
        tally.note(Note.of(Anomaly.TIME_IN_SECONDS, subject));
      }
      tally.shift(Category.REVOCATION_END_EXTENDED, false, 0, subject);
    }
    return orphans.size();
  }

  @Override
  public void candidates(@Nullable ByteString after, Consumer<Candidate> candidates) {
    source.accounts(after, account -> candidates.accept(() -> V0Planner.plan(ground, account)));
  }

  @Override
  public void unowned(long after, Consumer<Unowned> payments) {
    source.unowned(
        after, row -> payments.accept(new Unowned(row.id(), V0Planner.pending(ground, row))));
  }

  @Override
  public List<RevokedTag> ownerless() {
    return source.ownerlessRevocations().stream()
        .map(one -> new RevokedTag(ground.tag(one.index()), ground.stamp(one)))
        .toList();
  }

  @Override
  public Map<RevocationTag, Predicate<Instant>> listed() {
    Map<RevocationTag, Predicate<Instant>> listed = new HashMap<>();
    for (V0Revocation one : source.revocations()) {
      listed.put(ground.tag(one.index()), stamp -> isInForceAsBefore(one, stamp));
    }
    return listed;
  }

  /// What was announced takes effect at the second that was announced; what was in force stays so.
  private boolean isInForceAsBefore(V0Revocation revocation, Instant stamp) {
    long then = Math.min(revocation.creation() + Day.MILLIS, Day.roundUp(revocation.expiry()));
    long now = (stamp.getEpochSecond() + Day.MILLIS / 1_000) * 1_000;
    return then > ground.now() ? now == then - Math.floorMod(then, 1_000) : now <= ground.now();
  }

  @Override
  public void work(Consumer<InheritedWork> work) {
    source.troubles(trouble -> work(trouble).ifPresent(work));
  }

  /// A look at a subscription that was in trouble; empty if it is nobody's.
  private Optional<InheritedWork> work(SourceMessage.Trouble trouble) {
    return subscription(trouble)
        .filter(_ -> trouble.owned())
        .flatMap(InheritedMessages::item)
        .map(item -> InheritedWork.failing(Owed.unannounced(item), TROUBLED, takenAt()));
  }

  private static Optional<SubscriptionKey> subscription(SourceMessage.Trouble trouble) {
    PaymentProvider provider =
        switch ((int) trouble.provider()) {
          case V0Payment.GOOGLE -> PaymentProvider.GOOGLE_PLAY;
          case V0Payment.APPLE -> PaymentProvider.APP_STORE;
          default -> PaymentProvider.STF;
        };
    return trouble.id().isEmpty() || provider == PaymentProvider.STF
        ? Optional.empty()
        : Optional.of(new SubscriptionKey(provider, trouble.id()));
  }

  @Override
  public Set<SubscriptionKey> troubled() {
    Set<SubscriptionKey> troubled = new HashSet<>();
    source.troubles(trouble -> subscription(trouble).ifPresent(troubled::add));
    return troubled;
  }

  @Override
  public boolean provesOnTheGrid() {
    return false;
  }
}
