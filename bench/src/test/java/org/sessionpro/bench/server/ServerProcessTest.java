package org.sessionpro.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;

/// With launchers that are scripts.
class ServerProcessTest {
  private static final String LISTEN =
      "echo 'listening on http://127.0.0.1:4711'\nexec sleep 1000\n";

  @TempDir private Path temporary;

  @Test
  void theLauncherIsAskedToServeOnAFreePort() throws IOException {
    Path arguments = temporary.resolve("arguments");

    try (ServerProcess server = start("printf '%s\\n' \"$@\" >'" + arguments + "'\n" + LISTEN)) {
      assertThat(arguments).content().isEqualTo("serve\n--data\n" + data(server) + "\n--port\n0\n");
      assertThat(server.url()).isEqualTo(URI.create("http://127.0.0.1:4711"));
    }
  }

  @Test
  void settingsOfTheCallersServerDoNotReachThisOne() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/bin");
    environment.put("SESH_PRO_BACKEND_DB_URL", "postgresql://host/customers");
    environment.put("PRO_JAVA_OPTS", "-Xmx64m");

    ServerProcess.removeSettings(environment);

    assertThat(environment).containsOnlyKeys("PATH", "PRO_JAVA_OPTS");
  }

  @Test
  void closingStopsTheProcessAndDeletesItsData() throws IOException {
    ServerProcess server = start(": >\"$3/pro.db\"\n" + LISTEN);
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    assertThat(data(server).resolve("pro.db")).exists();

    server.close();
    server.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(data(server)).doesNotExist();
  }

  @Test
  void aServerThatEndsBeforeItListensIsAFault() {
    assertThatThrownBy(() -> start("echo 'no such option'\n"))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static Path data(ServerProcess server) {
    Path file = ((DatabaseUrl.Sqlite) server.ledger()).file();
    return file.toAbsolutePath().resolveSibling("");
  }

  private ServerProcess start(String script) throws IOException {
    Path launcher = temporary.resolve("pro");
    Files.writeString(launcher, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return ServerProcess.start(launcher);
  }
}
