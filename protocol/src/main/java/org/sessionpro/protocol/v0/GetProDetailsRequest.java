package org.sessionpro.protocol.v0;

import java.time.Instant;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// "What have I bought?": `POST /get_pro_details` (`wire-v0.md` §5.4).
///
/// @param timestamp the client's clock, in whole milliseconds
/// @param count how many of the newest payments to show, 0 to 2³² − 1
public record GetProDetailsRequest(
    MasterKey master, Instant timestamp, long count, Signature masterSignature)
    implements SignedByMaster {
  /// Where it is sent to.
  public static final String PATH = "/get_pro_details";

  /// Largest `count`.
  public static final long MAX_COUNT = 0xFFFF_FFFFL;

  public GetProDetailsRequest {
    timestamp = V0Time.floor(timestamp);
    if (count < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count must lie between 0 and 2^32 - 1");
    }
  }

  /// Reads a body that arrives at `now`.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems of the first stage that has any
  public static GetProDetailsRequest parse(JsonObject body, Instant now) {
    MemberReader in = new MemberReader(body);
    in.expectIntegers("version", "unix_ts_ms", "count");
    in.expectTexts("master_pkey", "master_sig");
    in.stop();
    in.version();
    GetProDetailsRequest request =
        new GetProDetailsRequest(
            new MasterKey(in.hex("master_pkey", MasterKey.SIZE)),
            in.timestamp("unix_ts_ms", TimestampTolerance.EXCLUSIVE, now),
            in.integer("count", 0, MAX_COUNT),
            new Signature(in.hex("master_sig", Signature.SIZE)));
    in.stop();
    return request;
  }

  /// The request of a client that holds the master key, made at `timestamp`.
  public static GetProDetailsRequest sign(
      Crypto crypto, SigningKey master, Instant timestamp, long count) {
    MasterKey masterKey = new MasterKey(master.publicKey());
    byte[] digest = V0Message.details(masterKey, timestamp, count).digest(crypto);
    return new GetProDetailsRequest(masterKey, timestamp, count, master.sign(digest));
  }

  @Override
  public V0Message message() {
    return V0Message.details(master, timestamp, count);
  }

  @Override
  public byte[] toJson() {
    return JsonWriter.object(out ->
        out.integer("count", count)
            .text("master_pkey", master.hex())
            .text("master_sig", masterSignature.hex())
            .integer("unix_ts_ms", V0Time.millis(timestamp))
            .integer("version", V0Message.VERSION));
  }
}
