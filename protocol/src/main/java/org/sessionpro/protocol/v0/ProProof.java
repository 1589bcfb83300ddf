package org.sessionpro.protocol.v0;

import java.time.Instant;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The backend's statement that the holder of a rotating key is a subscriber, which anybody can check
/// offline; the result of add and generate (`wire-v0.md` §5.1).
///
/// @param tag `gen_index_hash`, under which the proof can be revoked; opaque
/// @param rotating the key that the proof is for
/// @param expiry last instant at which the proof is valid, in whole milliseconds
/// @param signature the backend's, over [V0Message#proof]
public record ProProof(RevocationTag tag, RotatingKey rotating, Instant expiry, Signature signature)
    implements V0Result {
  public ProProof {
    expiry = V0Time.floor(expiry);
  }

  /// A new proof. The same input gives the same proof.
  public static ProProof issue(
      Crypto crypto, SigningKey backend, RevocationTag tag, RotatingKey rotating, Instant expiry) {
    byte[] digest = V0Message.proof(tag, rotating, expiry).digest(crypto);
    return new ProProof(tag, rotating, expiry, backend.sign(digest));
  }

  /// Reads a result of add or generate.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems
  public static ProProof parse(JsonObject result) {
    MemberReader in = new MemberReader(result);
    in.version();
    ProProof proof =
        new ProProof(
            new RevocationTag(in.hex("gen_index_hash", RevocationTag.SIZE)),
            new RotatingKey(in.hex("rotating_pkey", RotatingKey.SIZE)),
            in.time("expiry_unix_ts_ms"),
            new Signature(in.hex("sig", Signature.SIZE)));
    in.stop();
    return proof;
  }

  /// Judges this proof at `now`. That its bearer holds [#rotating()] is the caller's to check.
  ///
  /// @param revocations the newest list that is known
  public ProofVerdict verify(
      Crypto crypto, BackendKey backend, Instant now, ProRevocations revocations) {
    byte[] digest = V0Message.proof(tag, rotating, expiry).digest(crypto);
    if (!crypto.verify(backend, digest, signature)) {
      return ProofVerdict.FORGED;
    }
    if (now.isAfter(expiry)) {
      return ProofVerdict.EXPIRED;
    }
    return revocations.revokes(tag, now) ? ProofVerdict.REVOKED : ProofVerdict.VALID;
  }

  @Override
  public void write(JsonWriter out) {
    out.integer("expiry_unix_ts_ms", V0Time.millis(expiry))
        .text("gen_index_hash", tag.hex())
        .text("rotating_pkey", rotating.hex())
        .text("sig", signature.hex())
        .integer("version", V0Message.VERSION);
  }
}
