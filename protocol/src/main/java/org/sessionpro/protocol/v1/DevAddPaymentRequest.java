package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.util.Optional;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Makes a payment out of nothing: `POST /dev/add_payment` of a server in development mode
/// (`wire-v1.md` §13). Unsigned.
///
/// @param plan any but `lifetime`
/// @param length of service, in whole seconds, greater than zero
/// @param redeem whether it is the owner's at once, or waits until the owner asks for anything
public record DevAddPaymentRequest(
    MasterKey owner, PaymentProvider provider, Plan plan, Duration length, boolean redeem) {
  /// Where it is sent to.
  public static final String PATH = "/dev/add_payment";

  /// Reads a request body. Without `duration` the payment has the nominal length of its plan.
  ///
  /// @throws BadRequest naming the first member that fails
  public static DevAddPaymentRequest parse(JsonObject body) {
    String owner = Members.text(body, "master_pkey");
    PaymentProvider provider = Members.code(body, "provider", PaymentProvider::ofCode);
    Plan plan = Members.code(body, "plan", DevAddPaymentRequest::mintable);
    Duration length = length(body, plan);
    boolean redeem = !body.has("redeem") || Members.bool(body, "redeem");
    return new DevAddPaymentRequest(
        new MasterKey(Members.hex("master_pkey", owner, MasterKey.SIZE)),
        provider,
        plan,
        length,
        redeem);
  }

  private static Optional<Plan> mintable(String label) {
    return Plan.ofLabel(label).filter(plan -> !plan.code().equals("lifetime"));
  }

  private static Duration length(JsonObject body, Plan plan) {
    if (!body.has("duration")) {
      return plan.nominalLength()
          .orElseThrow(() -> new BadRequest("duration", "is missing, and the plan implies none"));
    }
    DecimalInteger seconds = Members.integer(body, "duration");
    return V1Time.duration(seconds)
        .filter(Duration::isPositive)
        .orElseThrow(() -> new BadRequest("duration", "is out of range"));
  }

  /// The request body.
  public byte[] toJson() {
    return JsonWriter.object(json ->
        json.text("master_pkey", owner.hex())
            .text("provider", provider.code())
            .text("plan", plan.code())
            .integer("duration", V1Time.seconds(length))
            .bool("redeem", redeem));
  }
}
