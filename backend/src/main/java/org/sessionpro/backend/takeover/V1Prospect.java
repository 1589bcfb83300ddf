package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.takeover.source.V1Queued;
import org.sessionpro.backend.takeover.source.V1Source;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.RevocationTag;

/// What becomes of a database of summer 2026.
final class V1Prospect extends SourceProspect {
  /// How long after it was signed a message of Apple's production was kept.
  private static final Duration APPLE_KEPT = Duration.ofMinutes(9_450);

  private static final Duration LISTED = Duration.ofDays(31);

  /// Names in `globals` that mean nothing any more.
  private static final Set<String> LEFT_OVER = Set.of("gen_index", "gen_index_salt");

  /// Failures up to which nobody is told of trouble.
  private static final int TROUBLE_BEYOND = 5;

  private final V1Source source;
  private final BackendKey key;
  private final Map<String, Long> globals;
  private final V1Ground ground;

  V1Prospect(V1Source source, BackendKey key, Map<String, Long> globals, V1Ground ground) {
    super(source, ground.takenAt(), ground.options(), APPLE_KEPT);
    this.source = source;
    this.key = key;
    this.globals = globals;
    this.ground = ground;
  }

  @Override
  public void survey(Tally tally) {
    if (ServerKey.isDevelopment(key) && !options().development()) {
      tally.note(Note.of(Anomaly.DEV_DATABASE, Subject.database()));
    }
    globals.keySet().stream()
        .filter(LEFT_OVER::contains)
        .forEach(_ -> tally.count(Anomaly.GLOBALS_LEFT_OVER, 1));
    Duration before = options().sourceAllowance();
    if (before != null && !before.equals(options().allowance().length())) {
      tally.count(Anomaly.ALLOWANCE_CHANGED, 1);
    }
  }

  @Override
  public void candidates(@Nullable ByteString after, Consumer<Candidate> candidates) {
    source.accounts(after, account -> candidates.accept(() -> V1Planner.plan(ground, account)));
  }

  @Override
  public void unowned(long after, Consumer<Unowned> payments) {
    source.unowned(
        after, row -> payments.accept(new Unowned(row.id(), V1Planner.pending(ground, row))));
  }

  @Override
  public List<RevokedTag> ownerless() {
    return List.of();
  }

  @Override
  public Map<RevocationTag, Predicate<Instant>> listed() {
    Map<RevocationTag, Predicate<Instant>> listed = new HashMap<>();
    source
        .revoked(takenAt().minus(LISTED))
        .forEach((tag, revoked) -> listed.put(tag, revoked::equals));
    return listed;
  }

  @Override
  public void work(Consumer<InheritedWork> work) {
    source.queue(queued -> {
      if (!queued.token().isEmpty()) {
        InheritedMessages.item(subscription(queued))
            .ifPresent(item ->
                work.accept(
                    new InheritedWork(
                        Owed.unannounced(item),
                        (int) Math.min(queued.attempts(), Integer.MAX_VALUE),
                        queued.eligibleAt(),
                        queued.error(),
                        queued.parkedAt())));
      }
    });
  }

  private static SubscriptionKey subscription(V1Queued queued) {
    return new SubscriptionKey(PaymentProvider.GOOGLE_PLAY, queued.token());
  }

  @Override
  public Set<SubscriptionKey> troubled() {
    Set<SubscriptionKey> troubled = new HashSet<>();
    source.queue(queued -> {
      boolean inTrouble = queued.parkedAt() != null || queued.attempts() > TROUBLE_BEYOND;
      if (inTrouble && !queued.token().isEmpty()) {
        troubled.add(subscription(queued));
      }
    });
    return troubled;
  }

  @Override
  public boolean provesOnTheGrid() {
    return true;
  }
}
