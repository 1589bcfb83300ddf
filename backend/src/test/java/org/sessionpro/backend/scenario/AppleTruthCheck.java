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
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.life.CycleTruth;
import org.sessionpro.simulator.apple.life.SubscriptionTruth;
import org.sessionpro.simulator.apple.life.Truth;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.StoreCycle;

/// What a server believes of the App Store, compared with the simulator's truth (`decisions-stores.md`
/// §7): beginning, expiry, revocation and owner of each cycle, flag and grace of the newest, what is
/// granted for what was bought once, and the end of the coverage of each account that has no such thing.
/// The store's history shows every cycle, so none may be missing; a grace is stated while it lasts, so
/// that one that nobody heard of then is in no books.
final class AppleTruthCheck {
  /// What everything that is bought once grants.
  private static final Duration CREDIT = Duration.ofDays(30);

  private final Books books;
  private final Hearing hearing;
  private final Ledger ledger;
  private final Instant now;
  private final Collection<Buyer> buyers;
  private final List<String> wrong = new ArrayList<>();

  /// What somebody who believes Apple has heard of that Apple states while it lasts, and never again.
  @FunctionalInterface
  interface Hearing {
    /// Whether it was ever heard that access goes on until then.
    boolean ofGrace(TransactionId original, Instant until);

    /// Whether it was heard between two refunds of a cycle that the first one was taken back.
    default boolean ofReversal(CycleTruth cycle, Instant first, Instant second) {
      return true;
    }
  }

  /// @param now the simulated time
  AppleTruthCheck(Books books, Ledger ledger, Instant now, Collection<Buyer> buyers) {
    this(books, (_, _) -> true, ledger, now, buyers);
  }

  /// @param hearing of what the books may be expected to hold
  /// @param now the simulated time
  AppleTruthCheck(
      Books books, Hearing hearing, Ledger ledger, Instant now, Collection<Buyer> buyers) {
    this.books = books;
    this.hearing = hearing;
    this.ledger = ledger;
    this.now = now;
    this.buyers = buyers;
  }

  /// What is wrong, each in a few words, the end of coverage included; empty if nothing is.
  List<String> differences(Truth truth) {
    compareSubscriptions(truth);
    Truth had = had(truth);
    for (Buyer buyer : buyers) {
      if (!isShopper(buyer, truth)) {
        compareCoverage(buyer, had);
      }
    }
    return wrong;
  }

  /// The truth but for what nobody ever had, because it was taken back before its owner was heard of
  /// (`decisions-stores.md` §2.2, dead pending).
  Truth had(Truth truth) {
    return new Truth(truth.subscriptions().stream().map(one -> new Comparison(one).had()).toList());
  }

  /// The same, but for the end of coverage.
  List<String> differencesOfSubscriptions(Truth truth) {
    compareSubscriptions(truth);
    return wrong;
  }

  private void compareSubscriptions(Truth truth) {
    truth.subscriptions().forEach(one -> new Comparison(one).compare());
  }

  /// Whose coverage follows from what is left of credits too.
  private static boolean isShopper(Buyer buyer, Truth truth) {
    return truth.subscriptions().stream()
        .filter(one -> !one.renews())
        .flatMap(one -> one.cycles().stream())
        .anyMatch(cycle -> cycle.token() != null && cycle.token().equals(buyer.appleToken()));
  }

  /// What is over has its end in the books only.
  private void compareCoverage(Buyer buyer, Truth truth) {
    Instant expected = until(coverageEnd(buyer, truth));
    Instant found =
        until(
            ledger
                .account(buyer.key())
                .map(account -> account.entitlement().coverageEnd(Books.ALLOWANCE)));
    if (!expected.equals(found)) {
      wrong.add(buyer.name() + " is covered until " + found + " and not " + expected);
    }
  }

  private Instant until(Optional<Instant> end) {
    return end.filter(now::isBefore).orElse(now);
  }

  /// Until when subscriptions cover somebody in truth; empty if none ever did.
  static Optional<Instant> coverageEnd(Buyer buyer, Truth truth) {
    return Optional.ofNullable(buyer.appleToken())
        .flatMap(token -> truth.coverageEnd(token, Books.ALLOWANCE.length()));
  }

  /// One subscription in the books and in truth.
  private final class Comparison {
    private final SubscriptionTruth truth;
    private final KnownSubscription known;

    Comparison(SubscriptionTruth truth) {
      this.truth = truth;
      this.known = books.known(truth.original());
    }

    void compare() {
      truth.cycles().forEach(this::compare);
      long strangers =
          known.payments().stream()
              .map(one -> one.payment().key())
              .filter(key -> truth.cycles().stream().noneMatch(cycle -> key(cycle).equals(key)))
              .count();
      expect("rows that were never paid", 0L, strangers);
    }

    SubscriptionTruth had() {
      return new SubscriptionTruth(
          truth.original(),
          truth.ownership(),
          truth.cycles().stream().map(it -> isDead(it) ? ofNobody(it) : it).toList(),
          truth.renewing(),
          truth.grace(),
          truth.renews());
    }

    private boolean isDead(CycleTruth cycle) {
      return known.payments().stream()
          .map(RegisteredPayment::payment)
          .filter(one -> one.key().equals(key(cycle)))
          .anyMatch(one -> one.owner() == null && !one.isStanding());
    }

    private static CycleTruth ofNobody(CycleTruth it) {
      return new CycleTruth(
          it.transaction(), it.lineItem(), it.product(), it.term(), it.loss(), it.token(), null);
    }

    private PaymentKey key(CycleTruth cycle) {
      TransactionId lineItem = cycle.lineItem();
      return Books.key(
          new StoreCycle.OfApple(
              truth.original(),
              cycle.transaction(),
              lineItem == null ? null : new OrderId(lineItem.value())));
    }

    private void compare(CycleTruth cycle) {
      String name = "cycle " + (truth.cycles().indexOf(cycle) + 1);
      Optional<Payment> found =
          known.payments().stream()
              .map(RegisteredPayment::payment)
              .filter(one -> one.key().equals(key(cycle)))
              .findFirst();
      if (found.isEmpty()) {
        complain(name + " is missing");
        return;
      }
      Payment payment = found.get();
      expect("beginning of " + name, cycle.purchasedAt(), payment.witnessed().purchasedAt());
      CycleTruth.Loss loss = cycle.loss();
      Revocation revocation = payment.revocation();
      if (!isOfFormerRefund(cycle, revocation)) {
        expect(
            "loss of " + name,
            loss == null ? null : loss.at() + " " + loss.reason(),
            revocation == null ? null : told(revocation));
      }
      if (truth.renews()) {
        expect("expiry of " + name, cycle.term().expiry(), payment.terms().expiry());
      } else {
        // Where it ends is ours to tell.
        Payment.Credit credit = payment.credit();
        expect("credit of " + name, CREDIT, credit == null ? null : credit.granted());
      }
      compareOwner(cycle, payment, name);
      if (cycle.equals(truth.cycles().getLast())) {
        expect("flag", truth.renewing() && loss == null, payment.isRenewing());
        expect("grace", expectedGrace(cycle), payment.terms().grace());
      }
    }

    private @Nullable Duration expectedGrace(CycleTruth newest) {
      Instant end = newest.term().expiry();
      Duration grace = truth.grace();
      return end != null && grace != null && hearing.ofGrace(truth.original(), end.plus(grace))
          ? grace
          : null;
    }

    /// Whether it is of a refund before the present one. Of two refunds the earlier one counts until it is
    /// heard that it was taken back (`decisions-stores.md` §3.2).
    private boolean isOfFormerRefund(CycleTruth cycle, @Nullable Revocation revocation) {
      CycleTruth.Loss loss = cycle.loss();
      return revocation != null
          && loss != null
          && loss.reason() == CycleTruth.Reason.REFUND
          && revocation.reason() == RevokedFor.REFUND
          && revocation.at().isBefore(loss.at())
          && !hearing.ofReversal(cycle, revocation.at(), loss.at());
    }

    private static String told(Revocation revocation) {
      return revocation.at() + " " + revocation.reason();
    }

    /// What was taken back before its owner was heard of stays without one.
    private void compareOwner(CycleTruth cycle, Payment payment, String name) {
      @Nullable MasterKey expected =
          buyers.stream()
              .filter(buyer -> cycle.owner() != null && cycle.owner().equals(buyer.appleToken()))
              .map(Buyer::key)
              .findFirst()
              .orElse(null);
      Payment.Owner owner = payment.owner();
      if (owner != null || payment.isStanding()) {
        expect(
            "owner of " + name,
            expected,
            owner == null ? null : known.owners().get(owner.account()));
      }
    }

    private void expect(String what, @Nullable Object expected, @Nullable Object found) {
      if (!Objects.equals(expected, found)) {
        complain(what + " is " + found + " and not " + expected);
      }
    }

    private void complain(String what) {
      wrong.add(truth.original().value() + ": " + what);
    }
  }
}
