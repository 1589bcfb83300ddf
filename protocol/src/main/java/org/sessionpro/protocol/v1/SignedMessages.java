package org.sessionpro.protocol.v1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.json.DecimalInteger;

/// The four byte strings that protocol v1 signs with Ed25519, no pre-hash (`wire-v1.md` §3).
///
/// A message is a 16-byte ASCII domain and its fields without padding. Integers are shortest decimal
/// ASCII (`-` for negatives, zero is `0`), strings UTF-8. One byte `00` separates two neighbouring
/// fields of variable width and stands nowhere else; an empty string keeps its separator.
///
/// | message | 0…15 | 16…47 | 48…79 | rest |
/// |---|---|---|---|---|
/// | generate_pro_proof | `ProGenerateProof` | master key | rotating key | ts |
/// | get_pro_status | `ProGetProStatus_` | master key | ts … | |
/// | get_payment_details | `ProGetPayDetails` | master key | ts … | `00` limit `00` before |
/// | proof | `ProProof_v0_____` | revocation tag | rotating key | expiry_ts |
public final class SignedMessages {
  private SignedMessages() {}

  /// Signed by the master and by the rotating key.
  ///
  /// @param ts UNIX seconds
  public static byte[] generateProProof(
      MasterKey masterKey, RotatingKey rotatingKey, DecimalInteger ts) {
    return new Message("ProGenerateProof")
        .fixed(masterKey.bytes())
        .fixed(rotatingKey.bytes())
        .integer(ts)
        .toByteArray();
  }

  /// Signed by the master key.
  ///
  /// @param ts UNIX seconds
  public static byte[] getProStatus(MasterKey masterKey, DecimalInteger ts) {
    return new Message("ProGetProStatus_").fixed(masterKey.bytes()).integer(ts).toByteArray();
  }

  /// Signed by the master key.
  ///
  /// @param ts UNIX seconds
  /// @param limit as sent, before it is clamped
  /// @param before as sent; empty for the newest page
  public static byte[] getPaymentDetails(
      MasterKey masterKey, DecimalInteger ts, DecimalInteger limit, String before) {
    return new Message("ProGetPayDetails")
        .fixed(masterKey.bytes())
        .integer(ts)
        .integer(limit)
        .text(before)
        .toByteArray();
  }

  /// Signed by the backend.
  ///
  /// @param expiry a whole second
  public static byte[] proof(RevocationTag tag, RotatingKey rotatingKey, Instant expiry) {
    return new Message("ProProof_v0_____")
        .fixed(tag.bytes())
        .fixed(rotatingKey.bytes())
        .integer(DecimalInteger.of(V1Time.seconds(expiry)))
        .toByteArray();
  }

  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    private boolean endsVariable;

    Message(String domain) {
      bytes.writeBytes(domain.getBytes(StandardCharsets.US_ASCII));
    }

    Message fixed(ByteString field) {
      bytes.writeBytes(field.toByteArray());
      endsVariable = false;
      return this;
    }

    Message integer(DecimalInteger field) {
      return variable(field.text().getBytes(StandardCharsets.US_ASCII));
    }

    Message text(String field) {
      return variable(field.getBytes(StandardCharsets.UTF_8));
    }

    private Message variable(byte[] field) {
      if (endsVariable) {
        bytes.write(0);
      }
      bytes.writeBytes(field);
      endsVariable = true;
      return this;
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
