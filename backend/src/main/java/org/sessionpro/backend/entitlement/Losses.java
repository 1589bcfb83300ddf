package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;

/// What was said against a payment, and whether the store took it back (`decisions.md` §4).
///
/// A reversal may take the decisive revocation back and leave another one, so every revocation that
/// may still come to count is kept. Thus it does not matter in which order they become known.
///
/// @param standing what was not taken back, the decisive one first; none that another one outlasts
///     and outranks
/// @param reinstatedAt before when every revocation was taken back; null if none was
/// @param voidedAt when the store voided the purchase without taking entitlement away, for the
///     record only; null if it did not
public record Losses(
    List<Revocation> standing, @Nullable Instant reinstatedAt, @Nullable Instant voidedAt) {
  static final Losses NONE = new Losses(List.of(), null, null);

  /// That entitlement stopped.
  ///
  /// @param inferred concluded by us, not stated by the store
  public record Revocation(Instant at, RevokedFor reason, boolean inferred) {
    /// The store's word that a cycle was upgraded beats a refund of it (`decisions-stores.md` §2.1),
    /// then the earliest counts; of equally early ones what was stated beats what was concluded.
    /// Total, so that arrival does not matter.
    private static final Comparator<Revocation> DECISIVE_FIRST =
        Comparator.comparing(Revocation::isStatedUpgrade)
            .reversed()
            .thenComparing(Revocation::at)
            .thenComparing(Revocation::inferred)
            .thenComparing(Revocation::reason);

    private static Revocation of(Revoked fact) {
      return new Revocation(fact.at(), fact.reason(), fact.inferred());
    }

    private boolean isStatedUpgrade() {
      return reason == RevokedFor.SUPERSEDED && !inferred;
    }

    /// What Google revoked, and what the store says was upgraded, never comes back: reversing a refund
    /// does not undo an upgrade (`decisions-stores.md` §2.1).
    private boolean isFinal() {
      return reason == RevokedFor.REVOKED || isStatedUpgrade();
    }

    /// Whether a reinstatement at `instant` takes it back.
    private boolean isUndoneBy(Instant instant) {
      return !isFinal() && at.isBefore(instant);
    }

    /// Whether `that` can never count beside this one: it is less decisive, and whatever takes this
    /// one back takes that one back too.
    private boolean hides(Revocation that) {
      boolean outlasts = isFinal() || (!that.isFinal() && !at.isBefore(that.at));
      return DECISIVE_FIRST.compare(this, that) <= 0 && outlasts;
    }
  }

  public Losses {
    standing = List.copyOf(standing);
  }

  /// The one that counts.
  Optional<Revocation> decisive() {
    return standing.stream().findFirst();
  }

  /// What was revoked before a reinstatement stays reinstated, whenever it becomes known.
  Losses with(Revoked fact) {
    Revocation stated = Revocation.of(fact);
    boolean undone = reinstatedAt != null && stated.isUndoneBy(reinstatedAt);
    if (undone || standing.stream().anyMatch(known -> known.hides(stated))) {
      return this;
    }
    List<Revocation> all = new ArrayList<>(standing);
    all.removeIf(stated::hides);
    all.add(stated);
    all.sort(Revocation.DECISIVE_FIRST);
    return new Losses(all, reinstatedAt, voidedAt);
  }

  Losses with(PaymentFact.Reinstated fact) {
    if (reinstatedAt != null && !fact.at().isAfter(reinstatedAt)) {
      return this;
    }
    List<Revocation> left =
        standing.stream().filter(known -> !known.isUndoneBy(fact.at())).toList();
    return new Losses(left, fact.at(), voidedAt);
  }

  /// The earliest void is kept.
  Losses with(PaymentFact.Voided fact) {
    boolean known = voidedAt != null && !fact.at().isBefore(voidedAt);
    return known ? this : new Losses(standing, reinstatedAt, fact.at());
  }
}
