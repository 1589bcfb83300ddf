package org.sessionpro.backend.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.inspection.ExistingLedger;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.proof.KeyHealth;
import org.sessionpro.backend.proof.KeyHealth.Problem;
import org.sessionpro.backend.proof.SecretFile;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.BackendKey;
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
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public KeysCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "show",
      description =
          "Checks the signing key and shows its public keys, which clients are built with.",
      footer = {
        "",
        "Members with --json: file (null for the development key), signing_public_key, onion_public_key."
      })
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
      description = "Makes a new signing key in a file that only you can read.",
      footer = {"", "Members with --json: file, signing_public_key, onion_public_key."})
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

  @Command(
      name = "check",
      description = {
        "Checks the keys that a server would start with: the files, who has rights to them, whether seed",
        "and public key belong together, and whether the ledger's proofs are signed with this one. Makes",
        "no key and changes nothing. Exit status 1 if anything is wrong."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  sound                  whether nothing is wrong",
        "  file                   of the signing key; null for the development key",
        "  mode                   rights to the file, as rw-r-----; null if there is none",
        "  ledger_public_key      the key whose proofs the ledger holds; null if no server ever ran on it",
        "  problems               key (signing_key, previous_onion_key), found, expected"
      })
  int check(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    Settings settings = options.read(shell.environment());
    Optional<BackendKey> owner = owner(settings.storage().database());
    List<Problem> problems = KeyHealth.check(settings.keys(), owner, crypto.get());
    Path file = settings.keys().signing().file();
    Report report = Report.empty().flag("sound", problems.isEmpty());
    report = text(report, "file", file == null ? null : file.toString());
    report = text(report, "mode", file == null ? null : SecretFile.mode(file).orElse(null));
    report = text(report, "ledger_public_key", owner.map(BackendKey::hex).orElse(null));
    shell.print(report.rows("problems", problems.stream().map(KeysCommands::row).toList()), output);
    if (problems.isEmpty()) {
      return ExitCode.OK.number();
    }
    shell.error("the keys are not usable, problems: " + problems.size());
    return ExitCode.FAILED.number();
  }

  private static Report row(Problem problem) {
    return Report.empty()
        .text("key", problem.key())
        .text("found", problem.found())
        .text("expected", problem.expected());
  }

  private static Report text(Report report, String name, @Nullable String text) {
    return text == null ? report.absent(name) : report.text(name, text);
  }

  /// The key that a ledger belongs to; makes no ledger.
  private static Optional<BackendKey> owner(DatabaseUrl url) {
    if (url instanceof DatabaseUrl.InMemory
        || (url instanceof DatabaseUrl.Sqlite(Path file) && !Files.exists(file))) {
      return Optional.empty();
    }
    try (LedgerView ledger = LedgerView.open(url)) {
      return ledger.owner();
    }
  }

  @Command(
      name = "rotate",
      description = {
        "Ties the ledger to another signing key, made by 'pro keys generate': for the case that somebody",
        "else may have the first one. Says what it would do, and does it with --apply while no server runs.",
        "",
        "Whoever is built with the first public key accepts no proof of the second one. So clients come",
        "first: rotate once those that know the new key are out. Then start the server with --key, and give",
        "it the old file as SESH_PRO_BACKEND_ONION_PREVIOUS_KEY_PATHS, so that it goes on understanding",
        "the onion requests of clients that know the old key only."
      },
      footer = {
        "",
        "Members with --json: from_public_key, to_public_key, accounts (whose proofs end), applied.",
      })
  int rotate(
      @Option(
              names = "--to",
              paramLabel = "FILE",
              required = true,
              description = "File of the new key.")
          Path to,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = act.reason();
    Settings settings = options.read(shell.environment());
    BackendKey next = SigningKeyFile.read(to, crypto.get()).publicKey();
    try (Ledger ledger = ExistingLedger.open(settings)) {
      BackendKey owner =
          ledger
              .owner()
              .filter(key -> !key.equals(next))
              .orElseThrow(() ->
                  CommandFailed.because("the ledger belongs to that key already, or to none yet"));
      if (act.apply()) {
        requireNoServer(settings);
        ledger.operator().changeKey(owner, next, reason, clock.instant());
      }
      Report report =
          Report.empty()
              .text("from_public_key", owner.hex())
              .text("to_public_key", next.hex())
              .number("accounts", accounts(settings))
              .flag("applied", act.apply());
      return shell.print(report, output);
    }
  }

  private static long accounts(Settings settings) {
    try (LedgerView view = LedgerView.open(settings.storage().database())) {
      return view.summary().orElseThrow().accounts();
    }
  }

  /// A server that runs goes on signing with the key that it has read.
  private void requireNoServer(Settings settings) {
    try (Database database = ExistingLedger.database(settings)) {
      RunningServers.requireNone(database, clock.instant());
    }
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
