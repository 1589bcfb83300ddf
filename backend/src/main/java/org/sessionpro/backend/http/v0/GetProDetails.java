package org.sessionpro.backend.http.v0;

import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;

/// `POST /get_pro_details` (`wire-v0.md` §5.4); here a bad signature has status 2.
public final class GetProDetails implements V0Endpoint {
  /// Most payments ever listed (`decisions.md` §2).
  private static final int MAX_ITEMS = 10_000;

  private final Crypto crypto;
  private final Ledger ledger;
  private final StoreTrouble trouble;
  private final InstantSource clock;
  private final V0View view;

  public GetProDetails(
      Crypto crypto,
      Ledger ledger,
      StoreTrouble trouble,
      RenewalAllowance allowance,
      InstantSource clock) {
    this.crypto = crypto;
    this.ledger = ledger;
    this.trouble = trouble;
    this.clock = clock;
    this.view = new V0View(allowance);
  }

  @Override
  public V0Answer<ProDetails> answer(JsonObject body) {
    Instant now = clock.instant();
    GetProDetailsRequest request = GetProDetailsRequest.parse(body, now);
    if (!request.isAuthentic(crypto)) {
      return V0Answer.failure(V0Status.PARSE_ERROR, "master_sig does not verify");
    }
    int count = (int) Math.min(request.count(), MAX_ITEMS);
    return new V0Answer.Success<>(
        ledger
            .visit(request.master(), request.timestamp(), now)
            .details(count)
            .map(details ->
                view.details(details, trouble.isOf(request.master()), request.timestamp()))
            .orElse(ProDetails.UNKNOWN));
  }
}
