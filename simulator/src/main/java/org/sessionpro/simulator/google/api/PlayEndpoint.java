package org.sessionpro.simulator.google.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sessionpro.simulator.http.Endpoint;

/// What can be asked of the simulator (`google-play.md` §8, §12.1).
public enum PlayEndpoint implements Endpoint {
  /// An access token for a signed assertion.
  TOKEN,
  /// A subscription purchase.
  READ,
  ACKNOWLEDGE,
  CANCEL,
  DEFER,
  REVOKE,
  /// A one-time purchase.
  READ_PRODUCT,
  ACKNOWLEDGE_PRODUCT,
  /// The list of voided purchases.
  VOIDS,
  /// A subscription as it is sold.
  CATALOGUE,
  ORDER,
  REFUND,
  /// The answer to a question about a refund.
  REVIEW_REFUND,
  /// Messages of the Pub/Sub subscription.
  PULL,
  ACKNOWLEDGE_MESSAGES,
  MODIFY_DEADLINE,
  /// The Pub/Sub subscription itself.
  QUEUE_SETTINGS,
  /// No such thing.
  NOWHERE;

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<PlayEndpoint> ofWord(String word) {
    return Arrays.stream(values()).filter(endpoint -> endpoint.word().equals(word)).findFirst();
  }

  boolean isPubSub() {
    return switch (this) {
      case PULL, ACKNOWLEDGE_MESSAGES, MODIFY_DEADLINE, QUEUE_SETTINGS -> true;
      case TOKEN,
          READ,
          ACKNOWLEDGE,
          CANCEL,
          DEFER,
          REVOKE,
          READ_PRODUCT,
          ACKNOWLEDGE_PRODUCT,
          VOIDS,
          CATALOGUE,
          ORDER,
          REFUND,
          REVIEW_REFUND,
          NOWHERE ->
          false;
    };
  }
}
