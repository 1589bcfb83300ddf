package org.sessionpro.backend.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.EntitlementFold;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.PaymentProvider;

/// Counts what a census counts, one question at a time, from nothing but the facts of all payments.
final class NaiveCensus {
  private static final RenewalAllowance ALLOWANCE = RenewalAllowance.DEFAULT;
  private static final Comparator<RegisteredPayment> IN_ORDER =
      Comparator.comparing(RegisteredPayment::purchasedAt).thenComparing(RegisteredPayment::id);

  private final List<RegisteredPayment> all;
  private final Map<RegisteredPayment, List<PaymentFact>> facts;
  private final Map<AccountId, List<RegisteredPayment>> owned;
  private final Map<AccountId, Instant> checkpoints;
  private final Periods periods;

  /// @param facts by payment, which they make
  /// @param checkpoints up to when the credits of an account were charged
  NaiveCensus(
      Map<RegisteredPayment, List<PaymentFact>> facts,
      Map<AccountId, Instant> checkpoints,
      Periods periods) {
    this.facts = facts;
    this.all = List.copyOf(facts.keySet());
    this.owned =
        all.stream()
            .filter(one -> one.payment().owner() != null)
            .collect(Collectors.groupingBy(NaiveCensus::owner));
    this.checkpoints = checkpoints;
    this.periods = periods;
  }

  long count(Figure figure, int period) {
    return switch (figure) {
      case ACTIVE_USERS -> active(period, one -> true);
      case ACTIVE_GOOGLE -> active(period, of(PaymentProvider.GOOGLE_PLAY));
      case ACTIVE_APPLE -> active(period, of(PaymentProvider.APP_STORE));
      case ACTIVE_FOUNDATION -> active(period, of(PaymentProvider.STF));
      case ACTIVE_1M -> active(period, of(Set.of("1m")));
      case ACTIVE_3M -> active(period, of(Set.of("3m")));
      case ACTIVE_12M -> active(period, of(Set.of("1y", "12m")));
      case ACTIVE_OTHER -> active(period, of(Set.of("1m", "3m", "1y", "12m")).negate());
      case NEW_SUBS -> bought(period, one -> true);
      case GOOGLE -> bought(period, of(PaymentProvider.GOOGLE_PLAY));
      case APPLE -> bought(period, of(PaymentProvider.APP_STORE));
      case FOUNDATION -> bought(period, of(PaymentProvider.STF));
      case PLAN_1M -> bought(period, of(Set.of("1m")));
      case PLAN_3M -> bought(period, of(Set.of("3m")));
      case PLAN_12M -> bought(period, of(Set.of("1y", "12m")));
      case PLAN_OTHER -> bought(period, of(Set.of("1m", "3m", "1y", "12m")).negate());
      case UNREDEEMED ->
          bought(period, one -> one.payment().owner() == null && one.payment().isStanding());
      case RENEWALS ->
          bought(period, one -> sameSubscription(one).anyMatch(other -> isBefore(other, one)));
      case REFUNDS_INITIATED ->
          happened(period, one -> one.payment().requests().refund().requestedAt());
      case REVOKED -> happened(period, NaiveCensus::revokedAt);
      case REFUNDED -> happened(period, NaiveCensus::refundedAt);
      case CANCELLING -> happened(period, this::endsForGoodAt);
      case ENTERED_GRACE -> happened(period, this::graceFrom);
      case BILLING_RETRY -> happened(period, this::retriedFrom);
      case NEW_SUBSCRIBERS ->
          owned.values().stream()
              .map(payments -> payments.stream().min(IN_ORDER).orElseThrow())
              .filter(first -> isIn(period, first.purchasedAt()))
              .count();
      case CHURNED ->
          owned.values().stream()
              .filter(payments -> !moment(period).isAfter(periods.now()))
              .filter(payments -> payments.stream().anyMatch(p -> isServed(p, moment(period - 1))))
              .filter(payments -> payments.stream().noneMatch(p -> isServed(p, moment(period))))
              .count();
    };
  }

  private long active(int period, Predicate<RegisteredPayment> which) {
    return owned.values().stream()
        .filter(payments ->
            payments.stream().filter(which).anyMatch(one -> isPaid(one, moment(period))))
        .count();
  }

  private long bought(int period, Predicate<RegisteredPayment> which) {
    return happened(period, one -> which.test(one) ? one.purchasedAt() : null);
  }

  private long happened(int period, Function<RegisteredPayment, @Nullable Instant> when) {
    return all.stream()
        .filter(one -> !one.payment().hidden())
        .map(when)
        .filter(Objects::nonNull)
        .filter(at -> isIn(period, at))
        .count();
  }

  private static Predicate<RegisteredPayment> of(PaymentProvider provider) {
    return one -> one.payment().key().provider() == provider;
  }

  private static Predicate<RegisteredPayment> of(Set<String> plans) {
    return one -> plans.contains(one.payment().witnessed().product().plan().code());
  }

  private boolean isIn(int period, Instant at) {
    return !at.isBefore(periods.bounds().get(period))
        && at.isBefore(periods.bounds().get(period + 1));
  }

  private Instant moment(int period) {
    boolean running = period >= 0 && isIn(period, periods.now());
    return running ? periods.now() : periods.bounds().get(period + 1).minus(1, ChronoUnit.MICROS);
  }

  private boolean isPaid(RegisteredPayment one, Instant at) {
    Instant expiry = one.payment().terms().expiry();
    Revocation revocation = one.payment().revocation();
    if (at.isBefore(one.purchasedAt())) {
      return false;
    }
    if (revocation != null && !at.isBefore(revocation.at())) {
      return false;
    }
    return expiry != null
        ? !at.isAfter(expiry)
        : revocation != null || !at.isAfter(coverageEnd(one));
  }

  private Instant coverageEnd(RegisteredPayment credit) {
    AccountId account = owner(credit);
    return Objects.requireNonNull(
            EntitlementFold.fold(
                    Objects.requireNonNull(owned.get(account)), checkpoints.get(account), ALLOWANCE)
                .best())
        .coverageEnd(ALLOWANCE);
  }

  private boolean isServed(RegisteredPayment one, Instant at) {
    Payment.Terms terms = one.payment().terms();
    Revocation revocation = one.payment().revocation();
    if (isPaid(one, at) || terms.expiry() == null) {
      return isPaid(one, at);
    }
    boolean taken = revocation != null && !at.isBefore(revocation.at());
    boolean meant = terms.renewing() || !at.isAfter(terms.stated().renewing().at());
    Duration grace = terms.grace() == null ? Duration.ZERO : terms.grace();
    Instant end = terms.expiry().plus(grace).plus(ALLOWANCE.length());
    return !at.isBefore(one.purchasedAt()) && !taken && meant && !at.isAfter(end);
  }

  private static @Nullable Instant revokedAt(RegisteredPayment one) {
    Revocation revocation = one.payment().revocation();
    return revocation == null ? null : revocation.at();
  }

  private static @Nullable Instant refundedAt(RegisteredPayment one) {
    Revocation revocation = one.payment().revocation();
    if (revocation != null) {
      switch (revocation.reason()) {
        case REFUND, VOIDED, REVOKED -> {
          return revocation.at();
        }
        case FAMILY, SUPERSEDED, OPERATOR -> {
          // The store keeps the money.
        }
      }
    }
    return one.payment().losses().voidedAt();
  }

  private @Nullable Instant endsForGoodAt(RegisteredPayment one) {
    Payment payment = one.payment();
    boolean goesOn =
        sameSubscription(one)
            .filter(other -> isBefore(one, other))
            .anyMatch(other -> {
              Revocation revocation = other.payment().revocation();
              return revocation == null || revocation.at().isAfter(other.purchasedAt());
            });
    return payment.isRenewing() || !payment.isStanding() || goesOn
        ? null
        : payment.terms().expiry();
  }

  private @Nullable Instant graceFrom(RegisteredPayment one) {
    Payment.Terms terms = one.payment().terms();
    Instant expiry = terms.expiry();
    Revocation revocation = one.payment().revocation();
    if (expiry == null || terms.grace() == null || expiry.isAfter(periods.now())) {
      return null;
    }
    boolean renewed =
        sameSubscription(one)
            .filter(other -> isBefore(one, other))
            .anyMatch(other -> !other.purchasedAt().isAfter(expiry));
    boolean cancelled = !terms.renewing() && !terms.stated().renewing().at().isAfter(expiry);
    boolean taken = revocation != null && !revocation.at().isAfter(expiry);
    return renewed || cancelled || taken ? null : expiry;
  }

  private @Nullable Instant retriedFrom(RegisteredPayment one) {
    return Objects.requireNonNull(facts.get(one)).stream()
        .filter(TermsStated.class::isInstance)
        .map(TermsStated.class::cast)
        .filter(terms -> Boolean.TRUE.equals(terms.billingRetry()))
        .map(TermsStated::statedAt)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private Stream<RegisteredPayment> sameSubscription(RegisteredPayment one) {
    return all.stream()
        .filter(other -> other.payment().key().sameSubscription(one.payment().key()));
  }

  private static boolean isBefore(RegisteredPayment earlier, RegisteredPayment later) {
    return IN_ORDER.compare(earlier, later) < 0;
  }

  private static AccountId owner(RegisteredPayment one) {
    return Objects.requireNonNull(one.payment().owner()).account();
  }
}
