package org.sessionpro.protocol.v0;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Crypto;

/// Something that v0 signs: its purpose and its fields in bytes (`wire-v0.md` §4).
///
/// A signature is Ed25519 over the 32-byte [#digest(Crypto)], which is BLAKE2b-256, unkeyed and
/// unsalted, personalised by the purpose. Integers are little-endian, strings raw UTF-8.
///
/// @param purpose separates the messages, so that one is never taken for another
/// @param preimage what is hashed; the byte tables stand at the factories
public record V0Message(Purpose purpose, ByteString preimage) {
  /// The version of this generation, first byte of every message and `version` of every object.
  public static final int VERSION = 0;

  private static final int KEY = 32;
  private static final int TIME = Long.BYTES;

  /// What a message says, by its 16 ASCII characters of personalisation.
  public enum Purpose {
    ADD("ProAddPayment___"),
    GENERATE("ProGenerateProof"),
    PROOF("ProProof________"),
    DETAILS("ProGetProDetReq_"),
    REFUND("ProSetRefundReq_");

    private final String personalisation;

    Purpose(String personalisation) {
      this.personalisation = personalisation;
    }

    /// 16 ASCII characters.
    public String personalisation() {
      return personalisation;
    }
  }

  /// "This payment is the master key's; prove it to the rotating key." Signed by both.
  ///
  /// | offset | size | field |
  /// |---|---|---|
  /// | 0 | 1 | version |
  /// | 1 | 32 | master key |
  /// | 33 | 32 | rotating key |
  /// | 65 | 1 | number of the provider |
  /// | 66 | rest | [PaymentTx#signedId()] |
  public static V0Message add(MasterKey master, RotatingKey rotating, PaymentTx payment) {
    ByteString id = payment.signedId();
    return new Fields(Purpose.ADD, 2 * KEY + 1 + id.size())
        .bytes(master.bytes())
        .bytes(rotating.bytes())
        .number8(payment.provider().v0Number())
        .bytes(id)
        .message();
  }

  /// "Prove the master key's subscription to the rotating key." Signed by both.
  ///
  /// | offset | size | field |
  /// |---|---|---|
  /// | 0 | 1 | version |
  /// | 1 | 32 | master key |
  /// | 33 | 32 | rotating key |
  /// | 65 | 8 | time of the request, ms |
  public static V0Message generate(MasterKey master, RotatingKey rotating, Instant timestamp) {
    return new Fields(Purpose.GENERATE, 2 * KEY + TIME)
        .bytes(master.bytes())
        .bytes(rotating.bytes())
        .time(timestamp)
        .message();
  }

  /// "The holder of the rotating key is a subscriber until then." Signed by the backend.
  ///
  /// | offset | size | field |
  /// |---|---|---|
  /// | 0 | 1 | version |
  /// | 1 | 32 | tag, `gen_index_hash` |
  /// | 33 | 32 | rotating key |
  /// | 65 | 8 | expiry, ms |
  public static V0Message proof(RevocationTag tag, RotatingKey rotating, Instant expiry) {
    return new Fields(Purpose.PROOF, 2 * KEY + TIME)
        .bytes(tag.bytes())
        .bytes(rotating.bytes())
        .time(expiry)
        .message();
  }

  /// "Show me the state of the master key." Signed by the master key.
  ///
  /// | offset | size | field |
  /// |---|---|---|
  /// | 0 | 1 | version |
  /// | 1 | 32 | master key |
  /// | 33 | 8 | time of the request, ms |
  /// | 41 | 4 | count |
  ///
  /// @param count 0 to 2³² − 1
  public static V0Message details(MasterKey master, Instant timestamp, long count) {
    return new Fields(Purpose.DETAILS, KEY + TIME + Integer.BYTES)
        .bytes(master.bytes())
        .time(timestamp)
        .number32(count)
        .message();
  }

  /// "I asked the store for my money back." Signed by the master key.
  ///
  /// | offset | size | field |
  /// |---|---|---|
  /// | 0 | 1 | version |
  /// | 1 | 32 | master key |
  /// | 33 | 8 | time of the request, ms |
  /// | 41 | 8 | time of the refund request, ms; 0 withdraws it |
  /// | 49 | 1 | number of the provider |
  /// | 50 | rest | [PaymentTx#signedId()] |
  public static V0Message refund(
      MasterKey master, Instant timestamp, Instant refundRequested, PaymentTx.Claimable payment) {
    ByteString id = payment.signedId();
    return new Fields(Purpose.REFUND, KEY + 2 * TIME + 1 + id.size())
        .bytes(master.bytes())
        .time(timestamp)
        .time(refundRequested)
        .number8(payment.provider().v0Number())
        .bytes(id)
        .message();
  }

  /// What is signed: 32 bytes.
  public byte[] digest(Crypto crypto) {
    return crypto.blake2b256(
        Blake2bParameters.personalised(purpose.personalisation), preimage.toByteArray());
  }

  /// Collects the fields of one message behind its version.
  private static final class Fields {
    private final Purpose purpose;
    private final ByteBuffer buffer;

    private Fields(Purpose purpose, int size) {
      this.purpose = purpose;
      this.buffer = ByteBuffer.allocate(1 + size).order(ByteOrder.LITTLE_ENDIAN);
      buffer.put((byte) VERSION);
    }

    private Fields bytes(ByteString value) {
      buffer.put(value.toByteArray());
      return this;
    }

    private Fields time(Instant value) {
      buffer.putLong(V0Time.millis(value));
      return this;
    }

    private Fields number32(long value) {
      if (value >>> Integer.SIZE != 0) {
        throw new IllegalArgumentException("a u32 lies between 0 and 2^32 - 1");
      }
      buffer.putInt((int) value);
      return this;
    }

    private Fields number8(int value) {
      buffer.put((byte) value);
      return this;
    }

    private V0Message message() {
      return new V0Message(purpose, ByteString.of(buffer.array()));
    }
  }
}
