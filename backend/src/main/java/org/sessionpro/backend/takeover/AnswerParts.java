package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;

/// The parts of an account's answer that differ from what they must be, in snake case.
final class AnswerParts {
  private final List<String> differing = new ArrayList<>();

  void check(String part, boolean equal) {
    if (!equal) {
      differing.add(part);
    }
  }

  List<String> differing() {
    return List.copyOf(differing);
  }

  /// Where the account stands, and by which payment.
  void checkStanding(Forecast forecast, Ledger.Details shown, RenewalAllowance allowance) {
    Standing due = forecast.after();
    Entitlement entitlement = shown.account().entitlement();
    check("term", entitlement.expiry().equals(due.term()));
    check("coverage", entitlement.coverageEnd(allowance).equals(due.coverage()));
    check("auto_renewing", entitlement.renewing() == due.renewing());
    RegisteredPayment carrier = shown.carrier();
    check("carrier", Objects.equals(carrier == null ? null : carrier.id(), forecast.winner()));
    Instant asked = carrier == null ? null : carrier.payment().requests().refund().requestedAt();
    check("refund_requested", Objects.equals(asked, due.refundRequested()));
  }

  /// Its payments, newest first.
  ///
  /// @param bound all of them
  /// @param limit of those that are shown
  void checkItems(List<DuePayment> bound, Ledger.Details shown, int limit, Instant takenAt) {
    List<DuePayment> due =
        bound.stream()
            .sorted(
                Comparator.<DuePayment, Instant>comparing(one -> one.times().purchased())
                    .thenComparing(DuePayment::id)
                    .reversed())
            .limit(limit)
            .toList();
    List<RegisteredPayment> newest = shown.newest();
    check("payments_total", shown.total() == bound.size());
    check("items", due.size() == newest.size());
    for (int i = 0; i < Math.min(due.size(), newest.size()); i++) {
      RegisteredPayment one = newest.get(i);
      PaymentComparison.of(due.get(i), one, one.payment().statusAt(takenAt))
          .forEach(part -> differing.add("item_" + part));
    }
  }
}
