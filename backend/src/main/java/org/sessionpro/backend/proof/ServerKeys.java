package org.sessionpro.backend.proof;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
    return existing(settings, ledgerIsEmpty, () -> crypto)
        .orElseGet(() -> first(settings, crypto, random));
  }

  /// Reads the keys of `settings`; empty if the first one has yet to be made.
  ///
  /// @param ledgerIsEmpty as above
  /// @param crypto asked if there is a key to read
  /// @throws KeyFileRefused if a key is needed and cannot be had
  public static Optional<ServerKeys> existing(
      KeySettings settings, boolean ledgerIsEmpty, Supplier<Crypto> crypto) {
    List<AgreementKey> previous = previous(settings, crypto);
    return switch (settings.signing()) {
      case SigningKeySource.Development() ->
          Optional.of(
              new ServerKeys(ServerKey.development(crypto.get()), previous, Origin.DEVELOPMENT));
      case SigningKeySource.ConfiguredFile(Path file) -> Optional.of(read(file, previous, crypto));
      case SigningKeySource.DefaultFile(Path file)
          when Files.exists(file, LinkOption.NOFOLLOW_LINKS) ->
          Optional.of(read(file, previous, crypto));
      case SigningKeySource.DefaultFile(Path _) when ledgerIsEmpty -> Optional.empty();
      case SigningKeySource.DefaultFile(Path file) ->
          throw new KeyFileRefused(
              file,
              "does not exist, but the ledger holds proofs made with it: restore it from its backup");
    };
  }

  private static ServerKeys read(Path file, List<AgreementKey> previous, Supplier<Crypto> crypto) {
    return new ServerKeys(SigningKeyFile.read(file, crypto.get()), previous, Origin.READ);
  }

  private static List<AgreementKey> previous(KeySettings settings, Supplier<Crypto> crypto) {
    return settings.previousOnionKeys().stream()
        .map(file -> SigningKeyFile.read(file, crypto.get()).onion())
        .toList();
  }

  private static ServerKeys first(KeySettings settings, Crypto crypto, SecureRandom random) {
    Path file = Objects.requireNonNull(settings.signing().file());
    DataDirectory.create(file.toAbsolutePath().resolveSibling(""));
    ServerKey key = SigningKeyFile.create(file, Seed.random(random), crypto);
    return new ServerKeys(key, previous(settings, () -> crypto), Origin.CREATED);
  }
}
