package org.sessionpro.backend.cli.client;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.proof.SecretFile;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.json.JsonWriter;

/// The two secret keys of a client (`wire-v1.md` §4), kept in a JSON file of mode 0600:
///
/// | member | content |
/// |---|---|
/// | `master_seed` | 64 hex digits; whoever holds it is the account |
/// | `rotating_seed` | 64 hex digits |
///
/// @param master the account
/// @param rotating the key that proofs are for
record ClientKeys(Seed master, Seed rotating) {
  private static final String MASTER = "master_seed";
  private static final String ROTATING = "rotating_seed";

  /// Far more than two seeds need.
  private static final int MAX_FILE_SIZE = 4_096;

  /// New keys of a new account.
  static ClientKeys random(SecureRandom random) {
    return new ClientKeys(Seed.random(random), Seed.random(random));
  }

  /// Reads a keys file.
  ///
  /// @throws KeyFileRefused if it cannot be read, is open to others, or is no keys file
  static ClientKeys read(Path file) {
    byte[] content = SecretFile.read(file, MAX_FILE_SIZE + 1);
    if (content.length > MAX_FILE_SIZE) {
      throw new KeyFileRefused(file, "is too long for a keys file of `pro client keygen`");
    }
    try {
      JsonObject keys = JsonObject.parse(content);
      return new ClientKeys(seed(file, keys, MASTER), seed(file, keys, ROTATING));
    } catch (BadRequest notJson) {
      throw new KeyFileRefused(file, "must be a keys file of `pro client keygen`: JSON");
    }
  }

  /// Writes a new keys file.
  ///
  /// @throws KeyFileRefused if it exists or cannot be written
  void create(Path file) {
    byte[] json =
        JsonWriter.object(
            out -> out.text(MASTER, master.bytes().hex()).text(ROTATING, rotating.bytes().hex()));
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    SecretFile.create(file, line);
  }

  SigningKey masterKey(Crypto crypto) {
    return crypto.signingKey(master);
  }

  SigningKey rotatingKey(Crypto crypto) {
    return crypto.signingKey(rotating);
  }

  private static Seed seed(Path file, JsonObject keys, String member) {
    if (keys.member(member).orElse(null) instanceof JsonValue.Text(String hex)
        && hex.length() == 2 * Seed.SIZE
        && hex.chars().allMatch(HexFormat::isHexDigit)) {
      return Seed.fromHex(hex);
    }
    throw new KeyFileRefused(file, "must hold " + 2 * Seed.SIZE + " hex digits as " + member);
  }
}
