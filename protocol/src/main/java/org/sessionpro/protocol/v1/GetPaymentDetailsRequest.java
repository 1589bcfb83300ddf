package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.json.JsonWriter;

/// Asks for a page of an account's payments (`wire-v1.md` §10). [SignedMessages#getPaymentDetails] is
/// what is signed.
///
/// @param ts the client's clock, UNIX seconds of any magnitude; fits an instant once it is fresh
/// @param limit of any sign and magnitude, as sent; [#page(PaymentCursors)] judges and clamps it
/// @param before the `next_cursor` of the page before, as sent; empty for the newest page
/// @param masterSignature the master key's over [#message()]
public record GetPaymentDetailsRequest(
    MasterKey masterKey,
    DecimalInteger ts,
    DecimalInteger limit,
    String before,
    Signature masterSignature) {
  /// Most payments of one page; a higher `limit` counts as this.
  public static final int MAX_PAGE = 100;

  /// What the backend looks up: at most `size` payments whose registration id is below `before`.
  ///
  /// @param size 1 to [#MAX_PAGE]
  /// @param before exclusive; `Long.MAX_VALUE` for the newest page
  public record Page(int size, long before) {}

  public GetPaymentDetailsRequest {
    if (!new JsonValue.Text(before).isWellFormed()) {
      throw new IllegalArgumentException("a cursor holds no unpaired surrogates");
    }
  }

  /// Signs a request as a client does.
  ///
  /// @param before empty for the newest page
  public static GetPaymentDetailsRequest sign(
      SigningKey master, Instant now, DecimalInteger limit, String before) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    DecimalInteger ts = DecimalInteger.of(V1Time.seconds(now));
    byte[] message = SignedMessages.getPaymentDetails(masterKey, ts, limit, before);
    return new GetPaymentDetailsRequest(masterKey, ts, limit, before, master.sign(message));
  }

  /// Reads a request body: every presence and type before any hex. An absent `before` is empty.
  ///
  /// @throws BadRequest naming the first member that fails
  public static GetPaymentDetailsRequest parse(JsonObject body) {
    String masterKey = Members.text(body, "master_pkey");
    String masterSignature = Members.text(body, "master_sig");
    DecimalInteger ts = Members.integer(body, "ts");
    DecimalInteger limit = Members.integer(body, "limit");
    String before = body.has("before") ? Members.wellFormedText(body, "before") : "";
    return new GetPaymentDetailsRequest(
        new MasterKey(Members.hex("master_pkey", masterKey, MasterKey.SIZE)),
        ts,
        limit,
        before,
        new Signature(Members.hex("master_sig", masterSignature, Signature.SIZE)));
  }

  /// The request body.
  public byte[] toJson() {
    return JsonWriter.object(json ->
        json.text("master_pkey", masterKey.hex())
            .integer("ts", ts)
            .integer("limit", limit)
            .text("before", before)
            .text("master_sig", masterSignature.hex()));
  }

  /// What the master key signs.
  public byte[] message() {
    return SignedMessages.getPaymentDetails(masterKey, ts, limit, before);
  }

  /// Freshness, then the signature. [#page(PaymentCursors)] comes after.
  public Admission admit(Crypto crypto, Instant now) {
    return Freshness.READ.isStale(ts, now) ? Admission.STALE : checkSignature(crypto);
  }

  public Admission checkSignature(Crypto crypto) {
    return crypto.verify(masterKey, message(), masterSignature)
        ? Admission.ADMITTED
        : Admission.BAD_MASTER_SIGNATURE;
  }

  /// The page that an admitted request asks for: the limit is judged first, then the cursor opened.
  ///
  /// @throws BadRequest naming `limit` if it is not positive, or `before` if it is no cursor of this
  ///     account and backend
  public Page page(PaymentCursors cursors) {
    if (limit.compareTo(DecimalInteger.of(0)) <= 0) {
      throw new BadRequest("limit", "must be positive");
    }
    int size = (int) limit.clamp(1, MAX_PAGE);
    return new Page(size, before.isEmpty() ? Long.MAX_VALUE : cursors.open(masterKey, before));
  }

  /// The instant of `ts`, by which the whole request is decided.
  ///
  /// @throws java.util.NoSuchElementException if `ts` is out of range, which no fresh request is
  public Instant at() {
    return V1Time.instant(ts).orElseThrow();
  }
}
