package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    Terminals terminals = new Terminals(directory);
    String port = Integer.toString(Terminals.freePort());
    String serversPort = Integer.toString(Terminals.freePort());
    List<String> blocks =
        blocks(section).stream()
            .map(block -> at(port, block).replace("127.0.0.1:5000", "127.0.0.1:" + serversPort))
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
}
