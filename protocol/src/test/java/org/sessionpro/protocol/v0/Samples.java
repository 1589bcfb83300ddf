package org.sessionpro.protocol.v0;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;

/// The keys of `wire-v0.json` and requests made with them.
final class Samples {
  static final Crypto CRYPTO = Crypto.selfTested();
  static final SigningKey MASTER = key("01");
  static final SigningKey ROTATING = key("02");
  static final SigningKey STRANGER = key("09");
  static final SigningKey BACKEND = key("cd");
  static final BackendKey BACKEND_KEY = new BackendKey(BACKEND.publicKey());
  static final RotatingKey ROTATING_KEY = new RotatingKey(ROTATING.publicKey());
  static final RevocationTag TAG = RevocationTag.fromHex("ab".repeat(32));
  static final Instant NOW = Instant.ofEpochMilli(1_772_000_000_000L);

  static final PaymentTx.Google GOOGLE =
      new PaymentTx.Google(new PurchaseToken("token"), new OrderId("GPA.1"));
  static final PaymentTx.Apple APPLE = new PaymentTx.Apple(new TransactionId("2000000900000001"));

  private Samples() {}

  static SigningKey key(String seedByte) {
    return CRYPTO.signingKey(Seed.fromHex(seedByte.repeat(Seed.SIZE)));
  }

  static AddProPaymentRequest add(PaymentTx.Claimable payment) {
    return AddProPaymentRequest.sign(CRYPTO, MASTER, ROTATING, payment);
  }

  static GenerateProProofRequest generate() {
    return GenerateProProofRequest.sign(CRYPTO, MASTER, ROTATING, NOW);
  }

  static GetProDetailsRequest details() {
    return GetProDetailsRequest.sign(CRYPTO, MASTER, NOW, 1);
  }

  static SetPaymentRefundRequestedRequest refund(PaymentTx.Claimable payment) {
    return SetPaymentRefundRequestedRequest.sign(CRYPTO, MASTER, NOW, NOW, payment);
  }

  static JsonObject json(String document) {
    return JsonObject.parse(document.getBytes(StandardCharsets.UTF_8));
  }
}
