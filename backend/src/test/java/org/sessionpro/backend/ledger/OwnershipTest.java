package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.ledger.OperatorActs.Mode;
import org.sessionpro.backend.ledger.PaymentClaim.Outcome;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;

/// Who a payment may belong to, by what names it is known, and who sees it (`decisions.md` §3–§5,
/// `decisions-stores.md` §2.2).
@ParameterizedClass
@EnumSource(Engine.class)
class OwnershipTest {
  private static final Revoked REFUND = new Revoked(day(1), RevokedFor.REFUND, false);

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

  private static PaymentKey google(String token) {
    return PaymentKey.google(new PurchaseToken(token), new OrderId("o"));
  }

  private void bought(String token, Instant purchased, Instant expiry) {
    it.record(it.cycle(token, "o", purchased, expiry, rawKey(ALICE)), purchased);
    it.ledger.visit(ALICE, purchased, purchased).bind();
  }

  private static Statement apple(
      String original, String transaction, @Nullable Binding binding, PaymentFact... more) {
    List<PaymentFact> facts = new ArrayList<>();
    facts.add(
        new Witnessed(
            Product.of(new Plan("1m")),
            T,
            binding,
            true,
            day(30),
            Source.STORE,
            new TransactionId(transaction)));
    facts.add(new TermsStated(day(30), null, true, false, T, true));
    facts.addAll(List.of(more));
    PaymentKey key =
        PaymentKey.appleLineItem(new TransactionId(original), new OrderId("line-" + original));
    return new Statement(key, facts, null);
  }

  private Outcome add(String transaction) {
    return it.ledger.claim(
        PaymentClaim.of(ALICE, new PaymentName.Apple(new TransactionId(transaction))), day(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = ClaimedBy.class,
      names = {"TOUCH", "ADD", "CONTINUATION", "TOKEN", "MINT", "DEV", "OPERATOR"})
  void nobodyIsGivenADeadPayment(ClaimedBy how) {
    List<PaymentFact> facts = new ArrayList<>(it.cycle("A", "o", T, day(30), null).facts());
    facts.add(REFUND);

    it.record(new Statement(google("A"), facts, new Statement.Claim(ALICE, day(1), how)), day(1));

    assertThat(it.ledger.account(ALICE)).isEmpty();
  }

  @Test
  void anImportedOwnerKeepsADeadPayment() {
    List<PaymentFact> facts = new ArrayList<>(it.cycle("A", "o", T, day(30), null).facts());
    facts.add(REFUND);
    Statement.Claim claim = new Statement.Claim(ALICE, day(1), ClaimedBy.IMPORT);

    it.record(new Statement(google("A"), facts, claim), day(1));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(1));
  }

  @Test
  void aPaymentThatIsGivenAndRevokedAtOnceOpensAnAccountThatHasEnded() {
    Statement given =
        new Statement(
            google("A"),
            it.cycle("A", "o", T, day(30), null).facts(),
            new Statement.Claim(ALICE, T, ClaimedBy.TOKEN));

    it.ledger.record(List.of(given, Statement.of(google("A"), REFUND)), day(2));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(1));
    assertThat(it.ledger.ticket().value()).isZero();
  }

  @Test
  void aReinstatedPaymentMayBeClaimed() {
    it.record(it.cycle("A", "o", T, day(30), rawKey(ALICE)), T);
    it.record(Statement.of(google("A"), REFUND), day(1));

    it.record(Statement.of(google("A"), new Reinstated(day(2))), day(2));

    assertThat(it.ledger.visit(ALICE, day(3), day(3)).bind()).isTrue();
  }

  @Test
  void anAppStorePurchaseIsKnownByEveryTransactionThatStoodForIt() {
    it.record(apple("100", "101", null, new AliasSeen(new TransactionId("102"), day(1))), day(1));

    assertThat(add("102")).isEqualTo(new Outcome.Bound());
    assertThat(add("101")).isEqualTo(new Outcome.AlreadyOwned());
    assertThat(add("103")).isEqualTo(new Outcome.NotClaimable());
  }

  @Test
  void aNameStaysWithThePaymentThatHadItFirst() {
    it.record(apple("100", "101", null), T);
    it.record(apple("200", "201", null, new AliasSeen(new TransactionId("101"), T)), T);

    add("101");

    assertThat(it.page(ALICE, null, 10).orElseThrow().payments())
        .extracting(p -> p.payment().key().subscription())
        .containsExactly("100");
  }

  @Test
  void theSameNameAgainIsNoNews() {
    AliasSeen alias = new AliasSeen(new TransactionId("102"), day(1));
    it.record(apple("100", "101", null, alias), day(1));
    it.record(apple("100", "101", null, alias), day(2));

    add("101");

    assertThat(factsOf(ALICE)).filteredOn(AliasSeen.class::isInstance).hasSize(1);
  }

  @Test
  void aBindingThatIsLearnedLaterMakesAPurchaseClaimable() {
    it.record(apple("100", "101", null), T);
    assertThat(it.ledger.visit(ALICE, T, T).bind()).isFalse();
    Binding token = Binding.apple(StoreBindings.of(ALICE).appleToken());

    it.record(apple("100", "101", null, new BindingStated(token, day(1))), day(1));

    assertThat(it.ledger.visit(ALICE, day(1), day(1)).bind()).isTrue();
  }

  @Test
  void aHiddenPaymentIsNeitherShownNorCountedButCovers() {
    bought("A", T, day(30));
    bought("B", day(1), day(20));

    it.record(Statement.of(google("A"), new Hidden(day(2))), day(2));

    Ledger.History history = it.page(ALICE, null, 10).orElseThrow();
    Ledger.Details details = it.ledger.details(ALICE, 10, day(3)).orElseThrow();
    assertThat(history.total()).isEqualTo(1);
    assertThat(history.payments()).extracting(p -> p.payment().key()).containsExactly(google("B"));
    assertThat(details.total()).isEqualTo(1);
    assertThat(details.newest()).hasSize(1);
    assertThat(it.ledger.status(ALICE, day(3)).orElseThrow().latest().payment().key())
        .isEqualTo(google("B"));
    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
  }

  private void reattribute() {
    var _ = it.ledger.operator().reattribute(google("A"), BOB, "lost key", Mode.APPLIED, day(10));
  }

  @Test
  void aReattributedSubscriptionTakesItsProofsFromTheOldKey() {
    bought("A", T, day(365));
    var tag = it.account(ALICE).generation().tag();

    reattribute();

    assertThat(it.account(BOB).entitlement().expiry()).isEqualTo(day(365));
    assertThat(it.account(BOB).generation().tag()).isNotEqualTo(tag);
    assertThat(it.ledger.revocations(day(10), Duration.ofDays(31)).revoked())
        .extracting(RevokedTag::tag)
        .containsExactly(tag);
  }

  @Test
  void anAccountLeftWithoutPaymentsAnswersAsUnknown() {
    bought("A", T, day(365));

    reattribute();

    assertThat(it.ledger.account(ALICE)).isEmpty();
    assertThat(it.ledger.status(ALICE, day(10))).isEmpty();
    assertThat(it.ledger.details(ALICE, 10, day(10))).isEmpty();
    assertThat(it.page(ALICE, null, 10).orElseThrow().total()).isZero();
  }

  @Test
  void anAccountThatWasLeftWithoutPaymentsComesBackUnderANewTag() {
    bought("A", T, day(365));
    var tag = it.account(ALICE).generation().tag();
    reattribute();

    it.voucher(ALICE, 30, day(20));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(50));
    assertThat(it.account(ALICE).generation().isRevoked()).isFalse();
    assertThat(it.account(ALICE).generation().tag()).isNotEqualTo(tag);
  }

  @Test
  void aRenewalFollowsTheReattribution() {
    bought("A", T, day(30));
    reattribute();

    it.record(it.cycle("A", "o..0", day(30), day(60), rawKey(ALICE)), day(30));

    assertThat(it.account(BOB).entitlement().expiry()).isEqualTo(day(60));
    assertThat(it.ledger.account(ALICE)).isEmpty();
  }

  @Test
  void aRenewalFollowsTheReattributionHoweverLateItIs() {
    bought("A", T, day(30));
    reattribute();

    it.record(it.cycle("A", "o..0", day(200), day(230), rawKey(ALICE)), day(200));
    it.record(it.cycle("A", "o..1", day(400), day(430), rawKey(ALICE)), day(400));

    assertThat(it.account(BOB).entitlement().expiry()).isEqualTo(day(430));
    assertThat(it.ledger.visit(ALICE, day(401), day(401)).bind()).isFalse();
  }

  @Test
  void nobodyIsGivenASubscriptionThatIsUnknown() {
    assertThatThrownBy(this::reattribute).isInstanceOf(NoSuchElementException.class);
    assertThat(it.ledger.account(BOB)).isEmpty();
  }

  private List<PaymentFact> factsOf(MasterKey owner) {
    var payment = it.page(owner, null, 1).orElseThrow().payments().getFirst();
    return it.database.read(handle -> FactTable.of(handle, payment.id()));
  }

  @Test
  void whatTheFallRuleClaimsIsContinued() {
    bought("A", T, day(365));
    it.record(it.cycle("B", "1", T, day(30), rawKey(ALICE)), day(1));
    it.record(it.cycle("B", "2", day(30), day(300), null), day(1));

    it.record(Statement.of(google("A"), new Revoked(day(2), RevokedFor.REFUND, false)), day(2));

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(300));
    assertThat(it.ledger.ticket().value()).isZero();
  }

  @Test
  void aSuccessorBoughtInGraceFollowsTheOwnerWhoClaimsTheOldCycleLater() {
    // decisions.md §5, continuation: by the flag as it was before its successor took it.
    it.record(it.cycle("A", "1", T, day(30), rawKey(ALICE)), T);
    TermsStated succeeded = new TermsStated(null, null, false, null, day(33), true);
    PaymentKey first = PaymentKey.google(new PurchaseToken("A"), new OrderId("1"));
    it.ledger.record(
        List.of(it.cycle("A", "2", day(33), day(63), null), Statement.of(first, succeeded)),
        day(33));

    it.ledger.visit(ALICE, day(40), day(40)).bind();

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(63));
  }

  @Test
  void aPurchaseAfterACancelledCycleHasEndedIsNotContinuedByALaterClaim() {
    it.record(it.cycle("A", "1", T, day(30), rawKey(ALICE)), T);
    PaymentKey first = PaymentKey.google(new PurchaseToken("A"), new OrderId("1"));
    it.record(
        Statement.of(first, new TermsStated(null, null, false, null, day(20), true)), day(20));
    it.record(it.cycle("A", "2", day(33), day(63), null), day(33));

    it.ledger.visit(ALICE, day(40), day(40)).bind();

    assertThat(it.account(ALICE).entitlement().expiry()).isEqualTo(day(30));
  }

  @Test
  void neitherACreditNorAnotherSubscriptionWidensTheDeadlineOfAContinuation() {
    // entitlement.md §4.2
    bought("B", T, day(200));
    it.voucher(ALICE, 365, T);
    it.record(it.cycle("A", "1", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    PaymentKey first = PaymentKey.google(new PurchaseToken("A"), new OrderId("1"));
    it.record(
        Statement.of(first, new TermsStated(null, null, false, null, day(20), true)), day(20));

    it.record(it.cycle("A", "2", day(33), day(63), null), day(33));

    assertThat(it.ledger.page(ALICE, null, 10, day(40)).orElseThrow().total()).isEqualTo(3);
  }

  @Test
  void aCycleThatIsHeardOfAfterItsSuccessorFindsTheOwnerAllTheSame() {
    it.record(it.cycle("A", "1", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    PaymentKey first = PaymentKey.google(new PurchaseToken("A"), new OrderId("1"));
    it.ledger.record(
        List.of(
            it.cycle("A", "3", day(63), day(93), null),
            Statement.of(first, new TermsStated(null, null, false, null, day(63), true))),
        day(63));

    it.record(it.cycle("A", "2", day(33), day(63), null), day(70));

    assertThat(it.ledger.page(ALICE, null, 10, day(70)).orElseThrow().total()).isEqualTo(3);
  }

  @Test
  void aDeadCycleIsNotContinuedButPassesItsOwnerOn() {
    it.record(it.cycle("A", "1", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
    PaymentKey second = PaymentKey.google(new PurchaseToken("A"), new OrderId("2"));
    it.ledger.record(
        List.of(
            it.cycle("A", "2", day(30), day(60), null),
            Statement.of(second, new Revoked(day(120), RevokedFor.SUPERSEDED, false)),
            it.cycle("A", "3", day(120), day(150), null)),
        day(121));

    assertThat(it.ledger.page(ALICE, null, 10, day(121)).orElseThrow().payments())
        .extracting(one -> one.payment().key().cycle())
        .containsExactlyInAnyOrder("1", "3");
  }
}
