package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/restart.sh` among commands of a machine that only write down what they are asked for.
class RestartScriptTest {
  private static final Path SCRIPT =
      Path.of("").toAbsolutePath().resolve("../deploy/restart.sh").normalize();

  @TempDir private Path folder;

  @Test
  void eachServerIsRestartedOnceTheOneBeforeIsReady() throws Exception {
    servers("session-pro@1", "session-pro@2", "session-pro@10");
    command("curl", "echo \"ask ${7##*http://127.0.0.1}\" >>\"$FOLDER/done\"");

    assertThat(restart()).isEqualTo(0);
    assertThat(done())
        .containsExactly(
            "restart session-pro@1",
            "ask :5101/health/ready",
            "restart session-pro@2",
            "ask :5102/health/ready",
            "restart session-pro@10",
            "ask :51010/health/ready");
  }

  @Test
  void theOthersGoOnIfOneDoesNotGetReady() throws Exception {
    servers("session-pro@1", "session-pro@2");
    command("curl", "exit 22");

    assertThat(restart()).isEqualTo(1);
    assertThat(done()).containsExactly("restart session-pro@1");
    assertThat(output()).contains("session-pro@1 is not ready after 60 s");
  }

  @Test
  void thatNoneRunsIsSaid() throws Exception {
    servers();
    command("curl", "exit 0");

    assertThat(restart()).isEqualTo(1);
    assertThat(output()).contains("no session-pro@N is running");
  }

  private void servers(String... names) throws IOException {
    StringBuilder units = new StringBuilder();
    for (String name : names) {
      units.append(name).append(".service loaded active running Session Pro backend\n");
    }
    Files.writeString(folder.resolve("units"), units);
    command(
        "systemctl",
        "if [ \"$1\" = list-units ]; then cat \"$FOLDER/units\"; else echo \"$*\" >>\"$FOLDER/done\"; fi");
    command("sleep", "exit 0");
  }

  private void command(String name, String script) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private int restart() throws Exception {
    ProcessBuilder script = new ProcessBuilder("sh", SCRIPT.toString());
    script.environment().merge("PATH", "", (path, _) -> folder.resolve("bin") + ":" + path);
    script.environment().put("FOLDER", folder.toString());
    script.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    return script.start().waitFor();
  }

  private List<String> done() throws IOException {
    return Files.readAllLines(folder.resolve("done"), StandardCharsets.UTF_8);
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }
}
