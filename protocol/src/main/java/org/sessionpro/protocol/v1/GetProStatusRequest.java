package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Asks how an account stands (`wire-v1.md` §9). [SignedMessages#getProStatus] is what is signed.
///
/// @param ts the client's clock, UNIX seconds of any magnitude; fits an instant once it is fresh
/// @param masterSignature the master key's over [#message()]
public record GetProStatusRequest(
    MasterKey masterKey, DecimalInteger ts, Signature masterSignature) {

  /// Signs a request as a client does.
  public static GetProStatusRequest sign(SigningKey master, Instant now) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    DecimalInteger ts = DecimalInteger.of(V1Time.seconds(now));
    return new GetProStatusRequest(
        masterKey, ts, master.sign(SignedMessages.getProStatus(masterKey, ts)));
  }

  /// Reads a request body: every presence and type before any hex.
  ///
  /// @throws org.sessionpro.protocol.BadRequest naming the first member that fails
  public static GetProStatusRequest parse(JsonObject body) {
    String masterKey = Members.text(body, "master_pkey");
    String masterSignature = Members.text(body, "master_sig");
    DecimalInteger ts = Members.integer(body, "ts");
    return new GetProStatusRequest(
        new MasterKey(Members.hex("master_pkey", masterKey, MasterKey.SIZE)),
        ts,
        new Signature(Members.hex("master_sig", masterSignature, Signature.SIZE)));
  }

  /// The request body.
  public byte[] toJson() {
    return JsonWriter.object(json ->
        json.text("master_pkey", masterKey.hex())
            .integer("ts", ts)
            .text("master_sig", masterSignature.hex()));
  }

  /// What the master key signs.
  public byte[] message() {
    return SignedMessages.getProStatus(masterKey, ts);
  }

  /// Freshness, then the signature.
  public Admission admit(Crypto crypto, Instant now) {
    return Freshness.READ.isStale(ts, now) ? Admission.STALE : checkSignature(crypto);
  }

  public Admission checkSignature(Crypto crypto) {
    return crypto.verify(masterKey, message(), masterSignature)
        ? Admission.ADMITTED
        : Admission.BAD_MASTER_SIGNATURE;
  }

  /// The instant of `ts`, by which the whole request is decided.
  ///
  /// @throws java.util.NoSuchElementException if `ts` is out of range, which no fresh request is
  public Instant at() {
    return V1Time.instant(ts).orElseThrow();
  }
}
