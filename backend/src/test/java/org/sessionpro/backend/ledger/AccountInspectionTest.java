package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

@ParameterizedClass
@EnumSource(Engine.class)
class AccountInspectionTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private Found find(String text) {
    return it.ledger.inspection().find(Sought.of(text));
  }

  private Found.OneAccount one(String text) {
    return (Found.OneAccount) find(text);
  }

  private static List<String> cycles(List<PaymentHistory> payments) {
    return payments.stream().map(p -> p.stored().payment().key().cycle()).toList();
  }

  /// Two cycles of one Google subscription, both Alice's.
  private void twoCycles() {
    it.record(it.cycle("token", "order-1", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    it.record(it.cycle("token", "order-2", day(30), day(60), rawKey(ALICE)), day(30));
  }

  /// A cycle of the App Store, known by its line item, its transaction and the original one.
  private void appleCycle(MasterKey owner) {
    PaymentKey key =
        PaymentKey.appleLineItem(new TransactionId("original"), new OrderId("line-item"));
    Witnessed witnessed =
        new Witnessed(
            Product.of(new Plan("1m")),
            T,
            null,
            true,
            day(30),
            Source.STORE,
            new TransactionId("transaction"));
    TermsStated terms = new TermsStated(day(30), null, true, false, T, true);
    it.record(
        new Statement(key, List.of(witnessed, terms), new Statement.Claim(owner, T, ClaimedBy.ADD)),
        T);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x"})
  void anAccountIsFoundByItsKey(String prefix) {
    twoCycles();

    Found.OneAccount found = one(prefix + ALICE.hex());

    assertThat(found.history().owner()).isEqualTo(ALICE);
    assertThat(found.named()).isEmpty();
    assertThat(cycles(found.history().payments())).containsExactly("order-1", "order-2");
  }

  @Test
  void aKeyIsFoundInUpperCaseToo() {
    twoCycles();

    assertThat(find(ALICE.hex().toUpperCase(Locale.ROOT))).isInstanceOf(Found.OneAccount.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-1", "token|order-1"})
  void aGoogleCycleIsFoundByItsOrderAndByItsPaymentId(String id) {
    twoCycles();

    Found.OneAccount found = one(id);

    assertThat(found.named()).containsExactly(found.history().payments().getFirst().id());
  }

  @Test
  void aTokenNamesEveryCycleOfItsSubscription() {
    twoCycles();

    assertThat(one("token").named()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"line-item", "transaction", "original"})
  void anAppStoreCycleIsFoundByEachOfItsIds(String id) {
    appleCycle(ALICE);

    assertThat(one(id).named()).hasSize(1);
  }

  @Test
  void anAppStoreCycleWithoutLineItemIsFoundByItsTransaction() {
    PaymentKey key =
        PaymentKey.appleTransaction(new TransactionId("original"), new TransactionId("first"));
    Witnessed witnessed =
        new Witnessed(Product.of(new Plan("1m")), T, null, true, day(30), Source.STORE, null);
    it.record(
        Statement.of(key, witnessed, new TermsStated(day(30), null, true, false, T, true)), T);

    assertThat(find("first")).isInstanceOf(Found.Unclaimed.class);
  }

  @Test
  void aVoucherIsFoundByItsOrder() {
    String order = it.mint.mint(BOB, new Plan("1m"), LedgerFixture.DAY, T).orderId().value();

    assertThat(one(order).history().owner()).isEqualTo(BOB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "order-1 ", "token|order-9", "order", "|order-1", "'; --"})
  void nothingIsFoundByAnotherName(String id) {
    twoCycles();

    assertThat(find(id)).isEqualTo(new Found.Nothing());
  }

  @Test
  void anUnknownKeyIsNothing() {
    assertThat(find(ALICE.hex())).isEqualTo(new Found.Nothing());
  }

  @Test
  void anUnclaimedPaymentIsFoundByItsOrder() {
    it.record(it.cycle("token", "order-1", T, day(30), rawKey(ALICE)), T);

    Found.Unclaimed found = (Found.Unclaimed) find("order-1");

    assertThat(cycles(found.payments())).containsExactly("order-1");
  }

  @Test
  void aKeyWithoutAccountShowsWhatWaitsForIt() {
    it.record(it.cycle("token", "order-1", T, day(30), rawKey(ALICE)), T);

    Found.Unclaimed found = (Found.Unclaimed) find(ALICE.hex());

    assertThat(cycles(found.payments())).containsExactly("order-1");
  }

  @Test
  void anAccountShowsWhatWaitsForItsOwner() {
    it.voucher(ALICE, 30, T);
    it.record(it.cycle("token", "order-1", T, day(30), rawKey(ALICE)), T);

    assertThat(cycles(one(ALICE.hex()).history().unclaimed())).containsExactly("order-1");
  }

  @Test
  void anUnclaimedCycleOfAnOwnedSubscriptionIsShownOnce() {
    twoCycles();
    it.record(it.cycle("token", "order-3", day(300), day(330), rawKey(ALICE)), day(300));

    Found.OneAccount found = one("token");

    assertThat(cycles(found.history().unclaimed())).containsExactly("order-3");
    assertThat(found.named()).hasSize(3);
  }

  @Test
  void anIdOfTwoOwnersIsNotGuessed() {
    twoCycles();
    it.record(it.cycle("token", "order-3", day(300), day(330), rawKey(BOB)), day(300));
    it.ledger.visit(BOB, day(300), day(300)).bind();

    assertThat(find("token")).isEqualTo(new Found.SeveralAccounts(2));
    assertThat(one("order-3").history().owner()).isEqualTo(BOB);
  }

  @Test
  void everyFactComesWithBothClocks() {
    Instant learned = T.plusSeconds(7);
    it.record(it.cycle("token", "order-1", T, day(30), rawKey(ALICE)), learned);
    it.ledger.visit(ALICE, T.plusSeconds(8), T.plusSeconds(9)).bind();

    PaymentHistory payment = one("order-1").history().payments().getFirst();

    assertThat(payment.facts()).extracting(Learned::number).containsExactly(1, 2, 3);
    assertThat(payment.facts())
        .extracting(Learned::at)
        .containsExactly(learned, learned, T.plusSeconds(9));
    assertThat(payment.facts().getLast().fact())
        .isInstanceOfSatisfying(
            Claimed.class, claimed -> assertThat(claimed.at()).isEqualTo(T.plusSeconds(8)));
  }

  @Test
  void thePastShowsAPaymentBeforeItWasClaimed() {
    it.record(it.cycle("token", "order-1", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, day(2), day(2)).bind();
    AccountHistory history = one("order-1").history();

    assertThat(history.asOf(day(1)).bound()).isEmpty();
    assertThat(history.asOf(day(1)).waiting()).hasSize(1);
    assertThat(history.asOf(day(1)).generations()).isEmpty();
    assertThat(history.asOf(day(2)).bound())
        .extracting(RegisteredPayment::payment)
        .containsExactly(history.payments().getFirst().stored().payment());
    assertThat(history.asOf(day(2)).waiting()).isEmpty();
  }

  @Test
  void beforeAnythingWasLearnedNothingIsKnown() {
    twoCycles();

    assertThat(one(ALICE.hex()).history().asOf(T.minusSeconds(1)).waiting()).isEmpty();
  }

  /// Both engines say in their plan which way they go; neither may read the whole table.
  @Test
  void lookUpsAreAnsweredByIndexes() {
    twoCycles();
    List<String> plan =
        it.database.read(handle -> {
          if (engine == Engine.POSTGRESQL) {
            // With a handful of rows PostgreSQL would rather read them all.
            handle.execute("SET enable_seqscan = off");
          }
          String explain = engine == Engine.POSTGRESQL ? "EXPLAIN " : "EXPLAIN QUERY PLAN ";
          try {
            return handle
                .createQuery(explain + PaymentSearch.BY_ANY_ID)
                .bind("id", "a")
                .bind("lineItem", "b")
                .bind("transaction", "c")
                .map((row, _) -> row.getString(engine == Engine.POSTGRESQL ? 1 : 4))
                .list();
          } finally {
            if (engine == Engine.POSTGRESQL) {
              handle.execute("RESET enable_seqscan");
            }
          }
        });

    assertThat(String.join("\n", plan))
        .contains("payments_of_cycle", "payment_aliases")
        .doesNotContain("Seq Scan", "SCAN payments");
  }
}
