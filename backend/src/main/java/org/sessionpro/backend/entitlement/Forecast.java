package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Explanation.AccountEvent;
import org.sessionpro.backend.entitlement.Explanation.CreditRun;
import org.sessionpro.backend.entitlement.Explanation.GenerationEvent;
import org.sessionpro.backend.entitlement.Explanation.Listing;
import org.sessionpro.backend.entitlement.Explanation.PaymentEvent;
import org.sessionpro.backend.entitlement.Explanation.ProofAnswer;
import org.sessionpro.backend.entitlement.Explanation.ProofTerm;
import org.sessionpro.backend.entitlement.Explanation.Result;
import org.sessionpro.backend.entitlement.Explanation.Upcoming;

/// Collects what happens after an instant, if nothing more is learned.
final class Forecast {
  private final Instant at;
  private final List<Upcoming> events = new ArrayList<>();

  Forecast(Instant at) {
    this.at = at;
  }

  /// Everything collected, soonest first.
  List<Upcoming> events() {
    return events.stream().sorted(Comparator.comparing(Upcoming::at)).toList();
  }

  Forecast withGenerations(List<Listing> generations) {
    for (Listing listed : generations) {
      int ordinal = listed.generation().ordinal();
      add(listed.effective(), GenerationEvent.REVOCATION_TAKES_EFFECT, ordinal);
      add(listed.unlisted(), GenerationEvent.REVOCATION_UNLISTED, ordinal);
    }
    return this;
  }

  private void add(@Nullable Instant when, GenerationEvent event, int ordinal) {
    if (when != null && when.isAfter(at)) {
      events.add(new Upcoming.OfGeneration(when, event, ordinal));
    }
  }

  /// @param bound every payment of the account
  /// @param counting those whose terms count
  Forecast withPayments(
      Collection<RegisteredPayment> bound, Collection<RegisteredPayment> counting) {
    for (RegisteredPayment one : counting) {
      add(one.purchasedAt(), PaymentEvent.TERM_BEGINS, one.id());
      add(
          one.payment().termEnd(),
          one.payment().isRenewing() ? PaymentEvent.RENEWAL_DUE : PaymentEvent.TERM_ENDS,
          one.id());
    }
    for (RegisteredPayment one : bound) {
      if (one.payment().revocation() == null) {
        Instant deadline = one.payment().witnessed().refundDeadline();
        add(deadline, PaymentEvent.REFUND_WINDOW_ENDS, one.id());
      }
    }
    return this;
  }

  Forecast withWaiting(Collection<Waiting> waiting) {
    List<RegisteredPayment> payments = waiting.stream().map(Waiting::payment).toList();
    return withPayments(payments, payments);
  }

  private void add(@Nullable Instant when, PaymentEvent event, PaymentId payment) {
    if (when != null && when.isAfter(at)) {
      events.add(new Upcoming.OfPayment(when, event, payment));
    }
  }

  Forecast withCredits(Collection<CreditRun> credits) {
    for (CreditRun run : credits) {
      switch (run.state()) {
        case WAITING -> {
          add(run.from(), PaymentEvent.CREDIT_STARTS, run.id());
          add(run.until(), PaymentEvent.CREDIT_ENDS, run.id());
        }
        case RUNNING -> add(run.until(), PaymentEvent.CREDIT_ENDS, run.id());
        case SPENT, REVOKED -> {}
      }
    }
    return this;
  }

  /// @param term of a proof that the account would get
  Forecast withAccount(Result result, Generation current, ProofTerm term) {
    add(result.coverageEnd(), AccountEvent.COVERAGE_ENDS);
    if (!current.isRevoked()) {
      add(term.lastRequest(), AccountEvent.PROOFS_END);
    }
    return this;
  }

  Forecast withProof(ProofAnswer proof) {
    switch (proof) {
      case ProofAnswer.RateLimited limited ->
          add(limited.windowEnd(), AccountEvent.PROOF_WINDOW_ENDS);
      case ProofAnswer.NotSubscribed _,
          ProofAnswer.Revoked _,
          ProofAnswer.Expired _,
          ProofAnswer.Issued _ -> {}
    }
    return this;
  }

  private void add(Instant when, AccountEvent event) {
    if (when.isAfter(at)) {
      events.add(new Upcoming.OfAccount(when, event));
    }
  }
}
