package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;

/// What a payment's store is owed, or was asked for.
///
/// @param told what is known of the acknowledgement that Google wants
/// @param refund what is known of a refund that the owner asked for
public record Requests(Told told, RefundRequest refund) {
  static final Requests NONE = new Requests(Told.NEVER, RefundRequest.NONE);

  /// What Google is owed.
  public Acknowledgement acknowledgement() {
    return told.state();
  }

  Requests with(Acknowledged fact) {
    Told word = new Told(fact.state(), fact.at());
    return word.beats(told) ? new Requests(word, refund) : this;
  }

  Requests with(RefundRequested fact) {
    RefundRequest word = new RefundRequest(fact.requestedAt(), fact.at());
    return word.beats(refund) ? new Requests(told, word) : this;
  }

  /// The last word about an acknowledgement. What seemed to be done is owed again if Google's record
  /// says so later (`google-play.md` §5.1, step 6): it would take the purchase back.
  ///
  /// @param statedAt when this was said; null if nothing ever was
  public record Told(Acknowledgement state, @Nullable Instant statedAt) {
    static final Told NEVER = new Told(Acknowledgement.NOT_NEEDED, null);

    /// The newest word counts; of two of one instant the one that is further.
    private static final Comparator<Told> BY_WEIGHT =
        Comparator.comparing(
                Told::statedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Told::state);

    private boolean beats(Told known) {
      return BY_WEIGHT.compare(this, known) > 0;
    }
  }

  /// A refund that the owner asked the store for.
  ///
  /// @param requestedAt null if none was asked for, or the request was withdrawn or declined
  /// @param statedAt when this was said; null if nothing ever was
  public record RefundRequest(@Nullable Instant requestedAt, @Nullable Instant statedAt) {
    static final RefundRequest NONE = new RefundRequest(null, null);

    /// The newest word counts; of two of one instant the withdrawal, else the later request.
    private static final Comparator<RefundRequest> BY_WEIGHT =
        Comparator.comparing(
                RefundRequest::statedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(
                RefundRequest::requestedAt,
                Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

    private boolean beats(RefundRequest known) {
      return BY_WEIGHT.compare(this, known) > 0;
    }
  }
}
