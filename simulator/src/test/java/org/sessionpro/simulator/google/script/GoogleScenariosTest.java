package org.sessionpro.simulator.google.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.google.ServedGoogle;
import org.sessionpro.simulator.script.Line;
import org.sessionpro.simulator.script.Script;
import org.sessionpro.simulator.script.ScriptReport;
import org.sessionpro.simulator.script.ScriptRunner;
import org.sessionpro.simulator.script.Step;
import org.sessionpro.simulator.script.StoreExpectation;

/// The scenarios of the specification, with nobody on the other side but a server that acknowledges.
class GoogleScenariosTest {
  private static final Path FOLDER = Path.of("src/main/resources/scenarios/google");
  private static final Map<String, String> SMALL = Map.of("crowd", "20", "rounds", "1");
  private static final Crypto CRYPTO = Crypto.selfTested();

  static List<String> files() {
    return GoogleScenarios.files();
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
        .map(file -> GoogleScenarios.script(file, Map.of()).title().number())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 48).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsNamedAfterItsNumber(String file) {
    Script.Title title = GoogleScenarios.script(file, Map.of()).title();

    assertThat(file).startsWith("%02d-".formatted(title.number()));
    assertThat(title.store()).isEqualTo(PaymentProvider.GOOGLE_PLAY);
  }

  @Test
  void thoseThatDisturbTheServerHaveItForThemselves() {
    assertThat(files())
        .filteredOn(file -> GoogleScenarios.script(file, Map.of()).title().ownProcess())
        .map(file -> file.substring(0, 2))
        .containsExactly("34", "38", "40", "43", "44");
  }

  @ParameterizedTest
  @MethodSource("files")
  void thePlayOfEachScenarioIsAsItSays(String file) {
    try (ServedGoogle google = new ServedGoogle()) {
      ScriptRunner runner =
          new ScriptRunner(
              google.clock,
              List.of(google.simulator.stage()),
              new PlainServer(google.client),
              CRYPTO);

      ScriptReport report = runner.run(GoogleScenarios.script(file, SMALL), "test");

      assertThat(report.met())
          .extracting(Line::step)
          .allMatch(step -> step.toString().startsWith("Expect"))
          .isNotEmpty();
    }
  }

  @Test
  void everyScenarioExpectsSomethingOfPlay() {
    assertThat(files())
        .allSatisfy(file ->
            assertThat(GoogleScenarios.script(file, Map.of()).lines())
                .anyMatch(line ->
                    line.step() instanceof Step.Expect expect
                        && expect.expectation() instanceof StoreExpectation));
  }
}
