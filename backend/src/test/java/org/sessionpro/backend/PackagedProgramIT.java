package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `./pro` as its users do: the packaged program in a process of its own, from another
/// directory.
class PackagedProgramIT {
  private static final Path PRO = Path.of("").toAbsolutePath().resolve("../pro").normalize();

  @TempDir private Path directory;

  @Test
  void itIsUpToDateAfterTheBuildAndKnowsItsVersion() throws Exception {
    Run run = pro("--version");

    assertThat(run.stderr()).as("no second build, no warning of the virtual machine").isEmpty();
    assertThat(run.stdout()).matches("pro [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
    assertThat(run.exit()).isZero();
  }

  @Test
  void nativeLibrariesLoadWithoutAWarning() throws Exception {
    Run run = pro("keys", "show", "--dev");

    assertThat(run.stderr()).isEmpty();
    assertThat(run.stdout())
        .contains("fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27");
  }

  @Test
  void relativePathsMeanTheCallersDirectory() throws Exception {
    pro("client", "keygen", "--out", "wallet.json");

    assertThat(directory.resolve("wallet.json")).isRegularFile();
  }

  @Test
  void theExitStatusIsTheCommands() throws Exception {
    assertThat(pro("client", "verify", "absent.json", "--backend-key", "00".repeat(32)).exit())
        .isOne();
    assertThat(pro("bogus").exit()).isEqualTo(2);
  }

  @Test
  void aServerThatDoesNotStartLeavesALineInTheLogBeforeItEnds() throws Exception {
    Files.writeString(
        directory.resolve("pro.ini"),
        """
        [base]
        db_url = postgresql://127.0.0.1:1/pro
        log_path = pro.log
        [logging]
        format = json
        """);

    Run run = pro("serve", "--config", "pro.ini");

    assertThat(run.exit()).isOne();
    String line = Files.readString(directory.resolve("pro.log"));
    assertThat(line).hasLineCount(1).contains("\"CRITICAL\"", "the server did not start: ");
    assertThat(run.stderr()).isEqualTo(line);
  }

  private Run pro(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PRO.toString()));
    command.addAll(List.of(arguments));
    Path stdout = Files.createTempFile(directory, "stdout", "");
    Path stderr = Files.createTempFile(directory, "stderr", "");
    ProcessBuilder pro =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    // Those of the build; users have none.
    pro.environment().remove("PRO_JAVA_OPTS");
    int exit = pro.start().waitFor();
    return new Run(exit, Files.readString(stdout), Files.readString(stderr));
  }

  private record Run(int exit, String stdout, String stderr) {}
}
