package org.sessionpro.backend.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.simulator.google.life.OneTimeTruth;

/// What a server believes of things that were bought once, compared with the simulator's truth: owner,
/// instant, what is left of them, and what is acknowledged.
///
/// A purchase that nobody ever announced is unknown, and Google takes it back; so one may be missing that
/// was not acknowledged.
final class OneTimeCheck {
  private static final Duration EACH = Duration.ofDays(30);

  private final Books books;
  private final List<String> wrong = new ArrayList<>();

  OneTimeCheck(Books books) {
    this.books = books;
  }

  /// What is wrong, each in a few words; empty if nothing is.
  List<String> differences(Collection<OneTimeTruth> truths) {
    truths.forEach(this::compare);
    return wrong;
  }

  private void compare(OneTimeTruth truth) {
    List<Payment> found =
        books.known(truth.token()).payments().stream().map(RegisteredPayment::payment).toList();
    if (found.isEmpty()) {
      expect(truth, "acknowledged and attributed", false, truth.acknowledged());
      return;
    }
    Payment payment = found.getFirst();
    expect(truth, "rows", 1, found.size());
    // Some of Google's records name none.
    if (!payment.key().cycle().isEmpty()) {
      expect(truth, "order", truth.order().value(), payment.key().cycle());
    }
    expect(truth, "instant", truth.purchasedAt(), payment.witnessed().purchasedAt());
    expect(
        truth,
        "binding",
        truth.owner(),
        Optional.ofNullable(payment.witnessed().binding())
            .map(binding -> binding.bytes().hex())
            .orElse(null));
    expect(truth, "standing", truth.left() > 0, payment.isStanding());
    expect(
        truth,
        "acknowledgement owed",
        false,
        payment.requests().acknowledgement() == Acknowledgement.OWED);
    if (payment.isStanding()) {
      expect(truth, "acknowledged", true, truth.acknowledged());
      compare(truth, payment.credit());
    }
  }

  /// What was consumed before some of it went back stays granted.
  private void compare(OneTimeTruth truth, Payment.@Nullable Credit credit) {
    Duration left = EACH.multipliedBy(truth.left());
    boolean consumed =
        credit != null && credit.remaining().isZero() && credit.granted().compareTo(left) > 0;
    if (!consumed) {
      expect(truth, "credit", left, credit == null ? null : credit.granted());
    }
  }

  private void expect(
      OneTimeTruth truth, String what, @Nullable Object expected, @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      wrong.add(truth.token().value() + ": " + what + " is " + found + " and not " + expected);
    }
  }
}
