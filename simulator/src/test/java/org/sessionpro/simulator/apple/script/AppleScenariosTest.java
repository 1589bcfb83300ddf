package org.sessionpro.simulator.apple.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.script.Line;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;
import org.sessionpro.simulator.script.Step;
import org.sessionpro.simulator.script.StoreExpectation;

/// The scenarios of the specification, with nobody on the other side but a server that verifies what it
/// is told.
class AppleScenariosTest {
  private static final Path FOLDER = Path.of("src/main/resources/scenarios/apple");
  private static final Crypto CRYPTO = Crypto.selfTested();

  static List<String> files() {
    return AppleScenarios.files();
  }

  @Test
  void theListNamesEveryFile() throws IOException {
    try (Stream<Path> found = Files.list(FOLDER)) {
      assertThat(files())
          .containsExactlyElementsOf(
              found
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".scenario"))
                  .sorted()
                  .toList());
    }
  }

  @Test
  void theNumbersAreThoseOfTheSpecification() {
    assertThat(files())
        .map(file -> AppleScenarios.script(file, Map.of()).title().number())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 46).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsNamedAfterItsNumber(String file) {
    Script.Title title = AppleScenarios.script(file, Map.of()).title();

    assertThat(file).startsWith("%02d-".formatted(title.number()));
    assertThat(title.store()).isEqualTo(PaymentProvider.APP_STORE);
  }

  @Test
  void thoseThatDisturbTheServerHaveItForThemselves() {
    assertThat(files())
        .filteredOn(file -> AppleScenarios.script(file, Map.of()).title().ownProcess())
        .map(file -> file.substring(0, 2))
        .containsExactly("37", "38", "40", "41", "42", "43", "44");
  }

  @ParameterizedTest
  @MethodSource("files")
  void thePlayOfEachScenarioIsAsItSays(String file) {
    SimulatedClock clock = new SimulatedClock(Instant.parse("2026-03-04T10:00:03.412Z"));
    AppleSimulator simulator =
        new AppleSimulator(AppleSettings.ofSeed(1), clock, InstantSource.system());
    ScriptRunner runner =
        new ScriptRunner(clock, List.of(simulator.stage()), new VerifyingServer(simulator), CRYPTO);

    ScriptReport report = runner.run(AppleScenarios.script(file, Map.of()), "test");

    assertThat(report.met())
        .extracting(Line::step)
        .allMatch(step -> step.toString().startsWith("Expect"))
        .isNotEmpty();
  }

  @Test
  void everyScenarioExpectsSomethingOfTheStore() {
    assertThat(files())
        .allSatisfy(file ->
            assertThat(AppleScenarios.script(file, Map.of()).lines())
                .anyMatch(line ->
                    line.step() instanceof Step.Expect expect
                        && expect.expectation() instanceof StoreExpectation));
  }
}
