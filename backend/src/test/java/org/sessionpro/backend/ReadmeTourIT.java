package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pastes the tour of README.md into a shell, with the real program as server and as client, and
/// stops the server as an operator would.
class ReadmeTourIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  @Test
  void theTourWorksWhenPastedAndTheServerStopsInOrder() throws Exception {
    List<String> blocks = tour();
    Files.createSymbolicLink(directory.resolve("pro"), PROJECT.resolve("pro"));

    Process server = start(blocks.getFirst(), "SESH_PRO_BACKEND_PORT", "0");
    try {
      String url = listeningAddress(server);
      Process client =
          start(String.join("", blocks.subList(1, blocks.size())), "SESH_PRO_CLIENT_URL", url);
      String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(client.waitFor()).as(output + errors()).isZero();
      assertThat(output).as("proofs verified offline").contains("valid");
      assertThat(Files.readString(directory.resolve("tour-proof-v0.json")))
          .contains("gen_index_hash");
      assertThat(Files.readString(directory.resolve("tour-proof.json"))).contains("revocation_tag");
    } finally {
      server.destroy();
    }

    assertThat(server.waitFor(10, TimeUnit.SECONDS)).as("stops within 10 s").isTrue();
    assertThat(server.exitValue()).isZero();
    assertThat(errors())
        .contains("DEVELOPMENT MODE")
        .contains("stopped")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  /// The blocks of the tour: the server first, then everything that goes into the other terminal.
  private static List<String> tour() throws IOException {
    String readme = Files.readString(PROJECT.resolve("README.md"));
    int start = readme.indexOf("## A tour");
    String tour = readme.substring(start, readme.indexOf("\n## ", start + 1));
    List<String> blocks = SHELL_BLOCK.matcher(tour).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(3);
    assertThat(blocks.getFirst()).startsWith("./pro serve");
    return blocks;
  }

  private Process start(String script, String variable, String value) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-euc", asOneProcess(script));
    shell.directory(directory.toFile());
    shell.environment().put(variable, value);
    shell.redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("errors.log").toFile()));
    return shell.start();
  }

  /// A single command replaces the shell, so that a signal reaches it.
  private static String asOneProcess(String script) {
    return script.strip().contains("\n") ? script : "exec " + script;
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("errors.log"));
  }

  private String listeningAddress(Process server) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    assertThat(line).as("first line of the server; %s", errors()).startsWith("listening on http");
    return line.substring("listening on ".length());
  }
}
