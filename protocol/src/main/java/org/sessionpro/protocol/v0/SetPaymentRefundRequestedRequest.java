package org.sessionpro.protocol.v0;

import java.time.Instant;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// "I asked the store for my money back": `POST /set_payment_refund_requested` (`wire-v0.md` §5.5).
///
/// @param timestamp the client's clock, in whole milliseconds
/// @param refundRequested when the store was asked; [V0Time#NONE] withdraws the note
/// @param payment in production the App Store's only; a server in development mode takes Google's too
public record SetPaymentRefundRequestedRequest(
    MasterKey master,
    Instant timestamp,
    Instant refundRequested,
    PaymentTx.Claimable payment,
    Signature masterSignature)
    implements SignedByMaster {
  /// Where it is sent to.
  public static final String PATH = "/set_payment_refund_requested";

  public SetPaymentRefundRequestedRequest {
    timestamp = V0Time.floor(timestamp);
    refundRequested = V0Time.floor(refundRequested);
  }

  /// Reads a body that arrives at `now`. Which provider is acceptable is left to the server.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems of the first stage that has any
  public static SetPaymentRefundRequestedRequest parse(JsonObject body, Instant now) {
    MemberReader in = new MemberReader(body);
    in.expectIntegers("version", "unix_ts_ms", "refund_requested_unix_ts_ms");
    in.expectTexts("master_pkey", "master_sig");
    MemberReader payment = in.object("payment_tx");
    payment.expectIntegers("provider");
    in.stop();
    in.version();
    SetPaymentRefundRequestedRequest request =
        new SetPaymentRefundRequestedRequest(
            new MasterKey(in.hex("master_pkey", MasterKey.SIZE)),
            in.timestamp("unix_ts_ms", TimestampTolerance.EXCLUSIVE, now),
            in.time("refund_requested_unix_ts_ms"),
            payment.payment(),
            new Signature(in.hex("master_sig", Signature.SIZE)));
    in.stop();
    return request;
  }

  /// The request of a client that holds the master key, made at `timestamp`.
  public static SetPaymentRefundRequestedRequest sign(
      Crypto crypto,
      SigningKey master,
      Instant timestamp,
      Instant refundRequested,
      PaymentTx.Claimable payment) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    byte[] digest = V0Message.refund(masterKey, timestamp, refundRequested, payment).digest(crypto);
    return new SetPaymentRefundRequestedRequest(
        masterKey, timestamp, refundRequested, payment, master.sign(digest));
  }

  @Override
  public V0Message message() {
    return V0Message.refund(master, timestamp, refundRequested, payment);
  }

  @Override
  public byte[] toJson() {
    return JsonWriter.object(out ->
        out.text("master_pkey", master.hex())
            .text("master_sig", masterSignature.hex())
            .object("payment_tx", payment::write)
            .integer("refund_requested_unix_ts_ms", V0Time.millis(refundRequested))
            .integer("unix_ts_ms", V0Time.millis(timestamp))
            .integer("version", V0Message.VERSION));
  }
}
