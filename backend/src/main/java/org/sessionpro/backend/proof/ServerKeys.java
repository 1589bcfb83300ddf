package org.sessionpro.backend.proof;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.sessionpro.backend.config.DataDirectory;
import org.sessionpro.backend.config.KeySettings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// The keys that a server starts with, by the rules of `decisions.md` §6.
///
/// A new signing key voids every proof in circulation. Therefore one is made at the default place
/// only, and only while the ledger is empty.
///
/// @param current signs proofs and opens onion requests
/// @param previousOnion open onion requests of clients that know an earlier key, tried in this order
/// @param origin where `current` comes from, for the start-up log
public record ServerKeys(ServerKey current, List<AgreementKey> previousOnion, Origin origin) {

  /// Where a signing key comes from.
  public enum Origin {
    DEVELOPMENT,
    READ,
    /// Made by this start: tell the operator to back it up.
    CREATED
  }

  public ServerKeys {
    previousOnion = List.copyOf(previousOnion);
  }

  /// Reads the keys of `settings`, or makes the first one.
  ///
  /// @param ledgerIsEmpty no server ever ran on the ledger, so no proof exists
  /// @throws KeyFileRefused if a key is needed and cannot be had
  public static ServerKeys load(
      KeySettings settings, boolean ledgerIsEmpty, Crypto crypto, SecureRandom random) {
    List<AgreementKey> previous =
        settings.previousOnionKeys().stream()
            .map(file -> SigningKeyFile.read(file, crypto).onion())
            .toList();
    return switch (settings.signing()) {
      case SigningKeySource.Development() ->
          new ServerKeys(ServerKey.development(crypto), previous, Origin.DEVELOPMENT);
      case SigningKeySource.ConfiguredFile(Path file) ->
          new ServerKeys(SigningKeyFile.read(file, crypto), previous, Origin.READ);
      case SigningKeySource.DefaultFile(Path file)
          when Files.exists(file, LinkOption.NOFOLLOW_LINKS) ->
          new ServerKeys(SigningKeyFile.read(file, crypto), previous, Origin.READ);
      case SigningKeySource.DefaultFile(Path file) ->
          new ServerKeys(first(file, ledgerIsEmpty, crypto, random), previous, Origin.CREATED);
    };
  }

  private static ServerKey first(
      Path file, boolean ledgerIsEmpty, Crypto crypto, SecureRandom random) {
    if (!ledgerIsEmpty) {
      throw new KeyFileRefused(
          file,
          "does not exist, but the ledger holds proofs made with it: restore it from its backup");
    }
    DataDirectory.create(file.toAbsolutePath().resolveSibling(""));
    return SigningKeyFile.create(file, Seed.random(random), crypto);
  }
}
