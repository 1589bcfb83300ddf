package org.sessionpro.backend.http.dev;

import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;

/// `GET /dev/quiet?wait_ms=N`: waits until the server has done everything that is due, so that a test
/// need not guess (`decisions-stores.md` §7, "settled"). Answers `{"quiet":true}`, or `false` after N
/// milliseconds of real time, at most a minute; without N at once.
public final class Quiet implements Route.Handler {
  private static final String PATH = "/dev/quiet";
  private static final String WAIT = "wait_ms=";
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  /// Longer than a moved clock can go unnoticed, and than everything needs to look at it.
  private static final Duration STILLNESS = Duration.ofMillis(40);

  private final BooleanSupplier atRest;

  /// @param atRest whether nothing is due and nothing under way
  public Quiet(BooleanSupplier atRest) {
    this.atRest = atRest;
  }

  /// The endpoint at its path.
  public Route route() {
    return new Route(
        PATH, Set.of(Method.GET), Route.Reach.DIRECT_ONLY, 0, FaultAnswer.plain(), this);
  }

  @Override
  public Reply handle(Exchange exchange) {
    String query = exchange.query();
    if (!query.isEmpty() && !query.matches(WAIT + "[0-9]{1,6}")) {
      return Reply.plain(400);
    }
    Duration wait =
        query.isEmpty()
            ? Duration.ZERO
            : Duration.ofMillis(Long.parseLong(query.substring(WAIT.length())));
    boolean quiet = becomesQuiet(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    return Reply.json(
        ByteString.of(JsonWriter.object(body -> body.bool("quiet", quiet))), Contract.NONE);
  }

  private boolean becomesQuiet(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    long stillSince = System.nanoTime();
    try {
      while (true) {
        boolean still = atRest.getAsBoolean();
        long now = System.nanoTime();
        stillSince = still ? stillSince : now;
        if (now - stillSince >= STILLNESS.toNanos()) {
          return true;
        }
        if (!still && now >= end) {
          return false;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
