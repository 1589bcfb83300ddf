package org.sessionpro.backend.proof;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PublicKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// The file that holds a signing key (`wire-v1.md` §4), a [SecretFile]:
///
/// | characters | content |
/// |---|---|
/// | 0…63 | seed, hex of either case |
/// | 64…127 | public key of that seed, hex |
/// | 128 | a line end, or nothing |
public final class SigningKeyFile {
  private static final int DIGITS = 2 * (Seed.SIZE + PublicKey.SIZE);
  private static final int LONGEST_LINE_END = 2;

  private SigningKeyFile() {}

  /// Reads and checks `file`.
  ///
  /// @throws KeyFileRefused if it is absent, unreadable, open to others, or anything but a key
  public static ServerKey read(Path file, Crypto crypto) {
    byte[] content = SecretFile.read(file, DIGITS + LONGEST_LINE_END + 1);
    String digits = withoutLineEnd(new String(content, StandardCharsets.ISO_8859_1));
    if (digits.length() != DIGITS) {
      throw new KeyFileRefused(file, "must hold exactly " + DIGITS + " hex digits");
    }
    if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new KeyFileRefused(file, "must hold hex digits only");
    }
    Seed seed = Seed.fromHex(digits.substring(0, 2 * Seed.SIZE));
    ByteString stated = ByteString.fromHex(digits.substring(2 * Seed.SIZE));
    ServerKey key = ServerKey.of(seed, crypto);
    if (!key.publicKey().bytes().equals(stated)) {
      throw new KeyFileRefused(file, "must end with the public key of its seed, and does not");
    }
    return key;
  }

  /// Writes a new key to `file`.
  ///
  /// @throws KeyFileRefused if `file` exists or cannot be written
  public static ServerKey create(Path file, Seed seed, Crypto crypto) {
    ServerKey key = ServerKey.of(seed, crypto);
    String line = seed.bytes().hex() + key.publicKey().hex() + "\n";
    SecretFile.create(file, line.getBytes(StandardCharsets.US_ASCII));
    return key;
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
