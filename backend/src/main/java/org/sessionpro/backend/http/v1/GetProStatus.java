package org.sessionpro.backend.http.v1;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /get_pro_status` (`wire-v1.md` §9).
public final class GetProStatus implements V1Endpoint {
  private final Crypto crypto;
  private final Ledger ledger;
  private final InstantSource clock;
  private final V1View view;

  public GetProStatus(
      Crypto crypto, Ledger ledger, RenewalAllowance allowance, InstantSource clock) {
    this.crypto = crypto;
    this.ledger = ledger;
    this.clock = clock;
    this.view = new V1View(allowance);
  }

  @Override
  public V1Answer<StatusResult> answer(JsonObject body) {
    GetProStatusRequest request = GetProStatusRequest.parse(body);
    Instant now = clock.instant();
    Optional<Refusal> refusal = request.admit(crypto, now).refusal();
    if (refusal.isPresent()) {
      return new V1Answer.Refused<>(refusal.get());
    }
    Instant ts = request.at();
    return new V1Answer.Ok<>(
        ledger
            .visit(request.masterKey(), ts, now)
            .status()
            .map(status -> result(status, ts))
            .orElse(StatusResult.NEVER));
  }

  private StatusResult result(Ledger.Status status, Instant ts) {
    return new StatusResult(
        view.status(status.account(), ts),
        view.term(status.account()),
        V1View.item(status.latest(), ts));
  }
}
