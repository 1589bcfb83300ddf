package org.sessionpro.backend;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.sessionpro.backend.cli.ConfigCommands;
import org.sessionpro.backend.cli.KeysCommands;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.VoucherCommands;
import org.sessionpro.backend.cli.client.ClientCommands;
import org.sessionpro.backend.cli.db.DbCommands;
import org.sessionpro.backend.cli.inspection.AccountCommands;
import org.sessionpro.backend.cli.inspection.ActsCommands;
import org.sessionpro.backend.cli.inspection.AppleCommands;
import org.sessionpro.backend.cli.inspection.ClockCommands;
import org.sessionpro.backend.cli.inspection.DoctorCommand;
import org.sessionpro.backend.cli.inspection.GoogleCommands;
import org.sessionpro.backend.cli.inspection.GooglePurchaseCommands;
import org.sessionpro.backend.cli.inspection.InboxCommands;
import org.sessionpro.backend.cli.inspection.PaymentCommands;
import org.sessionpro.backend.cli.inspection.RevocationCommands;
import org.sessionpro.backend.cli.report.ReportCommands;
import org.sessionpro.backend.cli.takeover.ImportCommands;
import org.sessionpro.backend.config.MovedClock;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.protocol.crypto.Crypto;

/// The program: puts the parts together and hands the arguments to them.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int status = program(Shell.ofProcess()).run(arguments);
    Logging.stop();
    System.exit(status);
  }

  static Program program(Shell shell) {
    InstantSource system = InstantSource.system();
    InstantSource clock = MovedClock.named(shell.environment(), system);
    return new Program(shell, new ServerProcess(shell, system), () -> nouns(shell, system, clock));
  }

  private static List<Object> nouns(Shell shell, InstantSource system, InstantSource clock) {
    return List.of(
        new KeysCommands(shell, Crypto::selfTested, clock),
        new ConfigCommands(shell, Crypto::selfTested, system),
        new VoucherCommands(shell, clock),
        new DbCommands(shell, Crypto::selfTested, clock),
        new AccountCommands(shell, Crypto::selfTested, clock),
        new PaymentCommands(shell, Crypto::selfTested, clock),
        new RevocationCommands(shell, Crypto::selfTested, clock),
        new ActsCommands(shell, Crypto::selfTested, clock),
        new ClockCommands(shell, clock),
        new DoctorCommand(shell, Crypto::selfTested, clock),
        new ReportCommands(shell, clock),
        new InboxCommands(shell, Crypto::selfTested, clock),
        new GoogleCommands(shell, Crypto::selfTested, clock),
        new GooglePurchaseCommands(shell, clock),
        new AppleCommands(shell, Crypto::selfTested, clock),
        new ImportCommands(shell, Crypto::selfTested, clock),
        new ClientCommands(shell, Crypto::selfTested, clock, new SecureRandom()));
  }
}
