package org.sessionpro.backend.cli.client;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// The client commands with a keys file and a server that knows its account.
final class ClientRig implements AutoCloseable {
  private static final Crypto CRYPTO = Crypto.selfTested();

  private final CapturedShell shell = new CapturedShell(Map.of());
  private final FakeServer server = new FakeServer(CRYPTO);
  private final Path keys;

  /// @param directory where the keys file is made
  ClientRig(Path directory) {
    new ServerAnswers(CRYPTO).installOn(server);
    keys = directory.resolve("keys.json");
    new ClientKeys(Seed.fromHex("01".repeat(32)), Seed.fromHex("02".repeat(32))).create(keys);
  }

  CapturedShell shell() {
    return shell;
  }

  FakeServer server() {
    return server;
  }

  Path keys() {
    return keys;
  }

  /// Runs `pro client VERB` with the keys file against the server.
  int ask(String verb, String protocol, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                verb, "--keys", keys.toString(), "--url", server.url(), "--protocol", protocol));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  /// Runs `pro client` with these arguments at [ServerAnswers#NOW].
  int run(String... arguments) {
    Shell surroundings = shell.shell();
    List<String> all = new ArrayList<>(List.of("client"));
    all.addAll(List.of(arguments));
    return new Program(
            surroundings,
            settings -> {},
            List.of(
                new ClientCommands(
                    surroundings, () -> CRYPTO, () -> ServerAnswers.NOW, new SecureRandom())))
        .run(all.toArray(String[]::new));
  }

  @Override
  public void close() {
    server.close();
  }
}
