package org.sessionpro.backend.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro keys`: the server's key file. Never shows a secret.
@Command(name = "keys", description = "The server's signing key.")
public final class KeysCommands {
  private final Shell shell;
  private final Supplier<Crypto> crypto;

  /// @param crypto asked when a command runs: it loads native libraries
  public KeysCommands(Shell shell, Supplier<Crypto> crypto) {
    this.shell = shell;
    this.crypto = crypto;
  }

  @Command(
      name = "show",
      description =
          "Checks the signing key and shows its public keys, which clients are built with.")
  int show(@Mixin SettingsOptions settings, @Mixin OutputOptions output) {
    Report report =
        switch (settings.read(shell.environment()).keys().signing()) {
          case SigningKeySource.Development() ->
              publicKeys(Report.empty().absent("file"), ServerKey.development(crypto.get()));
          case SigningKeySource.ConfiguredFile(Path file) -> read(file);
          case SigningKeySource.DefaultFile(Path file) -> read(file);
        };
    return shell.print(report, output);
  }

  @Command(
      name = "generate",
      description = "Makes a new signing key in a file that only you can read.")
  int generate(
      @Option(
              names = "--out",
              paramLabel = "FILE",
              required = true,
              description = "File to make; an existing one is never overwritten.")
          Path out,
      @Mixin OutputOptions output) {
    ServerKey key = SigningKeyFile.create(out, Seed.random(new SecureRandom()), crypto.get());
    return shell.print(publicKeys(Report.empty().text("file", out.toString()), key), output);
  }

  private Report read(Path file) {
    ServerKey key = SigningKeyFile.read(file, crypto.get());
    return publicKeys(Report.empty().text("file", file.toString()), key);
  }

  private static Report publicKeys(Report report, ServerKey key) {
    return report
        .text("signing_public_key", key.publicKey().hex())
        .text("onion_public_key", key.onion().publicKey().hex());
  }
}
