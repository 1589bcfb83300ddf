package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.Setting;

/// The handbook and the rules for alerts belong together.
class HandbookTest {
  private static final Pattern RUNBOOK =
      Pattern.compile("runbook: docs/operations\\.md#([a-z0-9-]+)");

  @Test
  void whatIsRunElsewhereStandsInTheHandbookAndThere() throws IOException {
    assertThat(Handbook.commands()).containsAll(Handbook.RUN_ELSEWHERE.keySet());
    for (Map.Entry<String, String> one : Handbook.RUN_ELSEWHERE.entrySet()) {
      List<String> words = List.of(one.getKey().split(" ", 4));
      String test =
          Files.readString(
              Handbook.PROJECT.resolve(
                  "backend/src/test/java/org/sessionpro/backend/" + one.getValue() + ".java"));

      assertThat(test).as(one.getKey()).containsPattern(words.get(1) + "\\W+" + words.get(2));
    }
  }

  @Test
  void everyHostThatTheServerCallsByItselfIsNamed() throws IOException {
    String handbook = Files.readString(Handbook.PROJECT.resolve("docs/operations.md"));
    List<String> roots =
        Stream.concat(
                Stream.of(Setting.GOOGLE_API_ROOT_URL, Setting.GOOGLE_PUBSUB_ROOT_URL)
                    .map(Setting::unset)
                    .map(URI::create),
                Stream.of(AppleSettings.Environment.values()).map(AppleSettings.Environment::api))
            .map(URI::getHost)
            .toList();

    assertThat(roots).hasSize(4);
    assertThat(handbook)
        .contains(roots)
        .contains("oauth2.googleapis.com", "port 80 of `ocsp.apple.com`");
  }

  @Test
  void everyAlertHasASectionAndEverySectionAnAlert() throws IOException {
    String rules = Files.readString(Handbook.PROJECT.resolve("deploy/prometheus/alerts.yml"));
    Set<String> linked =
        RUNBOOK.matcher(rules).results().map(link -> link.group(1)).collect(Collectors.toSet());

    assertThat(new TreeSet<>(Handbook.alerts())).isEqualTo(new TreeSet<>(linked));
    assertThat(rules.lines().filter(line -> line.strip().startsWith("- alert: ")).count())
        .as("each with a link")
        .isEqualTo(rules.lines().filter(line -> line.strip().startsWith("runbook: ")).count());
  }
}
