package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// "This payment is mine; prove it": `POST /add_pro_payment` (`wire-v0.md` §5.1). It carries no
/// time.
public record AddProPaymentRequest(
    MasterKey master,
    RotatingKey rotating,
    PaymentTx.Claimable payment,
    Signature masterSignature,
    Signature rotatingSignature)
    implements SignedByBoth {
  /// Where it is sent to.
  public static final String PATH = "/add_pro_payment";

  /// Reads a body, without the members of development mode, which [DevTerms#parse(JsonObject)]
  /// reads.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems of the first stage that has any
  public static AddProPaymentRequest parse(JsonObject body) {
    MemberReader in = new MemberReader(body);
    in.expectIntegers("version");
    in.expectTexts("master_pkey", "rotating_pkey", "master_sig", "rotating_sig");
    MemberReader payment = in.object("payment_tx");
    payment.expectIntegers("provider");
    in.stop();
    in.version();
    AddProPaymentRequest request =
        new AddProPaymentRequest(
            new MasterKey(in.hex("master_pkey", MasterKey.SIZE)),
            new RotatingKey(in.hex("rotating_pkey", RotatingKey.SIZE)),
            payment.payment(),
            new Signature(in.hex("master_sig", Signature.SIZE)),
            new Signature(in.hex("rotating_sig", Signature.SIZE)));
    in.stop();
    return request;
  }

  /// The request of a client that holds both keys.
  public static AddProPaymentRequest sign(
      Crypto crypto, SigningKey master, SigningKey rotating, PaymentTx.Claimable payment) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    RotatingKey rotatingKey = new RotatingKey(rotating.publicKey());
    byte[] digest = V0Message.add(masterKey, rotatingKey, payment).digest(crypto);
    return new AddProPaymentRequest(
        masterKey, rotatingKey, payment, master.sign(digest), rotating.sign(digest));
  }

  @Override
  public V0Message message() {
    return V0Message.add(master, rotating, payment);
  }

  @Override
  public byte[] toJson() {
    return JsonWriter.object(this::write);
  }

  /// The body to send to a server in development mode; the terms are not signed.
  public byte[] toJson(DevTerms terms) {
    return JsonWriter.object(out -> {
      terms.write(out);
      write(out);
    });
  }

  private void write(JsonWriter out) {
    out.text("master_pkey", master.hex())
        .text("master_sig", masterSignature.hex())
        .object("payment_tx", payment::write)
        .text("rotating_pkey", rotating.hex())
        .text("rotating_sig", rotatingSignature.hex())
        .integer("version", V0Message.VERSION);
  }
}
