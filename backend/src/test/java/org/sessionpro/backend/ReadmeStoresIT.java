package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pastes what README.md says about stores of one's own into three shells: the simulated store,
/// the server, and whoever buys.
class ReadmeStoresIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND_OF_STORE =
      Pattern.compile("simulate (google|apple) (buy|play|show)");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"## A Google Play of your own", "## An App Store of your own"})
  void aPurchaseLeadsToAProofAndARefundToARevocation(String section) throws Exception {
    String port = Integer.toString(freePort());
    String serversPort = Integer.toString(freePort());
    List<String> blocks =
        blocks(section).stream()
            .map(block -> at(port, block).replace("127.0.0.1:5000", "127.0.0.1:" + serversPort))
            .toList();
    Files.createSymbolicLink(directory.resolve("pro"), PROJECT.resolve("pro"));

    Process store = start(blocks.getFirst(), Map.of());
    try {
      listeningAddress(store);
      Process server = start(blocks.get(1), Map.of("SESH_PRO_BACKEND_PORT", serversPort));
      try {
        String url = listeningAddress(server);
        Process buyer =
            start(
                String.join("", blocks.subList(2, blocks.size())),
                Map.of("SESH_PRO_CLIENT_URL", url));
        String output = new String(buyer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(buyer.waitFor()).as(output + errors()).isZero();
        assertThat(output).as("the proof").contains("valid");
        assertThat(output).as("the revocation").containsPattern("[0-9a-f]{64}");
      } finally {
        end(server);
      }
    } finally {
      end(store);
    }
    assertThat(errors()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("stops within 10 s").isTrue();
  }

  /// The store first, then the server, then everything that goes into the third terminal.
  private static List<String> blocks(String heading) throws IOException {
    String readme = Files.readString(PROJECT.resolve("README.md"));
    int start = readme.indexOf(heading);
    String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
    List<String> blocks =
        SHELL_BLOCK.matcher(section).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(3);
    assertThat(blocks.getFirst()).startsWith("./pro simulate ");
    assertThat(blocks.get(1)).contains("./pro serve");
    return blocks;
  }

  /// The port of the README may be taken here.
  private static String at(String port, String block) {
    return COMMAND_OF_STORE
        .matcher(block)
        .replaceAll("simulate $1 $2 --port " + port)
        .replaceAll("simulate (google|apple) --write", "simulate $1 --port " + port + " --write");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The last command replaces the shell, so that a signal reaches it.
  private Process start(String script, Map<String, String> variables) throws IOException {
    String[] lines = script.strip().split("\n", -1);
    if (lines[lines.length - 1].startsWith("./pro serve") || lines.length == 1) {
      lines[lines.length - 1] = "exec " + lines[lines.length - 1];
    }
    ProcessBuilder shell = new ProcessBuilder("sh", "-euc", String.join("\n", lines));
    shell.directory(directory.toFile());
    shell.environment().putAll(variables);
    shell.redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("errors.log").toFile()));
    return shell.start();
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("errors.log"));
  }

  private String listeningAddress(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.startsWith("listening on http")) {
      line = output.readLine();
    }
    assertThat(line).as("it listens; %s", errors()).isNotNull();
    return line.substring("listening on ".length());
  }
}
