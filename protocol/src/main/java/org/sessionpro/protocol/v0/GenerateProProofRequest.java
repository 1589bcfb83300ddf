package org.sessionpro.protocol.v0;

import java.time.Instant;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// "Prove my subscription to this key": `POST /generate_pro_proof` (`wire-v0.md` §5.2).
///
/// @param timestamp the client's clock, in whole milliseconds
public record GenerateProProofRequest(
    MasterKey master,
    RotatingKey rotating,
    Instant timestamp,
    Signature masterSignature,
    Signature rotatingSignature)
    implements SignedByBoth {
  /// Where it is sent to.
  public static final String PATH = "/generate_pro_proof";

  public GenerateProProofRequest {
    timestamp = V0Time.floor(timestamp);
  }

  /// Reads a body that arrives at `now`.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems of the first stage that has any
  public static GenerateProProofRequest parse(JsonObject body, Instant now) {
    MemberReader in = new MemberReader(body);
    in.expectIntegers("version", "unix_ts_ms");
    in.expectTexts("master_pkey", "rotating_pkey", "master_sig", "rotating_sig");
    in.stop();
    in.version();
    GenerateProProofRequest request =
        new GenerateProProofRequest(
            new MasterKey(in.hex("master_pkey", MasterKey.SIZE)),
            new RotatingKey(in.hex("rotating_pkey", RotatingKey.SIZE)),
            in.timestamp("unix_ts_ms", TimestampTolerance.INCLUSIVE, now),
            new Signature(in.hex("master_sig", Signature.SIZE)),
            new Signature(in.hex("rotating_sig", Signature.SIZE)));
    in.stop();
    return request;
  }

  /// The request of a client that holds both keys, made at `timestamp`.
  public static GenerateProProofRequest sign(
      Crypto crypto, SigningKey master, SigningKey rotating, Instant timestamp) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    RotatingKey rotatingKey = new RotatingKey(rotating.publicKey());
    byte[] digest = V0Message.generate(masterKey, rotatingKey, timestamp).digest(crypto);
    return new GenerateProProofRequest(
        masterKey, rotatingKey, timestamp, master.sign(digest), rotating.sign(digest));
  }

  @Override
  public V0Message message() {
    return V0Message.generate(master, rotating, timestamp);
  }

  @Override
  public byte[] toJson() {
    return JsonWriter.object(out ->
        out.text("master_pkey", master.hex())
            .text("master_sig", masterSignature.hex())
            .text("rotating_pkey", rotating.hex())
            .text("rotating_sig", rotatingSignature.hex())
            .integer("unix_ts_ms", V0Time.millis(timestamp))
            .integer("version", V0Message.VERSION));
  }
}
