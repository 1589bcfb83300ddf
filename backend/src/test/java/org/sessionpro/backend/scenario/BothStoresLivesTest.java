package org.sessionpro.backend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.NaiveModel;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.google.life.SubscriptionTruth;
import org.sessionpro.simulator.google.life.Truth;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ScriptRunner;

/// Lives by chance of somebody who subscribes in both stores and is granted vouchers as well. Once
/// everything has arrived, the server believes what is true in either store, and covers its customer
/// for as long as they do and vouchers add to that (`decisions-stores.md` §7).
///
/// `-Dlives.both=N` lives more of them, `-Dlives.both.seed=N` begins with another seed.
@ExtendWith(NativeSignatures.class)
class BothStoresLivesTest {
  private static final int LIVES = Integer.getInteger("lives.both", 200);
  private static final long SEED = Long.getLong("lives.both.seed", 20_261_128L);
  private static final int PARTS = 3;
  private static final int EVENTS = 3;
  private static final Duration VOUCHER = Duration.ofDays(10);

  /// More would say the same again.
  private static final int SHOWN = 3;

  @TempDir private Path folder;

  @Test
  void afterTheLastFaultTheServerBelievesBothTruths() {
    System.out.printf("lives with both stores: %d from seed %d%n", LIVES, SEED);
    EmptyDatabases databases = new EmptyDatabases(folder);
    List<String> failed = new ArrayList<>();
    for (int life = 0; life < LIVES; life++) {
      String wrong = live(databases, SEED + life);
      if (!wrong.isEmpty()) {
        failed.add(wrong);
      }
    }
    System.out.printf("lives with both stores: %d of %d went wrong%n", failed.size(), LIVES);

    assertThat(failed.stream().limit(SHOWN)).isEmpty();
  }

  /// What is wrong after a life; empty if nothing is.
  private String live(EmptyDatabases databases, long seed) {
    try (Workplace at = new Workplace(Workplace.Stores.BOTH, databases.next(), folder, seed)) {
      Life life = new Life(at, seed);
      try {
        List<String> wrong = life.live();
        return wrong.isEmpty() ? "" : life.told(String.join("\n", wrong));
      } catch (RuntimeException | AssertionError broken) {
        return life.told(broken.toString());
      }
    }
  }

  /// A life in both stores. Two scripts of the same source have the same people.
  private static final class Life {
    private final Workplace at;
    private final long seed;
    private final ScriptRunner.Session session;
    private final org.sessionpro.simulator.google.life.RandomLife google;
    private final org.sessionpro.simulator.apple.life.RandomLife apple;

    Life(Workplace at, long seed) {
      this.at = at;
      this.seed = seed;
      this.session = at.runner(StoreProvider.GOOGLE).open("life " + seed);
      this.google =
          new org.sessionpro.simulator.google.life.RandomLife(
              at.google(),
              session,
              new org.sessionpro.simulator.google.life.RandomLife.Kind(seed, 1, seed % 3 != 0));
      this.apple =
          new org.sessionpro.simulator.apple.life.RandomLife(
              at.apple(),
              at.runner(StoreProvider.APPLE).open("life " + seed),
              new org.sessionpro.simulator.apple.life.RandomLife.Kind(seed, 1, seed % 3 != 0));
    }

    List<String> live() {
      Random random = new Random(seed);
      for (int part = 0; part < PARTS; part++) {
        google.live(EVENTS);
        // The other life may take longer than Play keeps its notifications.
        at.settle();
        apple.live(EVENTS);
        if (random.nextInt(3) == 0) {
          session.scene().buyers().forEach(this::grant);
        }
      }
      apple.end();
      google.end();
      return differences();
    }

    private void grant(Buyer buyer) {
      new VoucherMint(at.ledger()).mint(buyer.key(), new Plan("1m"), VOUCHER, at.clock().instant());
    }

    private List<String> differences() {
      Instant now = at.clock().instant();
      Collection<Buyer> buyers = session.scene().buyers();
      Truth play = Truth.of(at.google().store(), at.google().reads());
      List<SubscriptionTruth> ofGoogle = play.subscriptions();
      org.sessionpro.simulator.apple.life.Truth ofApple =
          org.sessionpro.simulator.apple.life.Truth.of(at.apple().store());
      TruthCheck check = new TruthCheck(at.google(), at.shown(), at.books(), at.ledger(), now);
      List<String> wrong = new ArrayList<>(check.differencesOfSubscriptions(ofGoogle, buyers));
      AppleTruthCheck appleCheck =
          new AppleTruthCheck(at.books(), at.heard(), at.ledger(), now, buyers);
      wrong.addAll(appleCheck.differencesOfSubscriptions(ofApple));
      wrong.addAll(new OneTimeCheck(at.books()).differences(play.oneTimePurchases()));
      buyers.stream()
          .filter(buyer -> check.isWhole(buyer, ofGoogle))
          .flatMap(buyer -> coverage(buyer, ofGoogle, appleCheck.had(ofApple), now).stream())
          .forEach(wrong::add);
      buyers.stream()
          .flatMap(buyer -> at.books().history(buyer.key()).stream())
          .filter(history -> !losesPartOfACredit(history))
          .flatMap(history -> modelled(history, now).stream())
          .forEach(wrong::add);
      return wrong;
    }

    /// The naive model knows no credit of which a part goes back; [OneTimeCheck] looks at those.
    private static boolean losesPartOfACredit(AccountHistory history) {
      return history.payments().stream()
          .flatMap(one -> one.facts().stream())
          .anyMatch(learned -> learned.fact() instanceof CreditReduced);
    }

    /// What is wrong with how long an account is covered, by the facts that are known of it.
    private static Optional<String> modelled(AccountHistory history, Instant now) {
      Account account = history.stored();
      List<NaiveModel.Row> rows =
          history.payments().stream()
              .map(one ->
                  new NaiveModel.Row(
                      one.id().value(),
                      one.stored().payment().key(),
                      one.facts().stream().map(Learned::fact).toList()))
              .toList();
      Instant settled = Objects.requireNonNullElse(account.creditsCheckpoint(), now);
      Instant expected = new NaiveModel(rows, Books.ALLOWANCE.length()).at(settled).coverage();
      Instant found = account.entitlement().coverageEnd(Books.ALLOWANCE);
      // What nothing entitles to ended when that was computed.
      boolean right = expected == null ? !found.isAfter(now) : expected.equals(found);
      return right
          ? Optional.empty()
          : Optional.of("covered until " + found + " and, by the facts, until " + expected);
    }

    /// What credits add is left to the facts; that they take nothing away shows here.
    private Optional<String> coverage(
        Buyer buyer,
        List<SubscriptionTruth> ofGoogle,
        org.sessionpro.simulator.apple.life.Truth ofApple,
        Instant now) {
      Ledger ledger = at.ledger();
      Instant least =
          Stream.concat(
                  ofGoogle.stream()
                      .filter(one -> one.owner() != null && one.owner().equals(buyer.googleId()))
                      .flatMap(one -> one.coverageEnd(Books.ALLOWANCE.length()).stream()),
                  AppleTruthCheck.coverageEnd(buyer, ofApple).stream())
              .max(Instant::compareTo)
              .filter(now::isBefore)
              .orElse(now);
      Instant found =
          ledger
              .account(buyer.key())
              .map(account -> account.entitlement().coverageEnd(Books.ALLOWANCE))
              .filter(now::isBefore)
              .orElse(now);
      boolean right = hasCredit(buyer) ? !found.isBefore(least) : found.equals(least);
      return !right
          ? Optional.of(buyer.name() + " is covered until " + found + " and not " + least)
          : Optional.empty();
    }

    private boolean hasCredit(Buyer buyer) {
      return at.books().history(buyer.key()).stream()
          .flatMap(history -> history.payments().stream())
          .anyMatch(one -> one.stored().payment().credit() != null);
    }

    String told(String wrong) {
      return "seed %d: %s%nGoogle Play:%n%s%nApp Store:%n%s"
          .formatted(
              seed, wrong, String.join("\n", google.told()), String.join("\n", apple.told()));
    }
  }
}
