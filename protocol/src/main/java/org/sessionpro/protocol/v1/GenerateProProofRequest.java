package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Asks for a proof for a rotating key (`wire-v1.md` §8). [SignedMessages#generateProProof] is what
/// both keys sign.
///
/// @param ts the client's clock, UNIX seconds of any magnitude; fits an instant once it is fresh
/// @param masterSignature the master key's over [#message()]
/// @param rotatingSignature the rotating key's over the same bytes
public record GenerateProProofRequest(
    MasterKey masterKey,
    RotatingKey rotatingKey,
    DecimalInteger ts,
    Signature masterSignature,
    Signature rotatingSignature) {

  /// Signs a request as a client does.
  public static GenerateProProofRequest sign(SigningKey master, SigningKey rotating, Instant now) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    RotatingKey rotatingKey = new RotatingKey(rotating.publicKey());
    DecimalInteger ts = DecimalInteger.of(V1Time.seconds(now));
    byte[] message = SignedMessages.generateProProof(masterKey, rotatingKey, ts);
    return new GenerateProProofRequest(
        masterKey, rotatingKey, ts, master.sign(message), rotating.sign(message));
  }

  /// Reads a request body, steps 2 and 3 of the contract: every presence and type before any hex.
  ///
  /// @throws org.sessionpro.protocol.BadRequest naming the first member that fails
  public static GenerateProProofRequest parse(JsonObject body) {
    String masterKey = Members.text(body, "master_pkey");
    String rotatingKey = Members.text(body, "rotating_pkey");
    DecimalInteger ts = Members.integer(body, "ts");
    String masterSignature = Members.text(body, "master_sig");
    String rotatingSignature = Members.text(body, "rotating_sig");
    return new GenerateProProofRequest(
        new MasterKey(Members.hex("master_pkey", masterKey, MasterKey.SIZE)),
        new RotatingKey(Members.hex("rotating_pkey", rotatingKey, RotatingKey.SIZE)),
        ts,
        new Signature(Members.hex("master_sig", masterSignature, Signature.SIZE)),
        new Signature(Members.hex("rotating_sig", rotatingSignature, Signature.SIZE)));
  }

  /// The request body.
  public byte[] toJson() {
    return JsonWriter.object(json ->
        json.text("master_pkey", masterKey.hex())
            .text("rotating_pkey", rotatingKey.hex())
            .integer("ts", ts)
            .text("master_sig", masterSignature.hex())
            .text("rotating_sig", rotatingSignature.hex()));
  }

  /// What both keys sign.
  public byte[] message() {
    return SignedMessages.generateProProof(masterKey, rotatingKey, ts);
  }

  /// Steps 4 to 8 of the contract: freshness, signatures, keys.
  public Admission admit(Crypto crypto, BackendKey backendKey, Instant now) {
    if (Freshness.GENERATE.isStale(ts, now)) {
      return Admission.STALE;
    }
    Admission signatures = checkSignatures(crypto);
    return signatures == Admission.ADMITTED ? checkKeys(backendKey) : signatures;
  }

  /// Steps 5 and 6: the master key's signature, then the rotating key's.
  public Admission checkSignatures(Crypto crypto) {
    byte[] message = message();
    if (!crypto.verify(masterKey, message, masterSignature)) {
      return Admission.BAD_MASTER_SIGNATURE;
    }
    return crypto.verify(rotatingKey, message, rotatingSignature)
        ? Admission.ADMITTED
        : Admission.BAD_ROTATING_SIGNATURE;
  }

  /// Steps 7 and 8: no key is the backend's, the two keys differ, neither is zero, and the
  /// signatures differ.
  public Admission checkKeys(BackendKey backendKey) {
    if (masterKey.bytes().equals(backendKey.bytes())
        || rotatingKey.bytes().equals(backendKey.bytes())) {
      return Admission.BACKEND_KEY;
    }
    if (masterKey.bytes().equals(rotatingKey.bytes())) {
      return Admission.EQUAL_KEYS;
    }
    if (masterKey.bytes().isZero()) {
      return Admission.ZERO_MASTER_KEY;
    }
    if (rotatingKey.bytes().isZero()) {
      return Admission.ZERO_ROTATING_KEY;
    }
    return masterSignature.equals(rotatingSignature)
        ? Admission.EQUAL_SIGNATURES
        : Admission.ADMITTED;
  }

  /// The instant of `ts`, by which the whole request is decided.
  ///
  /// @throws java.util.NoSuchElementException if `ts` is out of range, which no fresh request is
  public Instant at() {
    return V1Time.instant(ts).orElseThrow();
  }
}
