package org.sessionpro.bench.fill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;

/// A subscription under the ids that its store gave it, and what is peculiar to that store.
sealed interface Purchase {
  /// The identity of a cycle.
  ///
  /// @param number 0 for the first
  PaymentKey key(int number);

  /// That a cycle became known.
  Witnessed witnessed(int number, Sale sale, Instant purchasedAt);

  /// What the store states of the first cycle only.
  List<PaymentFact> ofFirstCycle(Instant purchasedAt);

  /// A purchase of `owner` at one store or the other.
  static Purchase draw(MasterKey owner, Random random) {
    StoreBindings ids = StoreBindings.of(owner);
    if (random.nextBoolean()) {
      return new Apple(digits(random, 15), Binding.apple(ids.appleToken()));
    }
    boolean oldClient = random.nextInt(100) < 40;
    return google(new Binding(oldClient ? ids.googleKeyHash() : ids.googleKey()), random);
  }

  /// A purchase of somebody who has never asked for anything.
  static Purchase ofStranger(Random random) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    return google(new Binding(ByteString.of(id)), random);
  }

  private static Google google(Binding binding, Random random) {
    byte[] token = new byte[72];
    random.nextBytes(token);
    String order =
        "GPA.3%s-%s-%s-%s"
            .formatted(digits(random, 3), digits(random, 4), digits(random, 4), digits(random, 5));
    return new Google(new PurchaseToken(ByteString.of(token).hex()), order, binding);
  }

  private static String digits(Random random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /// Google Play: a token for all cycles, an order id with a counter for each renewal.
  record Google(PurchaseToken token, String order, Binding binding) implements Purchase {
    private static final Duration REFUND_WINDOW = Duration.ofDays(2);
    private static final Duration UNTIL_ACKNOWLEDGED = Duration.ofSeconds(5);

    @Override
    public PaymentKey key(int number) {
      return PaymentKey.google(
          token, new OrderId(number == 0 ? order : order + ".." + (number - 1)));
    }

    @Override
    public Witnessed witnessed(int number, Sale sale, Instant purchasedAt) {
      return store(sale, purchasedAt, binding, purchasedAt.plus(REFUND_WINDOW), null);
    }

    @Override
    public List<PaymentFact> ofFirstCycle(Instant purchasedAt) {
      return List.of(
          new Acknowledged(purchasedAt, Acknowledgement.OWED),
          new Acknowledged(purchasedAt.plus(UNTIL_ACKNOWLEDGED), Acknowledgement.DONE));
    }
  }

  /// App Store: the first transaction's id for all cycles, a transaction and a line item for each.
  ///
  /// @param prefix the digits that all ids of this subscription begin with
  record Apple(String prefix, Binding binding) implements Purchase {
    @Override
    public PaymentKey key(int number) {
      return PaymentKey.appleLineItem(transaction(0), new OrderId(id(500 + number)));
    }

    @Override
    public Witnessed witnessed(int number, Sale sale, Instant purchasedAt) {
      return store(sale, purchasedAt, binding, purchasedAt.plus(sale.term()), transaction(number));
    }

    @Override
    public List<PaymentFact> ofFirstCycle(Instant purchasedAt) {
      return List.of();
    }

    private TransactionId transaction(int number) {
      return new TransactionId(id(number));
    }

    private String id(int suffix) {
      return "%s%03d".formatted(prefix, suffix);
    }
  }

  private static Witnessed store(
      Sale sale,
      Instant purchasedAt,
      Binding binding,
      Instant refundDeadline,
      @Nullable TransactionId transaction) {
    return new Witnessed(
        Product.of(sale.plan()),
        purchasedAt,
        binding,
        true,
        refundDeadline,
        Source.STORE,
        transaction);
  }
}
