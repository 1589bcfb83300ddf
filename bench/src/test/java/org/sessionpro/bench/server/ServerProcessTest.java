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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;

/// With launchers that are scripts.
class ServerProcessTest {
  private static final String LISTEN =
      "echo 'listening on http://127.0.0.1:4711'\nexec sleep 1000\n";

  private static final String RECORD = "printf '%s\\n' \"$@\" >\"$3/arguments\"\n";

  @TempDir private Path temporary;

  @Test
  void theLauncherIsAskedToServeOnAFreePort() throws IOException {
    try (ServerProcess server = start(RECORD + LISTEN, null, false)) {
      assertThat(arguments()).isEqualTo("serve\n--data\n" + temporary + "\n--port\n0\n");
      assertThat(server.url()).isEqualTo(URI.create("http://127.0.0.1:4711"));
    }
  }

  @Test
  void developmentModeIsAskedFor() throws IOException {
    try (ServerProcess _ = start(RECORD + LISTEN, null, true)) {
      assertThat(arguments()).endsWith("\n--dev\n");
    }
  }

  @Test
  void anotherDatabaseIsNamedInTheEnvironmentOnly() throws IOException {
    String url = "postgresql://user:secret@host/database";
    String script = RECORD + "printf %s \"$SESH_PRO_BACKEND_DB_URL\" >\"$3/environment\"\n";

    try (ServerProcess _ = start(script + LISTEN, url, false)) {
      assertThat(temporary.resolve("environment")).hasContent(url);
      assertThat(arguments()).doesNotContain("secret");
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
  void closingStopsTheProcess() throws IOException {
    ServerProcess server = start(LISTEN, null, false);
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    assertThat(process.isAlive()).isTrue();

    server.close();
    server.close();

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void theLedgerIsInTheDataFolderUnlessItIsNamed() {
    Path launcher = Path.of("pro");

    assertThat(new Launch(launcher, temporary, null, false).ledger())
        .isInstanceOfSatisfying(
            DatabaseUrl.Sqlite.class, file -> assertThat(file.file()).startsWithRaw(temporary));
    assertThat(new Launch(launcher, temporary, "postgresql://host/database", false).ledger())
        .hasToString("postgresql://host:5432/database");
  }

  @Test
  void aServerThatEndsBeforeItListensIsAFault() {
    assertThatThrownBy(() -> start("echo 'no such option'\n", null, false))
        .isInstanceOf(UncheckedIOException.class);
  }

  private String arguments() throws IOException {
    return Files.readString(temporary.resolve("arguments"));
  }

  private ServerProcess start(String script, @Nullable String database, boolean dev)
      throws IOException {
    Path launcher = temporary.resolve("pro");
    Files.writeString(launcher, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return ServerProcess.start(new Launch(launcher, temporary, database, dev));
  }
}
