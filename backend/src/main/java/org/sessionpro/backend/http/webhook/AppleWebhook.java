package org.sessionpro.backend.http.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.Route.Reach;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.SignedData.Problem;
import org.sessionpro.backend.store.apple.work.AppleNotifications;
import org.sessionpro.backend.store.apple.work.AppleNotifications.Receipt;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.slf4j.Logger;

/// `POST /apple_notifications_v2`: where the App Store delivers its notifications (`app-store.md` §1.1,
/// `decisions-stores.md` §2.3).
///
/// | what arrives | answer |
/// |---|---|
/// | what Apple signed for us, once it is durable; once more | 200, empty |
/// | no JSON object with a text `signedPayload` | 400 |
/// | something else that is signed, or not | 401 |
/// | anything, while it cannot be kept | 503 |
///
/// Nothing is asked of anybody and nothing is worked on before the answer. It queues with what does not
/// come from clients, so that a flood sheds none of theirs.
public final class AppleWebhook implements Route.Handler {
  /// The path that is registered at the App Store.
  public static final String PATH = "/apple_notifications_v2";

  private static final Logger LOG = LoggerName.APP_STORE.logger();

  /// Between two lines about what is refused.
  private static final Duration TELLING = Duration.ofMinutes(1);

  private final AppleNotifications notifications;
  private final InstantSource clock;
  private long refused;
  private Instant toldAt = Instant.EPOCH;

  public AppleWebhook(AppleNotifications notifications, InstantSource clock) {
    this.notifications = notifications;
    this.clock = clock;
  }

  /// The endpoint at its path, not reachable through an onion.
  public Route route(HttpLimits limits) {
    return new Route(
        PATH,
        Set.of(Method.POST),
        Reach.DIRECT_ONLY,
        limits.bodies().webhook(),
        FaultAnswer.unavailable(),
        this);
  }

  @Override
  public Reply handle(Exchange exchange) {
    SignedText text;
    try {
      text = signedPayload(exchange);
    } catch (BadRequest malformed) {
      return Reply.plain(400);
    }
    return switch (notifications.receive(text)) {
      case Receipt.Kept _ -> Reply.empty();
      case Receipt.Refused(Problem problem) -> {
        tell(problem);
        yield Reply.plain(401);
      }
    };
  }

  private static SignedText signedPayload(Exchange exchange) {
    return JsonObject.parse(exchange.body().toByteArray()).member("signedPayload").orElse(null)
            instanceof JsonValue.Text text
        ? new SignedText(text.value())
        : refuse();
  }

  private static SignedText refuse() {
    throw new BadRequest("signedPayload", "must be a text");
  }

  /// Told once a minute, with how many there were: anybody can send something.
  private synchronized void tell(Problem problem) {
    refused++;
    Instant now = clock.instant();
    if (toldAt.isAfter(now) || !now.isBefore(toldAt.plus(TELLING))) {
      LOG.warn(
          "notifications that are not Apple's, or not for us: {} (last: {})", refused, problem);
      refused = 0;
      toldAt = now;
    }
  }
}
