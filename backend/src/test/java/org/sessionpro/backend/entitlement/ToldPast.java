package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.sessionpro.backend.entitlement.PaymentFact.Reattributed;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;

/// What the facts of payments say.
///
/// @param facts all of a payment, in the order of recording
public record ToldPast(Function<PaymentId, List<PaymentFact>> facts) implements Continuation.Past {
  @Override
  public List<TermsStated> termsBefore(PaymentId payment, Instant instant) {
    return facts.apply(payment).stream()
        .filter(TermsStated.class::isInstance)
        .map(TermsStated.class::cast)
        .filter(stated -> stated.statedAt().isBefore(instant))
        .toList();
  }

  @Override
  public boolean isReattributed(PaymentId payment) {
    return facts.apply(payment).stream().anyMatch(Reattributed.class::isInstance);
  }
}
