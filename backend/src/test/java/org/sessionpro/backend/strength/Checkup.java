package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.db.DbCommands;
import org.sessionpro.backend.cli.inspection.DoctorCommand;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;

/// `pro doctor` and `pro db check` of one ledger: every account is replayed from its facts, and every
/// row looked at.
///
/// @param data where the server keeps its own files
/// @param clock the operator's
record Checkup(DatabaseUrl url, Path data, InstantSource clock) {

  void assertSound() {
    assertNothingFound("doctor");
    assertNothingFound("db", "check");
  }

  private void assertNothingFound(String... command) {
    CapturedShell shell = new CapturedShell(Map.of());
    int exit = run(shell, command);
    assertThat(exit).as("%s%n%s", shell.out(), shell.err()).isZero();
  }

  private int run(CapturedShell captured, String... command) {
    Shell shell = captured.shell();
    List<Object> commands =
        List.of(
            new DoctorCommand(shell, () -> RunningBackend.CRYPTO, clock),
            new DbCommands(shell, () -> RunningBackend.CRYPTO, clock));
    List<String> where = List.of("--db", Engine.text(url), "--data", data.toString(), "--dev");
    return new Program(shell, _ -> {}, commands)
        .run(Stream.concat(List.of(command).stream(), where.stream()).toArray(String[]::new));
  }
}
