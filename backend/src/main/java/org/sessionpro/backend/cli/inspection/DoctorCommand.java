package org.sessionpro.backend.cli.inspection;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.ledger.AuditCount;
import org.sessionpro.backend.ledger.AuditScope;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerAudit;
import org.sessionpro.backend.proof.KeyHealth;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pro doctor`: whether the ledger agrees with itself and with what surrounds it.
@Command(
    name = "doctor",
    description = {
      "Checks the ledger: replays the facts of its accounts and payments, compares the outcome with",
      "what is stored, checks the rules that hold of every row, and the signing key, the ticket, the",
      "jobs and the clocks. Changes nothing; works beside a running server. Run it with the environment of",
      "the server: another renewal allowance makes other accounts. Exit status 1 on any finding."
    },
    footer = {
      "",
      "Members with --json, in this order:",
      "",
      "  sampled            whether only a sample was checked",
      "  accounts_checked, payments_checked, unclaimed_checked, facts_checked",
      "                     what was looked at; unclaimed are payments without owner",
      "  findings_total     how much is wrong",
      "  categories         all, those with nothing found included: category, findings (their number)",
      "  findings           the first 1000: category, subject, part, stored, expected. Keys and ids",
      "                     are digests unless --unmasked",
      "",
      "Categories:",
      "  facts       cannot be read, have gaps, or have lost what they are about",
      "  payment     a payment is not what its facts make of it",
      "  account     an account is not what its facts and payments make of it",
      "  generation  a generation is not what the account's facts make of it, or not the newest",
      "  invariant   a row breaks a rule that holds of all",
      "  ticket      the ticket of the revocation list is too low or absurdly high",
      "  clock       something was learned in the future, or the database's clock is off",
      "  lease       a job fails or hangs, or its lease is of the future",
      "  key         the signing key is unusable, open to others, or not this ledger's"
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Check N accounts and N unclaimed payments from a random place on.")
  private @Nullable Integer sample;

  @Option(names = "--unmasked", description = ShownIds.UNMASKED)
  private boolean unmasked;

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  /// @param crypto asked when the command runs: it loads native libraries
  public DoctorCommand(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    AuditScope scope = scope();
    Settings settings = options.read(shell.environment());
    Diagnosis diagnosis = new Diagnosis(ids, shell);
    AuditCount count;
    try (Ledger ledger = ExistingLedger.open(settings)) {
      KeyHealth.check(settings.keys(), ledger.owner(), crypto.get())
          .forEach(problem -> diagnosis.found(finding(problem)));
      LedgerAudit audit = ledger.audit(ExistingLedger.allowance(settings));
      diagnosis.expect(() -> audit.subjects(scope));
      count = audit.run(scope, clock, new SecureRandom(), diagnosis);
    }
    diagnosis.finish();
    shell.print(diagnosis.report(scope, count), output);
    if (diagnosis.total() == 0) {
      return ExitCode.OK.number();
    }
    shell.error("findings: " + diagnosis.total());
    return ExitCode.FAILED.number();
  }

  private AuditScope scope() {
    if (sample == null) {
      return new AuditScope.All();
    }
    if (sample < 1) {
      throw CommandFailed.misused("--sample must be at least 1");
    }
    return new AuditScope.Sample(sample);
  }

  private static Finding finding(KeyHealth.Problem problem) {
    return new Finding(
        Category.KEY, new Subject.OfLedger(), problem.key(), problem.found(), problem.expected());
  }
}
