package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The backend's signed statement that the holder of a rotating key is entitled to Pro; anybody can
/// verify it without asking the backend (`wire-v1.md` §5). [SignedMessages#proof] is what is signed.
///
/// @param tag the generation of the account, compared with the revocation list
/// @param rotatingKey the key that the proof entitles
/// @param expiry last second of validity, a whole second
/// @param signature the backend's
public record Proof(
    RevocationTag tag, RotatingKey rotatingKey, Instant expiry, Signature signature) {

  /// What an offline verification finds.
  public enum Verdict {
    VALID,
    /// Not signed by that backend.
    BAD_SIGNATURE,
    /// Signed, but its expiry has passed.
    EXPIRED,
    /// Signed and not yet over, but withdrawn.
    REVOKED
  }

  public Proof {
    requireWholeSecond(expiry);
  }

  /// Signs a proof. The same arguments always give the same bytes.
  ///
  /// @param expiry a whole second
  public static Proof sign(
      SigningKey backend, RevocationTag tag, RotatingKey rotatingKey, Instant expiry) {
    requireWholeSecond(expiry);
    Signature signature = backend.sign(SignedMessages.proof(tag, rotatingKey, expiry));
    return new Proof(tag, rotatingKey, expiry, signature);
  }

  /// Verifies the proof as a peer does. Whoever presents it must, beyond this, have signed with
  /// [#rotatingKey()] what he presents it for.
  ///
  /// @param now the verifier's own clock; the proof holds up to and including `expiry`
  public Verdict verify(Crypto crypto, BackendKey backend, Instant now, Revocations revocations) {
    if (!crypto.verify(backend, SignedMessages.proof(tag, rotatingKey, expiry), signature)) {
      return Verdict.BAD_SIGNATURE;
    }
    if (now.isAfter(expiry)) {
      return Verdict.EXPIRED;
    }
    return revocations.isRevoked(tag, now) ? Verdict.REVOKED : Verdict.VALID;
  }

  /// Reads a proof, with or without the `account_*` members that a result has besides.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static Proof parse(JsonObject object) {
    return new Proof(
        new RevocationTag(Members.hex(object, "revocation_tag", RevocationTag.SIZE)),
        new RotatingKey(Members.hex(object, "rotating_pkey", RotatingKey.SIZE)),
        Members.instant(object, "expiry_ts"),
        new Signature(Members.hex(object, "sig", Signature.SIZE)));
  }

  void write(JsonWriter json) {
    json.text("revocation_tag", tag.hex())
        .text("rotating_pkey", rotatingKey.hex())
        .integer("expiry_ts", V1Time.seconds(expiry))
        .text("sig", signature.hex());
  }

  private static void requireWholeSecond(Instant expiry) {
    if (!expiry.equals(V1Time.floor(expiry))) {
      throw new IllegalArgumentException("a proof expires on a whole second");
    }
  }
}
