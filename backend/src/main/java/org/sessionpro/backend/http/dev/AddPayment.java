package org.sessionpro.backend.http.dev;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.development.DevelopmentMint;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.DevAddPaymentRequest;
import org.sessionpro.protocol.v1.DevPayment;
import org.sessionpro.protocol.v1.PaymentId;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /dev/add_payment` (`wire-v1.md` §13, `entitlement.md` §11).
public final class AddPayment implements V1Endpoint {
  private final Ledger ledger;
  private final DevelopmentMint mint;
  private final InstantSource clock;

  public AddPayment(Ledger ledger, DevelopmentMint mint, InstantSource clock) {
    this.ledger = ledger;
    this.mint = mint;
    this.clock = clock;
  }

  @Override
  public V1Answer<DevPayment> answer(JsonObject body) {
    DevAddPaymentRequest request = DevAddPaymentRequest.parse(body);
    if (request.length().compareTo(VoucherMint.MAX_LENGTH) > 0) {
      throw new BadRequest("duration", "must be 100 years at most");
    }
    if (request.provider() == PaymentProvider.STF && !request.redeem()) {
      throw new BadRequest("redeem", "must be true for stf: nobody could claim such a payment");
    }
    PaymentKey key =
        mint.mint(
            new DevelopmentMint.Order(
                request.owner(),
                request.provider(),
                request.plan(),
                request.length(),
                request.redeem()),
            clock.instant());
    Optional<Instant> expiry =
        Optional.of(request)
            .filter(DevAddPaymentRequest::redeem)
            .flatMap(redeemed -> ledger.account(redeemed.owner()))
            .map(Account::entitlement)
            .map(entitlement -> entitlement.expiry());
    return new V1Answer.Ok<>(new DevPayment(id(key), request.plan(), expiry.orElse(null)));
  }

  private static PaymentId id(PaymentKey key) {
    return switch (key.provider()) {
      case GOOGLE_PLAY -> PaymentId.googlePlay(key.subscription(), key.cycle());
      case APP_STORE -> PaymentId.appStore(key.subscription());
      case STF -> PaymentId.voucher(key.subscription());
    };
  }
}
