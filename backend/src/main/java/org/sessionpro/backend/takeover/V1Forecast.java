package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V1Account;
import org.sessionpro.backend.takeover.source.V1Payment;

/// Applies the rules of now to an account of summer 2026, one after the other.
///
/// @param raw the rows as they are
/// @param mended what is taken over of them
/// @param checkpoint credits are charged up to here; null if none is left
/// @param oddities of the rows
/// @param revoked whether the account's generation is
record V1Forecast(
    V1Ground ground,
    V1Account raw,
    List<V1Payment> mended,
    @Nullable Instant checkpoint,
    Set<Anomaly> oddities,
    boolean revoked) {

  /// Payments that are bound because their owner asks for anything.
  ///
  /// @param ofThen by the old service too
  /// @param ofNow by this one only, by why
  private record Claims(List<V1Payment> ofThen, Map<Category, List<V1Payment>> ofNow) {
    static final Claims NONE = new Claims(List.of(), Map.of());
  }

  /// What the account comes to as long as nobody asks for anything.
  Forecast untouched() {
    return of(stored(), Claims.NONE, checkpoint);
  }

  /// Whether the old service serves it.
  boolean isActive() {
    return isServed(stored());
  }

  /// What it comes to once its owner has asked.
  ///
  /// @param ofThen payments that the old service binds then
  /// @param ofNow those that only this one binds, by why
  Touch touched(List<V1Payment> ofThen, Map<Category, List<V1Payment>> ofNow) {
    List<V1Payment> all = new ArrayList<>(plus(mended, ofThen));
    ofNow.values().forEach(all::addAll);
    Instant from = checkpoint;
    if (from == null && all.stream().anyMatch(row -> row.isLiveCredit() && !row.isRevoked())) {
      from = ground.takenAt();
    }
    Standing before =
        ofThen.isEmpty()
            ? stored()
            : fold(false, false)
                .of(plus(named(), ofThen), raw.user().checkpoint(), ended())
                .standing();
    V1Charge charged = V1Charge.of(all, from, ground.takenAt(), ground.options().allowance());
    return new Touch(
        charged.payments().stream().map(row -> V1Mapping.due(row, ground.takenAt())).toList(),
        ofNow.keySet(),
        of(before, new Claims(ofThen, ofNow), from));
  }

  private Forecast of(Standing before, Claims claims, @Nullable Instant from) {
    Forecast.Course course = new Forecast.Course(before);
    boolean active = isServed(before);
    List<V1Payment> rows = plus(mended, claims.ofThen());
    if (rows.isEmpty() && claims.ofNow().isEmpty()) {
      return course.then(Category.ofRepair(oddities), Standing.NOTHING).end(null, active);
    }
    Instant ended = ended();
    V1Fold ofThen = fold(false, false);
    V1Fold byPurchase = fold(true, false);
    V1Fold anchored = fold(true, true);
    course.then(
        Category.STALE_ACCOUNT_ROW,
        ofThen.of(plus(named(), claims.ofThen()), raw.user().checkpoint(), ended).standing());
    course.then(Category.ofRepair(oddities), ofThen.of(rows, from, ended).standing());
    for (Map.Entry<Category, List<V1Payment>> claim : claims.ofNow().entrySet()) {
      rows = plus(rows, claim.getValue());
      course.then(claim.getKey(), ofThen.of(rows, from, ended).standing());
    }
    course.then(Category.FOLD_LATE_CYCLE, byPurchase.of(rows, from, ended).standing());
    course.then(Category.CREDIT_ANCHOR, anchored.of(rows, from, ended).standing());
    V1Charge charged = V1Charge.of(rows, from, ground.takenAt(), ground.options().allowance());
    V1Fold.Folded last = anchored.of(charged.payments(), charged.checkpoint(), ended);
    course.then(Category.CREDIT_SAMPLING, last.standing());
    return course.end(last.carrier(), active);
  }

  private V1Fold fold(boolean byPurchase, boolean anchored) {
    return new V1Fold(ground.options().allowance(), byPurchase, anchored);
  }

  private static List<V1Payment> plus(List<V1Payment> some, List<V1Payment> more) {
    List<V1Payment> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private List<V1Payment> named() {
    return raw.payments().stream().filter(one -> StoreNames.key(one).isPresent()).toList();
  }

  /// What the row says.
  private Standing stored() {
    V1Account.Entitled row = raw.user().entitled();
    return raw.payments().isEmpty()
        ? Standing.NOTHING
        : new Standing(row.expiry(), coverage(), row.renewing(), null);
  }

  /// Where the row says that service ends.
  Instant coverage() {
    V1Account.Entitled row = raw.user().entitled();
    return ground.options().allowance().coverageEnd(row.expiry(), row.grace(), row.renewing());
  }

  private boolean isServed(Standing standing) {
    return !revoked
        && !standing.equals(Standing.NOTHING)
        && !ground.takenAt().isAfter(standing.coverage());
  }

  /// Where it ends if its payments come to nothing at all.
  Instant ended() {
    Instant stored = raw.user().entitled().expiry();
    return stored.isBefore(ground.takenAt()) ? stored : ground.takenAt();
  }
}
