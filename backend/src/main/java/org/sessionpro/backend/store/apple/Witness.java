package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.protocol.Plan;

/// Writes down a cycle that becomes known (`app-store.md` §2, `decisions-stores.md` §2.1, unknown plan
/// and one-time products).
final class Witness {
  private static final long DAY = Duration.ofDays(1).toSeconds();

  /// Before the purchase: Apple signs a renewal up to a day before its cycle begins, and what it says
  /// then counts more than what is supposed.
  private static final Duration SUPPOSED_BEFORE = Duration.ofDays(1).plus(Snapshot.BEHIND);

  private final Products products;

  Witness(Products products) {
    this.products = products;
  }

  /// What a transaction has sold.
  sealed interface Sale {}

  /// Something that this server grants.
  sealed interface Sold extends Sale {}

  /// Service until an instant.
  record Term(Product product, Instant expiry) implements Sold {}

  /// A length of service.
  record Credit(Product product, Duration length) implements Sold {}

  /// Something bought once that is in no map, so that nobody knows what it grants.
  record Unmapped() implements Sale {}

  Sale sale(TransactionInfo transaction) {
    return switch (transaction.type()) {
      case AUTO_RENEWABLE -> term(transaction);
      case NON_RENEWING -> once(transaction, term(transaction));
      case OTHER -> once(transaction, new Unmapped());
    };
  }

  /// Whether its product is in no map now, whatever was when its cycle became known.
  boolean isUnmapped(TransactionInfo transaction) {
    return switch (sale(transaction)) {
      case Term(Product product, Instant _) -> product.unmapped();
      case Credit _ -> false;
      case Unmapped _ -> true;
    };
  }

  /// @param otherwise if it is not mapped as something that is bought once
  private Sale once(TransactionInfo transaction, Sale otherwise) {
    Plan plan = products.oneTime().get(transaction.product());
    return plan == null
        ? otherwise
        : new Credit(Product.of(plan), Products.length(plan).multipliedBy(transaction.quantity()));
  }

  private Sale term(TransactionInfo transaction) {
    Instant expiry = transaction.expiresAt();
    if (expiry == null) {
      return new Unmapped();
    }
    Plan plan = products.terms().get(transaction.product());
    return new Term(
        plan == null
            ? new Product(plan(Duration.between(transaction.purchasedAt(), expiry)), true)
            : Product.of(plan),
        expiry);
  }

  private static Plan plan(Duration term) {
    return new Plan(Math.max(1, Math.round((double) term.toSeconds() / DAY)) + "d");
  }

  /// @param snapshot that shows the transaction
  /// @param recovered whether Apple says that it collected a renewal which had failed
  static Cycle write(
      Draft draft, Snapshot snapshot, TransactionInfo transaction, Sold sold, boolean recovered) {
    Began began = recovered ? Began.RENEWAL : began(transaction);
    return switch (sold) {
      case Term(Product product, Instant expiry) -> {
        Cycle cycle =
            draft.witness(transaction.cycle(), witnessed(transaction, product, expiry, began));
        Instant signedAt = transaction.signedAt();
        Instant at = snapshot.asOf(signedAt);
        cycle.add(new TermsStated(expiry, null, null, null, at, snapshot.isReadToItsEnd()));
        if (transaction.type() == TransactionInfo.Type.AUTO_RENEWABLE && expiry.isAfter(signedAt)) {
          Instant supposed = transaction.purchasedAt().minus(SUPPOSED_BEFORE);
          cycle.add(new TermsStated(null, null, true, null, supposed, false));
        }
        yield cycle;
      }
      case Credit(Product product, Duration length) -> {
        Instant deadline = transaction.purchasedAt().plus(length);
        Cycle cycle =
            draft.witness(transaction.cycle(), witnessed(transaction, product, deadline, began));
        cycle.add(new CreditOpened(length, transaction.purchasedAt()));
        yield cycle;
      }
    };
  }

  private static @Nullable Began began(TransactionInfo transaction) {
    return switch (transaction.reason()) {
      case PURCHASE -> Began.PURCHASE;
      case RENEWAL -> Began.RENEWAL;
      case UNKNOWN -> null;
    };
  }

  private static Witnessed witnessed(
      TransactionInfo transaction, Product product, Instant refundDeadline, @Nullable Began began) {
    return new Witnessed(
        product,
        transaction.purchasedAt(),
        transaction.token() == null ? null : Binding.apple(transaction.token()),
        transaction.ownership() == Ownership.PURCHASED,
        refundDeadline,
        Source.STORE,
        transaction.names().transaction(),
        began);
  }
}
