package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real `pro` and `.mvn/find-jdk.sh` in a tree of their own, where `mvnw` and the JDK are
/// scripts that tell what they were asked to do.
class LauncherTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final List<String> TOOLS =
      List.of("sh", "dirname", "readlink", "find", "head", "mkdir", "cat", "grep", "sed", "flock");

  @TempDir private Path temporary;
  private Path tree;
  private Path tools;

  @BeforeEach
  void makeTree() throws IOException {
    temporary = temporary.toRealPath();
    tree = Files.createDirectories(temporary.resolve("a tree"));
    Path mvn = Files.createDirectories(tree.resolve(".mvn"));
    Files.createDirectories(tree.resolve("backend/src/main"));
    Files.copy(PROJECT.resolve("pro"), tree.resolve("pro"));
    // The JDKs of this machine must not be found: the absolute folders are moved out of the way.
    Files.writeString(
        mvn.resolve("find-jdk.sh"),
        Files.readString(PROJECT.resolve(".mvn/find-jdk.sh"))
            .replaceAll("(?<=\\s)/(?=[a-zA-Z][^ ]*[*/])", "/nowhere/"));
    executable(
        tree.resolve("mvnw"),
        """
        echo "$@" >>build.calls
        mkdir -p backend/target/app/lib bench/target/app/lib
        : >backend/target/app/lib/backend-1.jar
        : >bench/target/app/lib/bench-1.jar
        """);
    tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : TOOLS) {
      executable(tools.resolve(tool), "PATH=/usr/bin:/bin; exec " + tool + " \"$@\"\n");
    }
  }

  @Test
  void theFirstRunBuildsAndSaysSo() throws Exception {
    Run run = pro(jdk());

    assertThat(run.stderr()).startsWith("building…").hasLineCount(1);
    assertThat(tree.resolve("build.calls"))
        .hasContent(
            "-B -ntp -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -pl backend -am -DskipTests -Dspotless.check.skip=true package");
    assertThat(run.exit()).isZero();
  }

  @Test
  void theNextRunDoesNotBuild() throws Exception {
    pro(jdk());

    Run second = pro(jdk());

    assertThat(second.stderr()).isEmpty();
    assertThat(tree.resolve("build.calls")).content().hasLineCount(1);
  }

  @Test
  void aSourceNewerThanTheProgramIsBuilt() throws Exception {
    pro(jdk());
    Path source = Files.createFile(tree.resolve("backend/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

    pro(jdk());

    assertThat(tree.resolve("build.calls")).content().hasLineCount(2);
  }

  @Test
  void aFailedBuildPrintsItsMessagesAndStops() throws Exception {
    executable(tree.resolve("mvnw"), "echo \"[ERROR] no such symbol\"\nexit 7\n");

    Run run = pro(jdk(), "serve");

    assertThat(run.exit()).isOne();
    assertThat(run.stderr())
        .contains("[ERROR] no such symbol")
        .contains("pro: the build failed")
        .contains("backend/target/build.log");
    assertThat(run.stdout()).as("the program has not run").isEmpty();
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws Exception {
    Run run = pro(jdk(), "a b", "*", "", "--x=$HOME");

    assertThat(run.stdout().lines())
        .containsSequence("org.sessionpro.backend.Main", "a b", "*", "", "--x=$HOME");
  }

  @Test
  void theVirtualMachineGetsTheFlagsOfTheDesignAndThenThoseOfTheCaller() throws Exception {
    Run run =
        run(
            List.of(tree.resolve("pro").toString()),
            jdk(),
            Map.of("PRO_JAVA_OPTS", "-Xmx1g -Da=b"));

    assertThat(run.stdout().lines())
        .containsSubsequence(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms40m",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true",
            "-Djava.awt.headless=true",
            "-Xmx1g",
            "-Da=b",
            "-cp",
            tree.resolve("backend/target/app/lib/backend-1.jar").toString(),
            "org.sessionpro.backend.Main");
  }

  @Test
  void benchIsAProgramOfItsOwn() throws Exception {
    Run run = pro(jdk(), "bench", "run", "--json");

    assertThat(tree.resolve("build.calls")).content().contains(" -pl bench -am ");
    assertThat(run.stdout().lines())
        .containsSubsequence(
            "-Dorg.sessionpro.home=" + tree,
            "-cp",
            tree.resolve("bench/target/app/lib/bench-1.jar").toString(),
            "org.sessionpro.bench.Main",
            "run",
            "--json");
  }

  @Test
  void aNewSourceOfBenchIsBuiltForBenchOnly() throws Exception {
    pro(jdk(), "bench");
    Path source =
        Files.createFile(
            Files.createDirectories(tree.resolve("bench/src/main")).resolve("New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

    pro(jdk());
    assertThat(tree.resolve("build.calls")).content().hasLineCount(1);
    pro(jdk(), "bench");
    assertThat(tree.resolve("build.calls")).content().hasLineCount(2);
  }

  /// A release has neither sources nor a build.
  @Test
  void aReleaseRunsWhatLiesBesideTheLauncher() throws Exception {
    release();

    Run run = pro(java("jre", "25.0.1"), "serve");

    assertThat(run.stdout().lines())
        .containsSubsequence(
            "-XX:AOTCache=" + tree.resolve("app/pro.aot"),
            "-cp",
            tree.resolve("app/lib/backend-1.jar").toString(),
            "org.sessionpro.backend.Main",
            "serve");
    assertThat(tree.resolve("build.calls")).doesNotExist();
  }

  @Test
  void aReleaseSaysThatItHasNoOtherPrograms() throws Exception {
    release();

    Run run = pro(java("jre", "25.0.1"), "bench", "run");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.stderr()).contains("bench and simulate are in the sources");
  }

  private void release() throws IOException {
    Path app = Files.createDirectories(tree.resolve("app"));
    Files.createDirectories(app.resolve("lib"));
    Files.createFile(app.resolve("lib/backend-1.jar"));
    Files.createFile(app.resolve("pro.aot"));
    Files.move(tree.resolve(".mvn/find-jdk.sh"), app.resolve("find-jdk.sh"));
  }

  @Test
  void theCallersDirectoryIsKept() throws Exception {
    assertThat(pro(jdk()).stdout()).contains("cwd " + tools);
  }

  @Test
  void theProgramTakesTheLaunchersProcessSoThatSignalsReachIt() throws Exception {
    Run run = pro(jdk());

    assertThat(run.stdout()).contains("pid " + run.pid() + "\n");
  }

  @Test
  void aSymbolicLinkFindsTheTree() throws Exception {
    Path link = Files.createSymbolicLink(tools.resolve("pro"), Path.of("../a tree/pro"));

    Run run = run(List.of(link.toString()), jdk(), Map.of());

    assertThat(run.stdout())
        .contains(tree.resolve("backend/target/app/lib/backend-1.jar").toString());
  }

  @Test
  void withoutJavaTheBuildSaysWhatIsMissing() throws Exception {
    executable(tree.resolve("mvnw"), ". ./.mvn/find-jdk.sh\n");

    Run run = pro(temporary.resolve("no-jdk"));

    assertThat(run.exit()).isOne();
    assertThat(run.stderr())
        .contains("No JDK 25 found (a JRE cannot compile).")
        .contains("JAVA_HOME (" + temporary.resolve("no-jdk") + ")")
        .contains("Install one");
  }

  @Test
  void withoutJavaABuiltProgramSaysWhatIsMissing() throws Exception {
    pro(jdk());

    Run run = pro(temporary.resolve("no-jdk"));

    assertThat(run.exit()).isOne();
    assertThat(run.stderr()).startsWith("No Java 25 found.\n").contains("Install one");
  }

  @Test
  void aBuiltProgramRunsOnAJre() throws Exception {
    pro(jdk());

    assertThat(pro(java("jre", "25.0.1")).exit()).isZero();
  }

  @Test
  void anotherReleaseOfJavaIsNotTaken() throws Exception {
    pro(jdk());

    assertThat(pro(java("old", "17.0.15")).exit()).isOne();
  }

  @Test
  void theFirstReleaseOf25IsTaken() throws Exception {
    pro(jdk());

    assertThat(pro(java("ga", "25")).exit()).isZero();
  }

  private Path jdk() throws IOException {
    Path jdk = java("jdk", "25.0.1");
    executable(jdk.resolve("bin/javac"), "exit 0\n");
    return jdk;
  }

  private Path java(String name, String version) throws IOException {
    Path home = temporary.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(
        home.resolve("bin/java"), "echo \"cwd $PWD\"\necho \"pid $$\"\nprintf '%s\\n' \"$@\"\n");
    return home;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run pro(Path javaHome, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tree.resolve("pro").toString()));
    command.addAll(List.of(arguments));
    return run(command, javaHome, Map.of());
  }

  private Run run(List<String> command, Path javaHome, Map<String, String> environment)
      throws Exception {
    Path stdout = Files.createTempFile(temporary, "stdout", "");
    Path stderr = Files.createTempFile(temporary, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(tools.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", temporary.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    int exit = process.waitFor();
    return new Run(process.pid(), exit, Files.readString(stdout), Files.readString(stderr));
  }

  private record Run(long pid, int exit, String stdout, String stderr) {}
}
