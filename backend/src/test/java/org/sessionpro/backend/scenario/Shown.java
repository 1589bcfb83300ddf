package org.sessionpro.backend.scenario;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.ReadLog.Reading;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.FrontDesk.Handled;
import org.sessionpro.simulator.http.Request;

/// What a server has been shown of a purchase, oldest first.
@FunctionalInterface
interface Shown {
  List<Subscription> of(PurchaseToken token);

  /// As the simulator noted it, for servers whose every answer arrives.
  static Shown by(GoogleSimulator google) {
    return token -> google.reads().of(token).stream().map(Reading::shown).toList();
  }

  /// What arrives whole, of all that is asked.
  final class Arrived implements Shown {
    private static final int OK = 200;

    private final GoogleSimulator google;
    private final Map<PurchaseToken, List<Subscription>> shown = new ConcurrentHashMap<>();

    Arrived(GoogleSimulator google) {
      this.google = google;
    }

    void note(Request request, Handled handled) {
      boolean read = request.method().equals("GET") && request.path().contains("/subscriptionsv2/");
      boolean whole =
          handled.answer() != null
              && handled.answer().status() == OK
              && !(handled.effect() instanceof Effect.Malformed);
      if (read && whole) {
        PurchaseToken token = new PurchaseToken(request.segments().getLast());
        shown
            .computeIfAbsent(token, _ -> new CopyOnWriteArrayList<>())
            .add(
                handled.effect() instanceof Effect.Former
                    ? google.store().former(token)
                    : google.store().readable(token));
      }
    }

    @Override
    public List<Subscription> of(PurchaseToken token) {
      return List.copyOf(shown.getOrDefault(token, List.of()));
    }
  }
}
