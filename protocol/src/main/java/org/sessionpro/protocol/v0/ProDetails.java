package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// What an account has bought and how long that lasts (`wire-v0.md` §5.4).
///
/// @param status at the time that the request states
/// @param term how long the account is covered, its grace included
/// @param refundRequested of the payment that covers it, or [V0Time#NONE]
/// @param paymentsTotal number of all its payments, listed or not
/// @param errorReport whether something of the store's waits to be mended; 1 or 0 on the wire
/// @param items the newest payments first, as many as were asked for
public record ProDetails(
    UserStatus status,
    Term term,
    Instant refundRequested,
    long paymentsTotal,
    boolean errorReport,
    List<PaymentItem> items)
    implements V0Result {
  /// How long something runs.
  ///
  /// @param autoRenewing whether the store will charge again
  /// @param expiry in whole milliseconds, or [V0Time#NONE]
  /// @param grace how long the store waits for money behind the paid term, in whole milliseconds
  public record Term(boolean autoRenewing, Instant expiry, Duration grace) {
    public Term {
      expiry = V0Time.floor(expiry);
      grace = V0Time.floor(grace);
    }

    static Term read(MemberReader in) {
      return new Term(
          in.bool("auto_renewing"),
          in.time("expiry_unix_ts_ms"),
          in.duration("grace_period_duration_ms"));
    }
  }

  /// The details of a key that owns nothing.
  public static final ProDetails UNKNOWN =
      new ProDetails(
          UserStatus.NEVER,
          new Term(false, V0Time.NONE, Duration.ZERO),
          V0Time.NONE,
          0,
          false,
          List.of());

  public ProDetails {
    refundRequested = V0Time.floor(refundRequested);
    if (paymentsTotal < 0) {
      throw new IllegalArgumentException("a number of payments is not negative");
    }
    items = List.copyOf(items);
  }

  /// Reads a result.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems
  public static ProDetails parse(JsonObject result) {
    MemberReader in = new MemberReader(result);
    in.version();
    ProDetails details =
        new ProDetails(
            in.numbered("status", UserStatus::ofNumber, "must be 0, 1 or 2", UserStatus.NEVER),
            Term.read(in),
            in.time("refund_requested_unix_ts_ms"),
            in.integer("payments_total", 0, Long.MAX_VALUE),
            in.integer("error_report", 0, 1) == 1,
            in.objects("items").stream().map(PaymentItem::read).toList());
    in.stop();
    return details;
  }

  @Override
  public void write(JsonWriter out) {
    out.bool("auto_renewing", term.autoRenewing())
        .integer("error_report", errorReport ? 1 : 0)
        .integer("expiry_unix_ts_ms", V0Time.millis(term.expiry()))
        .integer("grace_period_duration_ms", V0Time.millis(term.grace()))
        .objects("items", items, (writer, item) -> item.write(writer))
        .integer("payments_total", paymentsTotal)
        .integer("refund_requested_unix_ts_ms", V0Time.millis(refundRequested))
        .integer("status", status.number())
        .integer("version", V0Message.VERSION);
  }
}
