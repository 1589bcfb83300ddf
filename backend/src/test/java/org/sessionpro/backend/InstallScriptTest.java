package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/install.sh` from a release whose program only makes keys, into a folder instead of a machine.
class InstallScriptTest {
  private static final Path DEPLOY = Path.of("").toAbsolutePath().resolve("../deploy").normalize();

  @TempDir private Path temporary;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temporary.resolve("root"));
  }

  @Test
  void filesAreWhereTheServiceLooksForThem() throws Exception {
    install(release("1.0"));

    assertThat(root.resolve("opt/session-pro/current/app/lib/backend-1.0.jar")).exists();
    assertThat(root.resolve("etc/systemd/system/session-pro@.service")).exists();
    assertThat(root.resolve("opt/session-pro/current/deploy/nginx/nginx-routes.conf")).exists();
    assertThat(root.resolve("etc/session-pro/config.ini"))
        .content()
        .contains("\nbackend_key_path = /etc/session-pro/signing.key\n");
    assertThat(root.resolve("var/lib/session-pro")).isDirectory();
  }

  @Test
  void nothingSecretCanBeReadByOthers() throws Exception {
    install(release("1.0"));

    assertThat(mode("etc/session-pro")).isEqualTo("rwxr-x---");
    assertThat(mode("etc/session-pro/signing.key")).isEqualTo("r--r-----");
    assertThat(mode("etc/session-pro/config.ini")).isEqualTo("rw-r-----");
    assertThat(mode("var/lib/session-pro")).isEqualTo("rwxr-x---");
    assertThat(mode("var/log/session-pro")).isEqualTo("rwxr-x---");
  }

  @Test
  void aNewerReleaseReplacesTheProgramAndNothingElse() throws Exception {
    install(release("1.0"));
    Files.writeString(root.resolve("etc/session-pro/config.ini"), "[base]\n");
    Files.writeString(root.resolve("etc/session-pro/environment"), "PRO_JAVA_OPTS=-Xmx512m\n");
    Files.writeString(root.resolve("var/lib/session-pro/pro.db"), "the ledger");
    Map<String, String> before = configuredAndStored();

    install(release("1.1"));

    assertThat(Files.readSymbolicLink(root.resolve("opt/session-pro/current"))).hasToString("1.1");
    assertThat(root.resolve("opt/session-pro/1.0/pro")).as("to go back to").exists();
    assertThat(configuredAndStored()).isEqualTo(before).hasSize(4);
  }

  @Test
  void aNewerReleaseBringsItsOwnRoutes() throws Exception {
    install(release("1.0"));
    Path newer = release("1.1");
    Files.writeString(newer.resolve("deploy/nginx/nginx-routes.conf"), "# of the newer one\n");

    install(newer);

    assertThat(root.resolve("opt/session-pro/current/deploy/nginx/nginx-routes.conf"))
        .hasContent("# of the newer one\n");
  }

  @Test
  void theSameReleaseAgainChangesNothing() throws Exception {
    Path release = release("1.0");
    install(release);

    install(release);

    assertThat(Files.readSymbolicLink(root.resolve("opt/session-pro/current"))).hasToString("1.0");
    assertThat(root.resolve("opt/session-pro/current/pro")).exists();
  }

  @Test
  void sourcesAreNoRelease() throws Exception {
    Process refused =
        new ProcessBuilder("sh", DEPLOY.resolve("install.sh").toString(), "--root", root.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("is not an unpacked release");
    assertThat(refused.waitFor()).isOne();
    assertThat(root).isEmptyDirectory();
  }

  /// The contents of every file that is no part of a release, by its path.
  private Map<String, String> configuredAndStored() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String folder : List.of("etc/session-pro", "var")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          found.put(root.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return found;
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }

  private void install(Path release) throws Exception {
    Process process =
        new ProcessBuilder(
                "sh", release.resolve("deploy/install.sh").toString(), "--root", root.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Path release(String version) throws IOException {
    Path release = Files.createDirectory(temporary.resolve("session-pro-backend-" + version));
    copy(DEPLOY, release.resolve("deploy"));
    Path lib = Files.createDirectories(release.resolve("app/lib"));
    Files.writeString(lib.resolve("backend-" + version + ".jar"), version);
    Path pro = release.resolve("pro");
    Files.writeString(
        pro, "#!/bin/sh\n[ \"$1 $2 $3\" = 'keys generate --out' ] && date +%N > \"$4\"\n");
    Files.setPosixFilePermissions(pro, PosixFilePermissions.fromString("rwxr-xr-x"));
    return release;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
