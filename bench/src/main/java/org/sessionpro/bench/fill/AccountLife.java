package org.sessionpro.bench.fill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;

/// Draws what one account bought and what became of it, and says so as stores and operators do.
final class AccountLife {
  /// What is provable stays so for a week.
  private static final Duration MARGIN = Duration.ofDays(8);

  /// Refunds are older than the longest entry of a revocation list.
  private static final Duration UNLISTED = Duration.ofDays(40);

  private static final Duration LONG_AGO = Duration.ofDays(400);
  private static final Duration STORE_GRACE = Duration.ofDays(16);
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final int STRANGERS_PERCENT = 1;

  private final MasterKey owner;
  private final Course course;
  private final Random random;
  private final Instant now;

  /// @param random [Population#life(int)] after its course is drawn
  /// @param now whole milliseconds; nothing of this life is later
  AccountLife(MasterKey owner, Course course, Random random, Instant now) {
    this.owner = owner;
    this.course = course;
    this.random = random;
    this.now = now;
  }

  /// The life of an account of `population`.
  static AccountLife of(Population population, int index, MasterKey owner, Instant now) {
    Random random = population.life(index);
    return new AccountLife(owner, Course.draw(random), random, now);
  }

  /// All that the ledger has to learn, in order of time; to be drawn once.
  List<Telling> tellings() {
    Sale sale = Sale.draw(random);
    return switch (course) {
      case RENEWING, CANCELLED -> List.of(subscription(sale, ago(sale.term().minus(MARGIN))));
      case IN_GRACE -> List.of(subscription(sale, ago(Duration.ofDays(3)).minus(sale.term())));
      case EXPIRED -> List.of(subscription(sale, ago(LONG_AGO).minus(sale.term())));
      case REFUNDED -> refunded(sale);
      case CREDIT -> List.of(credit(sale, ago(sale.term().minus(MARGIN))));
      case SPENT_CREDIT -> List.of(credit(sale, ago(LONG_AGO).minus(sale.term())));
      case RENEWING_WITH_CREDIT -> {
        Telling subscription = subscription(sale, ago(sale.term().minus(MARGIN)));
        yield List.of(both(subscription, credit(Sale.MONTHLY, ago(LONG_AGO))));
      }
    };
  }

  /// @param lastPurchase of the newest cycle
  private Telling subscription(Sale sale, Instant lastPurchase) {
    Purchase purchase = Purchase.draw(owner, random);
    int cycles = sale.drawCycles(random);
    Instant first = lastPurchase.minus(sale.term().multipliedBy(cycles - 1L));
    List<Statement> statements = new ArrayList<>();
    for (int number = 0; number < cycles; number++) {
      Instant purchased = first.plus(sale.term().multipliedBy(number));
      List<PaymentFact> facts = new ArrayList<>();
      facts.add(purchase.witnessed(number, sale, purchased));
      facts.add(bought(purchased, purchased.plus(sale.term())));
      if (number == 0) {
        facts.addAll(purchase.ofFirstCycle(purchased));
      }
      facts.addAll(
          number + 1 < cycles
              ? renewed(purchased.plus(sale.term()))
              : end(purchased, purchased.plus(sale.term())));
      ClaimedBy how = number == 0 ? ClaimedBy.TOUCH : ClaimedBy.CONTINUATION;
      Statement.Claim claim = new Statement.Claim(owner, purchased.plus(DELAY), how);
      statements.add(new Statement(purchase.key(number), facts, claim));
    }
    Instant learned = lastOf(statements).plus(DELAY);
    if (random.nextInt(100) < STRANGERS_PERCENT) {
      statements.add(strangers(sale, learned.minus(DELAY)));
    }
    return new Telling(statements, learned);
  }

  private static TermsStated bought(Instant purchased, Instant expiry) {
    return new TermsStated(expiry, null, true, false, purchased, true);
  }

  /// Of a cycle that has a successor.
  private static List<PaymentFact> renewed(Instant successor) {
    return List.of(new TermsStated(null, null, false, null, successor, false));
  }

  /// What the store states of the newest cycle last.
  private List<PaymentFact> end(Instant purchased, Instant expiry) {
    return switch (course) {
      case RENEWING, RENEWING_WITH_CREDIT, REFUNDED, CREDIT, SPENT_CREDIT -> List.of();
      case CANCELLED -> List.of(notRenewing(ago(Duration.between(purchased, now))));
      case EXPIRED -> List.of(notRenewing(expiry));
      case IN_GRACE -> List.of(new TermsStated(null, STORE_GRACE, true, true, expiry, true));
    };
  }

  private static TermsStated notRenewing(Instant statedAt) {
    return new TermsStated(null, null, false, null, statedAt, true);
  }

  private static Instant lastOf(List<Statement> statements) {
    return statements.stream()
        .flatMap(statement -> statement.facts().stream())
        .map(PaymentFact::happenedAt)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private Statement strangers(Sale sale, Instant purchased) {
    Purchase purchase = Purchase.ofStranger(random);
    return Statement.of(
        purchase.key(0),
        purchase.witnessed(0, sale, purchased),
        bought(purchased, purchased.plus(sale.term())));
  }

  private List<Telling> refunded(Sale sale) {
    Instant refund = ago(LONG_AGO).minus(UNLISTED);
    Instant lastPurchase = refund.minus(upTo(Duration.ofDays(20))).minus(Duration.ofHours(1));
    Telling bought = subscription(sale, lastPurchase);
    PaymentKey newest = newest(bought);
    Revoked revoked = new Revoked(refund, RevokedFor.REFUND, false);
    return List.of(bought, new Telling(List.of(Statement.of(newest, revoked)), refund.plus(DELAY)));
  }

  private static PaymentKey newest(Telling bought) {
    return bought.statements().stream()
        .filter(statement -> statement.claim() != null)
        .reduce((_, later) -> later)
        .orElseThrow()
        .key();
  }

  private Telling credit(Sale sale, Instant granted) {
    Witnessed witnessed =
        new Witnessed(
            Product.of(sale.plan()), granted, null, false, Instant.EPOCH, Source.MINT, null);
    UUID order = new UUID(random.nextLong(), random.nextLong());
    Statement statement =
        new Statement(
            PaymentKey.voucher(new OrderId(order.toString())),
            List.of(witnessed, new CreditOpened(sale.term(), granted)),
            new Statement.Claim(owner, granted, ClaimedBy.MINT));
    // Credits are charged once a day.
    Instant charged = ago(Duration.ofDays(1));
    return new Telling(List.of(statement), charged.isBefore(granted) ? granted : charged);
  }

  private static Telling both(Telling one, Telling other) {
    List<Statement> statements = new ArrayList<>(one.statements());
    statements.addAll(other.statements());
    boolean oneIsLater = one.learnedAt().isAfter(other.learnedAt());
    return new Telling(statements, oneIsLater ? one.learnedAt() : other.learnedAt());
  }

  /// An instant of the past, at most `longest` ago.
  private Instant ago(Duration longest) {
    return now.minus(upTo(longest));
  }

  private Duration upTo(Duration longest) {
    return Duration.ofMillis(random.nextLong(longest.toMillis()));
  }
}
