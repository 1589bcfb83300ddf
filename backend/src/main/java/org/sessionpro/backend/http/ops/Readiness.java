package org.sessionpro.backend.http.ops;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;

/// `GET /health/ready`: whether requests should come to this process, 200 or 503, and why.
///
/// `{"status":"ready","checks":{"database":"ok","schema":"ok","revocation_list":"ok","signing_key":"ok"}}`
///
/// | status | meaning |
/// |---|---|
/// | `ready` | every check is `ok` |
/// | `unready` | one is not |
/// | `draining` | the process was asked to end, and still answers what comes |
///
/// | check | is not `ok` |
/// |---|---|
/// | `database` | `failed`: it says no; `no answer`: it says nothing within 2 s |
/// | `schema` | `older`: its tables are older than this program. Newer ones are fine: they are what the next version of the program works on beside this one |
/// | `revocation_list` | `stale`: it is so old that polls fail |
/// | `signing_key` | never, for there is no server without one |
///
/// Asking often costs nothing: what the database said is believed for a second.
public final class Readiness implements Route.Handler, Source {
  private static final Duration FRESHNESS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String OK = "ok";
  private static final String UNKNOWN = "unknown";

  private final Glance<Map<Check, String>> glance;
  private volatile boolean draining;

  /// What is checked.
  private enum Check {
    DATABASE,
    SCHEMA,
    REVOCATION_LIST,
    SIGNING_KEY
  }

  /// @param schema asks the database how its tables stand
  /// @param revocations serves the revocation list as to a client
  public Readiness(Supplier<SchemaState> schema, Supplier<?> revocations) {
    this.glance =
        new Glance<>("the state of the server", () -> checks(schema, revocations), FRESHNESS);
  }

  /// From now on requests should go elsewhere.
  public void drain() {
    draining = true;
  }

  private static Map<Check, String> checks(Supplier<SchemaState> schema, Supplier<?> revocations) {
    Map<Check, String> checks = new EnumMap<>(Check.class);
    checks.put(Check.SIGNING_KEY, OK);
    checks.put(Check.DATABASE, OK);
    try {
      checks.put(
          Check.SCHEMA,
          switch (schema.get().standing()) {
            case CURRENT, NEWER -> OK;
            case OLDER, ABSENT -> "older";
          });
    } catch (RuntimeException failed) {
      checks.put(Check.DATABASE, "failed");
      checks.put(Check.SCHEMA, UNKNOWN);
    }
    try {
      var _ = revocations.get();
      checks.put(Check.REVOCATION_LIST, OK);
    } catch (RuntimeException stale) {
      checks.put(Check.REVOCATION_LIST, "stale");
    }
    return checks;
  }

  /// The same for a probe and for a scrape, so that no alert says what no probe has seen.
  private Map<Check, String> checks() {
    return glance
        .get(PATIENCE)
        .filter(held -> held.age().compareTo(FRESHNESS.plus(PATIENCE)) < 0)
        .map(Glance.Held::value)
        .orElseGet(Readiness::noAnswer);
  }

  private static Map<Check, String> noAnswer() {
    Map<Check, String> checks = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      checks.put(check, UNKNOWN);
    }
    checks.put(Check.DATABASE, "no answer");
    checks.put(Check.SIGNING_KEY, OK);
    return checks;
  }

  private static boolean isGood(Map<Check, String> checks) {
    return checks.values().stream().allMatch(OK::equals);
  }

  @Override
  public Reply handle(Exchange exchange) {
    Map<Check, String> checks = checks();
    boolean good = isGood(checks) && !draining;
    String status = draining ? "draining" : good ? "ready" : "unready";
    return Reply.report(
        good ? 200 : 503,
        ByteString.of(
            JsonWriter.object(body ->
                body.text("status", status)
                    .object(
                        "checks",
                        json ->
                            checks.forEach((check, is) -> json.text(Scrape.word(check), is))))));
  }

  @Override
  public void show(Scrape scrape) {
    scrape.show(Metric.READY, isGood(checks()) && !draining);
  }
}
