package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `systemd-analyze`, where it is, says of the unit for systemd.
class ServiceUnitTest {
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final Pattern VERSION = Pattern.compile("systemd (\\d+)");
  private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level .*: ([0-9.]+) ");
  private static final Pattern STATED =
      Pattern.compile("`systemd-analyze security --offline=true .*` calls the exposure ([0-9.]+)");

  /// The first one that judges files of units that are not installed.
  private static final int FIRST_OFFLINE = 250;

  @Test
  void theUnitExposesLittle() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
    assumeTrue(
        Integer.parseInt(first(VERSION, run("--version"))) >= FIRST_OFFLINE, "systemd is too old");

    String unit = Handbook.PROJECT.resolve("deploy/systemd/session-pro@.service").toString();
    String said = run("security", "--offline=true", "--no-pager", unit);

    assertThat(Double.parseDouble(first(EXPOSURE, said))).as(said).isLessThanOrEqualTo(2.0);
  }

  @Test
  void eachServerHasALogFileOfItsOwnInTheFolderOfLogs() throws IOException {
    String unit = Files.readString(Handbook.PROJECT.resolve("deploy/systemd/session-pro@.service"));

    assertThat(unit)
        .containsPattern(
            "(?m)^Environment=SESH_PRO_BACKEND_LOG_PATH=/var/log/session-pro/[a-z-]*%i[.]log$")
        .containsPattern("(?m)^LogsDirectory=session-pro$");
    assertThat(Handbook.text()).contains("/var/log/session-pro/server-N.log");
  }

  @Test
  void commandsLogInThatFolderToo() throws IOException {
    assertThat(Files.readString(Handbook.PROJECT.resolve("deploy/session-pro")))
        .contains(" SESH_PRO_BACKEND_LOG_PATH=/var/log/session-pro/commands.log ");
    assertThat(Handbook.text()).contains("/var/log/session-pro/commands.log");
  }

  @Test
  void aServerIsStartedAgainHoweverOftenThatFails() throws IOException {
    String unit = Files.readString(Handbook.PROJECT.resolve("deploy/systemd/session-pro@.service"));

    assertThat(unit)
        .containsPattern("(?ms)^\\[Unit\\]$.*^StartLimitIntervalSec=0$.*^\\[Service\\]$")
        .containsPattern("(?m)^Restart=always$");
  }

  @Test
  void theHandbookStatesHowLittle() throws IOException {
    assertThat(Double.parseDouble(first(STATED, Handbook.text()))).isLessThanOrEqualTo(2.0);
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as("%s in: %s", pattern, text).isTrue();
    return found.group(1);
  }

  private static String run(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(ANALYZE.toString()), Stream.of(words)).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
