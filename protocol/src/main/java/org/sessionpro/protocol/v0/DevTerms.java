package org.sessionpro.protocol.v0;

import java.time.Duration;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// What a server in development mode shall make of a `DEV.` payment that is added: the optional
/// members of `/add_pro_payment` (`wire-v0.md` §7). Outside development mode nobody reads them.
///
/// @param plan `dev_plan`
/// @param duration `dev_duration_ms`: how long the payment runs, 1 ms to 365 d
/// @param autoRenewing `dev_auto_renewing`
public record DevTerms(V0Plan plan, Duration duration, boolean autoRenewing) {
  /// Longest term that can be asked for.
  public static final Duration LONGEST = Duration.ofDays(365);

  /// The terms of a request that names none: one month in name, one day in fact.
  public static final DevTerms DEFAULT = new DevTerms(V0Plan.ONE_MONTH, Duration.ofDays(1), false);

  public DevTerms {
    duration = V0Time.floor(duration);
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a development term is 1 ms to 365 d long");
    }
  }

  /// Reads the terms of an add request; absent members have the values of [#DEFAULT].
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems
  public static DevTerms parse(JsonObject body) {
    MemberReader in = new MemberReader(body);
    V0Plan plan = DEFAULT.plan;
    Duration duration = DEFAULT.duration;
    boolean autoRenewing = DEFAULT.autoRenewing;
    if (body.has("dev_plan")) {
      plan =
          in.named(
              "dev_plan",
              V0Plan::ofDevelopmentName,
              "must be OneMonth, ThreeMonth or TwelveMonth",
              DEFAULT.plan);
    }
    if (body.has("dev_duration_ms")) {
      duration = V0Time.duration(in.integer("dev_duration_ms", 1, V0Time.millis(LONGEST)));
    }
    if (body.has("dev_auto_renewing")) {
      autoRenewing = in.bool("dev_auto_renewing");
    }
    in.stop();
    return new DevTerms(plan, duration, autoRenewing);
  }

  /// Writes the three members.
  void write(JsonWriter out) {
    out.bool("dev_auto_renewing", autoRenewing)
        .integer("dev_duration_ms", V0Time.millis(duration))
        .text("dev_plan", plan.developmentName());
  }
}
