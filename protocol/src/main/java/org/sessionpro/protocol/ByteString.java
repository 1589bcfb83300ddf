package org.sessionpro.protocol;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable byte string with value equality: what every key, tag and signature is made of.
///
/// [#toString()] shows the length only, so that a record that holds one cannot leak it into a log.
/// Equality takes time independent of the content.
public final class ByteString {
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Copies `bytes`.
  public static ByteString of(byte[] bytes) {
    return new ByteString(bytes.clone());
  }

  /// Copies `length` bytes of `bytes` from `offset`.
  public static ByteString of(byte[] bytes, int offset, int length) {
    return new ByteString(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// Decodes hex digits of either case, without prefix or blanks.
  ///
  /// @throws IllegalArgumentException if `hex` is of odd length or holds anything but hex digits
  public static ByteString fromHex(String hex) {
    return new ByteString(HEX.parseHex(hex));
  }

  /// Number of bytes.
  public int size() {
    return bytes.length;
  }

  /// A copy of the bytes.
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /// The bytes themselves, not a copy, behind a buffer that cannot change them.
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// Copies all bytes into `target` from `offset` on and returns the offset behind them.
  public int copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
    return offset + bytes.length;
  }

  /// True when every byte is zero.
  public boolean isZero() {
    int bits = 0;
    for (byte b : bytes) {
      bits |= b;
    }
    return bits == 0;
  }

  /// Lower-case hex without prefix, two digits a byte.
  public String hex() {
    return HEX.formatHex(bytes);
  }

  /// Refuses any other length; for the compact constructors of the types built on this one.
  ///
  /// @throws IllegalArgumentException if there are not exactly `size` bytes
  public void requireSize(int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException("expected " + size + " bytes, got " + bytes.length);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
