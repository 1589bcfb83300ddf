package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.entitlement.ToldPast;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.google.Convergence.Applied;
import org.sessionpro.backend.store.google.Convergence.HeldLoss;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// What a ledger holds of a few purchases, kept by the same reducer: each look converges, and what
/// follows is applied.
final class Shelf {
  static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  static final PurchaseToken ONE = new PurchaseToken("token-one");
  static final PurchaseToken TWO = new PurchaseToken("token-two");
  static final AccountId ALICE = new AccountId(1);
  static final MasterKey ALICE_KEY = new MasterKey(ByteString.fromHex("a1".repeat(32)));
  static final Binding ALICE_ID = new Binding(ALICE_KEY.bytes());
  static final Binding BOB_ID = new Binding(ByteString.fromHex("b0".repeat(32)));
  static final ProductId CREDIT = new ProductId("thirty_days");
  static final Catalogue CATALOGUE =
      new Catalogue(
          PlayRecord.PRO,
          Map.of(
              new BasePlanId("session-pro-1-month"), new Plan("1m"),
              new BasePlanId("session-pro-12-months"), new Plan("1y")),
          Map.of(CREDIT, new Plan("30d")),
          false);

  private static final Continuation CONTINUATION =
      new Continuation(new RenewalAllowance(Duration.ofHours(1)));

  private final Map<PaymentKey, RegisteredPayment> payments = new LinkedHashMap<>();
  private final Map<PaymentId, List<PaymentFact>> told = new HashMap<>();
  private final Map<SubscriptionKey, List<SubscriptionFact>> facts = new HashMap<>();
  private final Map<PurchaseToken, Instant> statedAt = new HashMap<>();
  private final Map<PurchaseToken, Instant> heldSince = new HashMap<>();
  private final GoogleConverge converge;
  private OneTimeConverge oneTime;
  private @Nullable Instant hint;
  private @Nullable Instant owedSince;

  Shelf() {
    this(CATALOGUE);
  }

  Shelf(Catalogue catalogue) {
    converge = new GoogleConverge(catalogue, CONTINUATION);
    oneTime = new OneTimeConverge(catalogue);
  }

  /// Other things are bought once from now on.
  void reconfigured(Map<ProductId, Plan> oneTimeProducts) {
    oneTime =
        new OneTimeConverge(
            new Catalogue(CATALOGUE.subscription(), CATALOGUE.basePlans(), oneTimeProducts, false));
  }

  static Instant day(long days) {
    return T.plus(Duration.ofDays(days));
  }

  static Instant minutes(long minutes) {
    return T.plus(Duration.ofMinutes(minutes));
  }

  /// What makes the next look happen happened at `at`.
  Shelf hinted(@Nullable Instant at) {
    hint = at;
    return this;
  }

  /// Since when the next look is owed, if not since it happens.
  Shelf owedSince(Instant at) {
    owedSince = at;
    return this;
  }

  void hear(PurchaseToken token, SubscriptionFact fact) {
    List<SubscriptionFact> known =
        facts.computeIfAbsent(SubscriptionKey.google(token), _ -> new ArrayList<>());
    if (!fact.addsNothingTo(known)) {
      known.add(fact);
    }
  }

  void hear(PurchaseToken token, SubscriptionFact.Loss loss, String order, Instant at) {
    hear(
        token,
        new LossHeard(
            loss, new OrderId(order), null, null, at, SubscriptionFact.HeardFrom.NOTIFICATION));
  }

  /// The record of a purchase is read at `at`.
  Convergence look(PurchaseToken token, PlayRecord record, Instant at) {
    SubscriptionResource resource = record.resource();
    return carriedOut(
        token, at, converge.subscription(resource, known(token), occasion(token, at)));
  }

  /// As [#look], where something must follow.
  Applied apply(PurchaseToken token, PlayRecord record, Instant at) {
    return (Applied) look(token, record, at);
  }

  Applied gone(PurchaseToken token, Instant at) {
    return (Applied) carriedOut(token, at, converge.gone(known(token), occasion(token, at)));
  }

  Convergence lookOnce(PurchaseToken token, ProductResource resource, Instant at) {
    return carriedOut(token, at, oneTime.purchase(resource, known(token), occasion(token, at)));
  }

  Applied goneOnce(PurchaseToken token, Instant at) {
    return (Applied) carriedOut(token, at, oneTime.gone(known(token), occasion(token, at)));
  }

  private Occasion occasion(PurchaseToken token, Instant at) {
    Occasion occasion =
        new Occasion(token, hint, owedSince == null ? at : owedSince, at, at.plusSeconds(1));
    hint = null;
    owedSince = null;
    return occasion;
  }

  private Convergence carriedOut(PurchaseToken token, Instant at, Convergence convergence) {
    if (convergence instanceof HeldLoss) {
      heldSince.putIfAbsent(token, at.plusSeconds(1));
    }
    if (convergence instanceof Applied applied) {
      heldSince.remove(token);
      applied.statements().forEach(this::record);
      applied.facts().forEach(fact -> hear(token, fact));
      if (applied.state() != null) {
        statedAt.merge(token, at, (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return convergence;
  }

  private void record(Statement statement) {
    PaymentKey key = statement.key();
    RegisteredPayment known = payments.get(key);
    Payment payment =
        known == null
            ? Payment.replay(key, statement.facts())
            : known.payment().apply(statement.facts());
    if (statement.claim() != null) {
      payment = payment.apply(new Claimed(ALICE, statement.claim().at(), statement.claim().how()));
    }
    PaymentId id = known == null ? new PaymentId(payments.size() + 1L) : known.id();
    RegisteredPayment row = new RegisteredPayment(id, payment);
    List<RegisteredPayment> before =
        payments.values().stream()
            .filter(one -> one.payment().key().sameSubscription(key))
            .filter(one -> !one.id().equals(id))
            .toList();
    told.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(statement.facts());
    var owner =
        CONTINUATION.owner(
            row,
            before,
            new ToldPast(one -> told.getOrDefault(one, List.of())),
            _ -> Binding.OwnerIds.of(ALICE_KEY));
    payments.put(
        key,
        owner.isEmpty() ? row : row.apply(new Claimed(owner.get(), T, ClaimedBy.CONTINUATION)));
  }

  /// Every purchase is the other's relation here; what is not asked for is not looked at.
  private Known known(PurchaseToken token) {
    return new Known(
        List.copyOf(payments.values()),
        facts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> List.copyOf(e.getValue()))),
        successors(token),
        Map.of(ALICE, ALICE_KEY),
        statedAt.get(token),
        heldSince.get(token));
  }

  private Set<PurchaseToken> successors(PurchaseToken token) {
    Linked link = new Linked(SubscriptionKey.google(token), T);
    return facts.entrySet().stream()
        .filter(entry -> link.addsNothingTo(entry.getValue()))
        .map(entry -> new PurchaseToken(entry.getKey().value()))
        .collect(Collectors.toSet());
  }

  /// A renewing payment of [#ALICE] that nothing names her on, as a takeover may bring it.
  void takeOver(PurchaseToken token, String order, Instant purchased, Instant expiry) {
    PaymentKey key = key(token, order);
    record(
        Statement.of(
            key,
            new Witnessed(
                Product.of(new Plan("1m")), purchased, null, true, purchased, Source.IMPORT, null),
            new TermsStated(expiry, null, true, false, purchased, true)));
    claim(token, order);
  }

  /// The owner asks for something, and gets what waits.
  void claim(PurchaseToken token, String order) {
    add(token, order, new Claimed(ALICE, T, ClaimedBy.TOUCH));
  }

  void add(PurchaseToken token, String order, PaymentFact fact) {
    payments.computeIfPresent(key(token, order), (_, row) -> row.apply(fact));
  }

  Payment payment(PurchaseToken token, String order) {
    RegisteredPayment row = payments.get(key(token, order));
    if (row == null) {
      throw new AssertionError("no such payment");
    }
    return row.payment();
  }

  List<Payment> payments(PurchaseToken token) {
    return payments.values().stream()
        .map(RegisteredPayment::payment)
        .filter(one -> one.key().subscriptionKey().equals(SubscriptionKey.google(token)))
        .toList();
  }

  static PaymentKey key(PurchaseToken token, String order) {
    return PaymentKey.google(token, new OrderId(order));
  }
}
