package org.sessionpro.backend.cli.takeover;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.takeover.Anomaly;
import org.sessionpro.backend.takeover.Category;
import org.sessionpro.backend.takeover.Options;
import org.sessionpro.backend.takeover.PythonImport;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options of `pro import python`.
final class PythonOptions {
  private static final String SOURCE = "SESH_PRO_BACKEND_IMPORT_SOURCE";

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = {
        "The Python service's database, as --db is written. A password is better kept in the",
        "environment, " + SOURCE + "."
      })
  private @Nullable String source;

  @ArgGroup Step step = new Step();

  /// What is done; a rehearsal if nothing is named.
  static final class Step {
    @Option(names = "--apply", description = "Take the source over into the ledger.")
    boolean apply;

    @Option(names = "--verify", description = "Compare the ledger with the source once more.")
    boolean verify;

    @Option(names = "--seal", description = "Let servers start on a ledger that is verified.")
    boolean seal;

    @Option(
        names = "--discard",
        description = "Empty the ledger of what was taken over and is not sealed.")
    boolean discard;

    @Option(
        names = "--write-key",
        paramLabel = "FILE",
        description = "Write the source's signing key to a new file that only you can read.")
    @Nullable Path key;
  }

  @Option(
      names = "--accept",
      paramLabel = "CODE",
      description = "Go on in spite of this anomaly. May be given several times.")
  Set<Anomaly> accepted = new LinkedHashSet<>();

  @Option(
      names = "--accept-loss",
      paramLabel = "CATEGORY",
      description = {
        "Let accounts that are served end earlier by this category of differences. May be given",
        "several times."
      })
  Set<Category> acceptedLosses = new LinkedHashSet<>();

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description =
          "Write everything found with its real ids to a new file that only you can read.")
  @Nullable Path ids;

  @Option(
      names = "--ignore-extra",
      paramLabel = "NAME",
      description = "Leave this table, or TABLE.COLUMN, behind. May be given several times.")
  Set<String> ignored = new LinkedHashSet<>();

  @Option(
      names = "--allow-writable-role",
      description = "Read from a PostgreSQL server as a user who might also write.")
  boolean writable;

  @Option(
      names = "--settle-blocked",
      description = "Let accounts that an operator had blocked go on under a fresh tag.")
  private boolean settleBlocked;

  @Option(
      names = "--restore-pruned",
      description = "List revocations again that were forgotten too early.")
  private boolean restorePruned;

  @Option(
      names = "--apple-sandbox",
      description = "The App Store's messages are of its sandbox (default: of production).")
  private boolean sandbox;

  @Option(
      names = "--reconcile-spread",
      paramLabel = "SECONDS",
      defaultValue = "21600",
      description =
          "Over how long all subscriptions are looked at first (default: ${DEFAULT-VALUE}).")
  private long spread;

  @Option(
      names = "--source-pubkey",
      paramLabel = "HEX",
      description = {
        "What a service of summer 2026 signs with: the signing_pubkey of its /status. Its database",
        "does not tell."
      })
  private @Nullable String publicKey;

  @Option(
      names = "--source-allowance",
      paramLabel = "SECONDS",
      description = {
        "The renewal latency allowance of a service of summer 2026; the report says if it is another",
        "one than here."
      })
  private @Nullable Long allowance;

  /// Where the source is.
  DatabaseUrl source(Map<String, String> environment) {
    String url = source == null ? environment.get(SOURCE) : source;
    if (url == null) {
      throw CommandFailed.misused("--from or " + SOURCE + " must name the source");
    }
    try {
      return DatabaseUrl.parse(url);
    } catch (IllegalArgumentException malformed) {
      throw CommandFailed.misused("--from " + malformed.getMessage());
    }
  }

  /// The key that the source signs with, as the operator says.
  BackendKey sourceKey() {
    if (publicKey == null) {
      throw CommandFailed.misused(
          "--source-pubkey must give the signing_pubkey of the running service's /status");
    }
    try {
      return new BackendKey(ByteString.fromHex(publicKey));
    } catch (IllegalArgumentException malformed) {
      throw CommandFailed.misused("--source-pubkey is not 64 hexadecimal digits");
    }
  }

  /// Makes sure that nobody ends whom the service of March 2026 serves.
  void requireAllowance(Settings settings) {
    Duration allowance = settings.entitlement().renewalLatencyAllowance();
    if (allowance.compareTo(PythonImport.LEAST_ALLOWANCE) < 0) {
      throw CommandFailed.because(
          "the renewal latency allowance must be at least 3600 seconds, or accounts would end that"
              + " the Python service serves");
    }
  }

  /// @param settings of the target
  Options options(Settings settings) {
    if (spread < 0 || spread > Duration.ofDays(30).toSeconds()) {
      throw CommandFailed.misused("--reconcile-spread must be 0 to 2592000 seconds");
    }
    return new Options(
        new RenewalAllowance(settings.entitlement().renewalLatencyAllowance()),
        settings.dev(),
        settleBlocked,
        restorePruned,
        sandbox,
        Duration.ofSeconds(spread),
        allowance == null ? null : Duration.ofSeconds(allowance));
  }
}
