package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;

/// `deploy/container/Containerfile`, as far as it can be held to its promises without building it.
class ContainerTest {
  private static final String HOME = "/opt/session-pro/current/";
  private static final String OPS_PORT = Setting.OPS_PORT.variable();

  @TempDir private Path folder;

  @Test
  void everyVariableIsASetting() throws IOException {
    Map<String, String> others = variables();
    others.remove("JAVA_HOME");

    assertThat(Stream.of(Setting.values()).map(Setting::variable)).containsAll(others.keySet());
  }

  @Test
  void whatIsSetCanBeReachedFromOutsideOfIt() throws IOException {
    Map<String, String> variables = variables();

    assertThat(variables)
        .containsEntry(Setting.BIND.variable(), "0.0.0.0")
        .containsEntry(Setting.OPS_BIND.variable(), "0.0.0.0")
        .doesNotContainKey(Setting.PORT.variable());
    assertThat(arguments("EXPOSE")).containsExactly(Setting.PORT.unset(), variables.get(OPS_PORT));
  }

  @Test
  void whatItStartsIsInTheRelease() throws IOException {
    String archive = Files.readString(Handbook.PROJECT.resolve("release/src/assembly/archive.xml"));
    String program = json("ENTRYPOINT").getFirst();

    assertThat(arguments("COPY"))
        .as("an unpacked release")
        .containsExactly(".", "/opt/session-pro/current");
    assertThat(program).startsWith(HOME);
    assertThat(archive)
        .contains(
            "<source>${project.basedir}/../" + program.substring(HOME.length()) + "</source>");
    assertThat(json("CMD")).containsExactly("serve");
  }

  @Test
  void itRunsAsAUserOfItsOwnWhoMayWriteTheVolume() throws IOException {
    String user = arguments("USER").getFirst();
    String volume = arguments("VOLUME").getFirst();
    String made = String.join(" ", arguments("RUN"));

    assertThat(made)
        .containsPattern("groupadd .* " + user + " ")
        .containsPattern("useradd .* " + user + " ")
        .containsPattern("install -d -o " + user + " -g " + user + " -m 0750 " + volume);
    assertThat(variables()).containsEntry(Setting.DATA_DIR.variable(), volume);
  }

  @Test
  void itIsWellWhileItsServerAnswers() throws Exception {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    InetSocketAddress operations;
    try (RunningBackend server =
        RunningBackend.startWithOps(
            url, Databases.open(url), folder, RunningBackend.Options.DEFAULT)) {
      operations = server.opsAddress();
      assertThat(checkHealth(operations.getPort())).isZero();
    }

    assertThat(checkHealth(operations.getPort())).isNotZero();
  }

  private int checkHealth(int port) throws IOException, InterruptedException {
    String line = instruction("HEALTHCHECK").getFirst();
    ProcessBuilder check =
        new ProcessBuilder(words(line.substring(line.indexOf("CMD ") + "CMD ".length())))
            .redirectErrorStream(true);
    check.environment().put(OPS_PORT, Integer.toString(port));
    Process process = check.start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private Map<String, String> variables() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String one : arguments("ENV")) {
      String[] both = one.split("=", 2);
      found.put(both[0], both[1]);
    }
    return found;
  }

  private static List<String> json(String name) throws IOException {
    return words(instruction(name).getFirst());
  }

  private static List<String> words(String json) throws IOException {
    return List.of(new ObjectMapper().readValue(json, String[].class));
  }

  /// What stands behind every instruction of a name, in words.
  private static List<String> arguments(String name) throws IOException {
    return instruction(name).stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
        .toList();
  }

  /// What stands behind every instruction of a name.
  private static List<String> instruction(String name) throws IOException {
    String file =
        Files.readString(
            Handbook.PROJECT.resolve("deploy/container/Containerfile"), StandardCharsets.UTF_8);
    List<String> found =
        file.replaceAll("(?m)^#.*\n", "")
            .replace("\\\n", " ")
            .lines()
            .filter(line -> line.startsWith(name + " "))
            .map(line -> line.substring(name.length() + 1).strip())
            .toList();
    assertThat(found).as(name).isNotEmpty();
    return found;
  }
}
