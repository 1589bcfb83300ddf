package org.sessionpro.backend.proof;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.config.KeySettings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;

/// Whether the keys that a server is set up with are usable, and are the ones that its ledger's
/// proofs are signed with (`decisions.md` §6).
public final class KeyHealth {
  private KeyHealth() {}

  /// Something that is wrong with a key.
  ///
  /// @param key which, in snake case
  /// @param found what is there; never a secret
  /// @param expected what should be there
  public record Problem(String key, String found, String expected) {}

  /// Everything that is wrong; empty if nothing is. Makes no key.
  ///
  /// @param owner the key that signs the ledger's proofs; empty if no server ever ran on it
  public static List<Problem> check(
      KeySettings settings, Optional<BackendKey> owner, Crypto crypto) {
    List<Problem> problems = new ArrayList<>();
    try {
      signingKey(settings.signing(), owner, crypto)
          .ifPresent(key -> compare(key.publicKey(), owner, problems));
    } catch (KeyFileRefused refused) {
      problems.add(problem("signing_key", refused));
    }
    for (Path file : settings.previousOnionKeys()) {
      try {
        SigningKeyFile.read(file, crypto);
      } catch (KeyFileRefused refused) {
        problems.add(problem("previous_onion_key", refused));
      }
    }
    return problems;
  }

  /// The public key that proofs are signed with; empty if there is no key at the default place yet.
  ///
  /// @throws KeyFileRefused if it cannot be read
  public static Optional<BackendKey> publicKey(KeySettings settings, Crypto crypto) {
    return signingKey(settings.signing(), Optional.empty(), crypto).map(ServerKey::publicKey);
  }

  /// The key that a server would start with; empty if it would make its first one.
  private static Optional<ServerKey> signingKey(
      SigningKeySource source, Optional<BackendKey> owner, Crypto crypto) {
    return switch (source) {
      case SigningKeySource.Development() -> Optional.of(ServerKey.development(crypto));
      case SigningKeySource.ConfiguredFile(Path file) ->
          Optional.of(SigningKeyFile.read(file, crypto));
      case SigningKeySource.DefaultFile(Path file)
          when owner.isEmpty() && !Files.exists(file, LinkOption.NOFOLLOW_LINKS) ->
          Optional.empty();
      case SigningKeySource.DefaultFile(Path file) ->
          Optional.of(SigningKeyFile.read(file, crypto));
    };
  }

  private static void compare(BackendKey key, Optional<BackendKey> owner, List<Problem> problems) {
    owner
        .filter(other -> !other.equals(key))
        .ifPresent(other ->
            problems.add(
                new Problem(
                    "signing_key", "public key " + key.hex(), "the ledger's, " + other.hex())));
  }

  private static Problem problem(String key, KeyFileRefused refused) {
    return new Problem(key, String.valueOf(refused.getMessage()), "a usable key file");
  }
}
