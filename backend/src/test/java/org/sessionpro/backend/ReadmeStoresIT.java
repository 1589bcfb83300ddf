package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pastes what README.md says about stores of one's own into three shells: the simulated store,
/// the server, and whoever buys.
class ReadmeStoresIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND_OF_STORE =
      Pattern.compile("simulate (google|apple) (buy|play|show|--)");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"## A Google Play of your own", "## An App Store of your own"})
  void aPurchaseLeadsToAProofAndARefundToARevocation(String section) throws Exception {
    Terminals terminals = new Terminals(directory);
    String port = Integer.toString(FreePort.choose());
    String serversPort = Integer.toString(FreePort.choose());
    List<String> blocks =
        blocks(section).stream()
            .map(block -> at(Map.of("google", port, "apple", port), serversPort, block))
            .toList();
    Files.createSymbolicLink(directory.resolve("pro"), PROJECT.resolve("pro"));

    Process store = terminals.start(blocks.getFirst(), Map.of());
    try {
      terminals.listeningAddress(store);
      Process server = terminals.start(blocks.get(1), Map.of("SESH_PRO_BACKEND_PORT", serversPort));
      try {
        String url = terminals.listeningAddress(server);
        Process buyer =
            terminals.start(
                String.join("", blocks.subList(2, blocks.size())),
                Map.of("SESH_PRO_CLIENT_URL", url));
        String output = new String(buyer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(buyer.waitFor()).as(output + terminals.errors()).isZero();
        assertThat(output).as("the proof").contains("valid");
        assertThat(output).as("the revocation").containsPattern("[0-9a-f]{64}");
      } finally {
        Terminals.end(server);
      }
    } finally {
      Terminals.end(store);
    }
    assertThat(terminals.errors()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void aRefundInOneStoreRevokesNothingWhileTheOtherOneCovers() throws Exception {
    Terminals terminals = new Terminals(directory);
    Map<String, String> ports =
        Map.of(
            "google", Integer.toString(FreePort.choose()),
            "apple", Integer.toString(FreePort.choose()));
    String serversPort = Integer.toString(FreePort.choose());
    List<String> blocks =
        blocks("## Both stores at once").stream()
            .map(block -> at(ports, serversPort, block))
            .toList();
    Files.createSymbolicLink(directory.resolve("pro"), PROJECT.resolve("pro"));
    List<Process> running = new ArrayList<>();
    try {
      for (String store : blocks.subList(0, 2)) {
        running.add(terminals.start(store, Map.of()));
        terminals.listeningAddress(running.getLast());
      }
      running.add(terminals.start(blocks.get(2), Map.of("SESH_PRO_BACKEND_PORT", serversPort)));
      String url = terminals.listeningAddress(running.getLast());
      Process buyer = terminals.start(blocks.get(3), Map.of("SESH_PRO_CLIENT_URL", url));
      String output = new String(buyer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(buyer.waitFor()).as(output + terminals.errors()).isZero();
      assertThat(output).as("the proof").contains("valid");
      assertThat(output).as("the list").endsWith("Items: 0\n");
    } finally {
      for (Process process : running.reversed()) {
        Terminals.end(process);
      }
    }
    assertThat(terminals.errors()).doesNotContain("Exception").doesNotContain("\tat ");
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
    assertThat(blocks).filteredOn(block -> block.contains("./pro serve")).hasSize(1);
    return blocks;
  }

  /// The ports of the README may be taken here.
  private static String at(Map<String, String> stores, String server, String block) {
    return COMMAND_OF_STORE
        .matcher(block)
        .replaceAll(command -> {
          String port = " --port " + stores.get(command.group(1));
          String option = command.group(2);
          return "simulate "
              + command.group(1)
              + (option.equals("--") ? port + " --" : " " + option + port);
        })
        .replace("127.0.0.1:5000", "127.0.0.1:" + server);
  }
}
