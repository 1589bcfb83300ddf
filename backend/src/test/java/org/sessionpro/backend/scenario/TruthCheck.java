package org.sessionpro.backend.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.life.CycleTruth;
import org.sessionpro.simulator.google.life.SubscriptionTruth;
import org.sessionpro.simulator.google.life.Truth;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.Origin;
import org.sessionpro.simulator.google.play.Phase;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.script.Buyer;

/// What a server believes, compared with the simulator's truth (`decisions-stores.md` §7): expiry,
/// revocation and owner of each cycle, flag and grace of the newest, the end of each account's
/// coverage, and what is acknowledged.
///
/// Play shows the present only. So a cycle that was never shown as the latest may be missing, one that
/// was shown first when its stated end was not its paid one may have that end, and an older one is as
/// it was shown last.
final class TruthCheck {
  private static final Duration LIST_OF_VOIDED = Duration.ofDays(30);

  private final GoogleSimulator google;
  private final Shown shown;
  private final Books books;
  private final Ledger ledger;
  private final Instant now;
  private final List<String> wrong = new ArrayList<>();

  /// @param now the simulated time
  TruthCheck(GoogleSimulator google, Shown shown, Books books, Ledger ledger, Instant now) {
    this.google = google;
    this.shown = shown;
    this.books = books;
    this.ledger = ledger;
    this.now = now;
  }

  /// What is wrong, each in a few words; empty if nothing is.
  List<String> differences(Truth all, Collection<Buyer> buyers) {
    compare(all.subscriptions(), buyers);
    for (Buyer buyer : buyers) {
      if (all.oneTimePurchases().stream().noneMatch(it -> isOf(it.owner(), buyer))) {
        compareCoverage(buyer, all.subscriptions());
      }
    }
    wrong.addAll(new OneTimeCheck(books).differences(all.oneTimePurchases()));
    return wrong;
  }

  /// The same, but for the ends of coverage.
  List<String> differencesOfSubscriptions(
      Collection<SubscriptionTruth> truths, Collection<Buyer> buyers) {
    compare(truths, buyers);
    return wrong;
  }

  private void compare(Collection<SubscriptionTruth> truths, Collection<Buyer> buyers) {
    truths.forEach(truth -> new Comparison(truth, buyers).compare());
  }

  private static boolean isOf(@Nullable String owner, Buyer buyer) {
    return owner != null && owner.equals(buyer.googleId());
  }

  private static List<SubscriptionTruth> own(Buyer buyer, Collection<SubscriptionTruth> truths) {
    return truths.stream().filter(truth -> isOf(truth.owner(), buyer)).toList();
  }

  /// Whether Play has shown all that the end of somebody's coverage depends on.
  boolean isWhole(Buyer buyer, Collection<SubscriptionTruth> truths) {
    return own(buyer, truths).stream()
        .allMatch(truth -> new Comparison(truth, List.of(buyer)).isWhole());
  }

  /// What is over has its end in the books only.
  private void compareCoverage(Buyer buyer, Collection<SubscriptionTruth> truths) {
    if (!isWhole(buyer, truths)) {
      return;
    }
    List<SubscriptionTruth> own = own(buyer, truths);
    Instant expected =
        own.stream()
            .flatMap(truth -> truth.coverageEnd(Books.ALLOWANCE.length()).stream())
            .max(Instant::compareTo)
            .filter(now::isBefore)
            .orElse(now);
    Instant found =
        ledger
            .account(buyer.key())
            .map(account -> account.entitlement().coverageEnd(Books.ALLOWANCE))
            .filter(now::isBefore)
            .orElse(now);
    if (!expected.equals(found)) {
      wrong.add(buyer.name() + " is covered until " + found + " and not " + expected);
    }
  }

  /// One subscription in the books and in truth.
  private final class Comparison {
    private final SubscriptionTruth truth;
    private final Collection<Buyer> buyers;
    private final KnownSubscription known;
    private final List<Subscription> seen;
    private final boolean upToDate;

    Comparison(SubscriptionTruth truth, Collection<Buyer> buyers) {
      this.truth = truth;
      this.buyers = buyers;
      this.known = books.known(truth.token());
      this.seen = shown.of(truth.token());
      this.upToDate =
          !seen.isEmpty() && seen.getLast().isAlike(google.store().subscription(truth.token()));
    }

    void compare() {
      if (truth.owner() == null) {
        expect("rows without owner", 0, known.payments().size());
        expect("acknowledged without owner", false, truth.acknowledged());
        return;
      }
      if (isForWantOfOwner()) {
        return;
      }
      truth.cycles().forEach(this::compare);
      for (RegisteredPayment one : known.payments()) {
        if (truth.cycles().stream().noneMatch(cycle -> isOf(one, cycle))) {
          complain("there is a row that was never paid");
        }
      }
      compareAcknowledgement();
      if (!upToDate && isLive() && seen.stream().allMatch(this::isAnchored)) {
        complain("it was not looked at since it changed");
      }
    }

    /// Whether anybody takes it to entitle to anything now.
    private boolean isLive() {
      return truth.coverageEnd(Books.ALLOWANCE.length()).filter(now::isBefore).isPresent()
          || hasLivePayment();
    }

    private boolean hasLivePayment() {
      return known.payments().stream()
          .map(RegisteredPayment::payment)
          .anyMatch(one -> one.isStanding() && isAfterNow(one.terms().expiry()));
    }

    /// Whether only a payment of ours could have told whose it is, and none did before Google took the
    /// purchase back. When its buyer asks first decides whether it becomes known at all; what has become
    /// known is compared.
    private boolean isForWantOfOwner() {
      if (!known.payments().isEmpty()) {
        return false;
      }
      Origin origin = google.store().subscription(truth.token()).origin();
      boolean told =
          origin.ids() != null
              || (origin.outOfApp() != null && origin.outOfApp().expiredIds() != null);
      return !told && !truth.acknowledged();
    }

    private void compareAcknowledgement() {
      boolean owed =
          known.payments().stream()
              .anyMatch(one -> one.payment().requests().acknowledgement() == Acknowledgement.OWED);
      if (upToDate) {
        expect("acknowledgement owed", false, owed);
      }
      if (truth.acknowledged()) {
        expect("acknowledged and attributed", false, known.payments().isEmpty());
      } else if (upToDate) {
        expect("attributed and not acknowledged", false, hasLivePayment());
      }
    }

    private boolean isAfterNow(@Nullable Instant expiry) {
      return expiry != null && expiry.isAfter(now);
    }

    private void compare(CycleTruth cycle) {
      Optional<Payment> found = find(cycle);
      if (found.isEmpty()) {
        if (!shownWith(cycle.order()).isEmpty()) {
          complain("cycle " + number(cycle) + " is missing");
        }
        return;
      }
      Payment payment = found.get();
      compareOwner(cycle, payment);
      if (payment.hidden()) {
        // The same money is known under its successor, and follows that (`decisions-stores.md`
        // §2.1).
        return;
      }
      Instant revoked = Optional.ofNullable(payment.revocation()).map(Revocation::at).orElse(null);
      if (revoked != null && isForgivenRefund(cycle, revoked)) {
        return;
      }
      if (revoked == null && isForgotten(cycle)) {
        expect("end of cycle " + number(cycle), cycle.termEnd(), payment.termEnd());
        return;
      }
      expect("revocation of cycle " + number(cycle), cycle.revokedAt(), revoked);
      boolean newest = cycle.equals(truth.cycles().getLast());
      if (cycle.revokedAt() != null) {
        // Whoever heard of it late has seen the end that Play states afterwards.
        expect("end of cycle " + number(cycle), cycle.termEnd(), payment.termEnd());
      } else if (isAnchored(cycle.order())) {
        expect(
            "expiry of cycle " + number(cycle),
            newest && upToDate ? cycle.expiry() : shownLast(cycle),
            payment.terms().expiry());
      }
      if (newest && upToDate) {
        expect("flag", truth.renewing(), payment.isRenewing());
        if (isAnchored(cycle.order())) {
          expect("grace", expectedGrace(cycle), payment.terms().grace());
        }
      }
    }

    /// Whether it is revoked because of a refund that took nothing away: heard of after the end of the
    /// subscription, such a refund cannot be told from one that ended it, and counts as that
    /// (`google-play.md` §6.2).
    private boolean isForgivenRefund(CycleTruth cycle, Instant revoked) {
      boolean over = google.store().subscription(truth.token()).phase() instanceof Phase.Expired;
      return over && revoked.equals(cycle.voidedAt()) && !revoked.equals(cycle.revokedAt());
    }

    /// Whether the purchase was read first when Play told of its loss no more: its notifications are kept
    /// for a week, its list of voided purchases reaches back 30 days.
    private boolean isForgotten(CycleTruth cycle) {
      Instant lost = cycle.revokedAt();
      return lost != null
          && google.reads().of(truth.token()).stream()
              .findFirst()
              .filter(first -> first.at().isAfter(lost.plus(LIST_OF_VOIDED)))
              .isPresent();
    }

    private void compareOwner(CycleTruth cycle, Payment payment) {
      expect(
          "binding of cycle " + number(cycle),
          truth.owner(),
          Optional.ofNullable(payment.witnessed().binding())
              .map(binding -> binding.bytes().hex())
              .orElse(null));
      buyers.stream()
          .filter(buyer -> Objects.equals(buyer.googleId(), truth.owner()))
          .map(Buyer::key)
          .findFirst()
          .filter(_ -> payment.isStanding())
          .ifPresent(key -> expect("owner of cycle " + number(cycle), key, owner(payment)));
    }

    private @Nullable MasterKey owner(Payment payment) {
      Payment.Owner owner = payment.owner();
      return owner == null ? null : known.owners().get(owner.account());
    }

    /// Whether nothing about the cycle that counts may be otherwise than in truth.
    boolean isWhole() {
      return !isForWantOfOwner()
          && truth.counting().stream()
              .allMatch(cycle ->
                  find(cycle).isPresent()
                      && isAnchored(cycle.order())
                      && Objects.equals(expectedGrace(cycle), truth.grace()));
    }

    private Optional<Payment> find(CycleTruth cycle) {
      return known.payments().stream()
          .filter(one -> isOf(one, cycle))
          .map(RegisteredPayment::payment)
          .findFirst();
    }

    private boolean isOf(RegisteredPayment one, CycleTruth cycle) {
      return one.payment().key().subscription().equals(truth.token().value())
          && one.payment().key().cycle().equals(cycle.order().value());
    }

    private int number(CycleTruth cycle) {
      return truth.cycles().indexOf(cycle) + 1;
    }

    private List<Subscription> shownWith(OrderId order) {
      return seen.stream()
          .filter(one -> one.newest().map(Cycle::order).filter(order::equals).isPresent())
          .toList();
    }

    private boolean isAnchored(Subscription one) {
      return one.newest().filter(cycle -> !isAnchored(cycle.order())).isEmpty();
    }

    /// Whether its stated end was its paid one when it was shown first, and when it was shown with
    /// another paid end: what is stated during grace, hold and pause, or afterwards, moves no end
    /// (`google-play.md` §5.3).
    private boolean isAnchored(OrderId order) {
      List<Subscription> all = shownWith(order);
      if (all.isEmpty()) {
        return true;
      }
      Instant first = paidUntil(all.getFirst());
      Instant last = paidUntil(all.getLast());
      return Objects.equals(all.getFirst().statedExpiry(), first)
          && (Objects.equals(first, last)
              || all.stream()
                  .anyMatch(one -> isPlain(one) && Objects.equals(paidUntil(one), last)));
    }

    private static boolean isPlain(Subscription one) {
      return one.phase() instanceof Phase.Active || one.phase() instanceof Phase.Canceled;
    }

    private @Nullable Instant shownLast(CycleTruth cycle) {
      List<Subscription> all = shownWith(cycle.order());
      return all.isEmpty() ? cycle.expiry() : paidUntil(all.getLast());
    }

    private static @Nullable Instant paidUntil(Subscription one) {
      return one.newest().map(Cycle::paidUntil).orElse(null);
    }

    /// Only what was shown in its grace period has one in the books.
    private @Nullable Duration expectedGrace(CycleTruth cycle) {
      boolean wasSeen =
          shownWith(cycle.order()).stream().anyMatch(one -> one.phase() instanceof Phase.InGrace);
      return wasSeen ? truth.grace() : null;
    }

    private void expect(String what, @Nullable Object expected, @Nullable Object found) {
      if (!Objects.equals(expected, found)) {
        complain(what + " is " + found + " and not " + expected);
      }
    }

    private void complain(String what) {
      wrong.add(truth.token().value() + ": " + what);
    }
  }
}
