package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.ALICE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Damage;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.crypto.Seed;

@ParameterizedClass
@EnumSource(Engine.class)
class DoctorCommandTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private InspectedLedger it;

  @BeforeEach
  void fill() {
    it = new InspectedLedger(engine, folder).filled().with(InstantSource.system());
  }

  private JsonNode json() {
    try {
      return new ObjectMapper().readTree(it.out());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void aSoundLedgerIsNothingToReport() {
    assertThat(it.run("doctor")).isZero();
    assertThat(it.err()).isEmpty();
    assertThat(it.out())
        .isEqualTo(
            """
            Sampled            no
            Accounts checked   1
            Payments checked   3
            Unclaimed checked  2
            Facts checked      22
            Findings total     0

            Categories: 9
              Category    Findings
              facts       0
              payment     0
              account     0
              generation  0
              invariant   0
              ticket      0
              clock       0
              lease       0
              key         0

            Findings: 0
            """);
  }

  @Test
  void aFindingIsListedAndFailsTheCommand() {
    Damage.to(it.url, "UPDATE payments SET grace_period = 60000000 WHERE id = 3");

    assertThat(it.run("doctor", "--json")).isOne();
    assertThat(it.err()).isEqualTo("pro: findings: 1\n");
    JsonNode finding = json().at("/findings/0");
    assertThat(finding.at("/category").asText()).isEqualTo("payment");
    assertThat(finding.at("/subject").asText()).matches("payment 3 order:[0-9a-f]{10}");
    assertThat(finding.at("/part").asText()).isEqualTo("grace_period");
    assertThat(finding.at("/stored").asText()).isEqualTo("PT1M");
    assertThat(finding.at("/expected").asText()).isEqualTo("PT72H");
    assertThat(json().at("/findings_total").asInt()).isEqualTo(1);
    assertThat(json().at("/categories/1/findings").asInt()).isEqualTo(1);
  }

  @Test
  void atATerminalSubjectsAreShownInFullIfAskedFor() {
    it.atTerminal();
    Damage.to(
        it.url,
        "UPDATE payments SET grace_period = 60000000 WHERE id = 3",
        "UPDATE accounts SET grace_period = 60000000");

    it.run("doctor", "--json", "--unmasked");

    assertThat(json().findValuesAsText("subject"))
        .containsExactlyInAnyOrder("payment 3 order-2", ALICE.hex());
  }

  @Test
  void fullIdsGoNowhereElse() {
    assertThat(it.run("doctor", "--unmasked")).isEqualTo(2);
    assertThat(it.err()).startsWith("pro: --unmasked shows ids at a terminal only");
  }

  @Test
  void aKeyThatIsNotTheLedgersIsFound() {
    Path key = folder.resolve("other.key");
    SigningKeyFile.create(key, Seed.fromHex("42".repeat(32)), InspectedLedger.CRYPTO);

    assertThat(it.run("doctor", "--json", "--key", key.toString())).isOne();
    assertThat(json().at("/findings/0/category").asText()).isEqualTo("key");
    assertThat(json().at("/findings/0/subject").asText()).isEqualTo("ledger");
  }

  @Test
  void aKeyThatOthersMayReadIsFound() throws Exception {
    Path key = folder.resolve("open.key");
    SigningKeyFile.create(key, Seed.fromHex("cd".repeat(32)), InspectedLedger.CRYPTO);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(it.run("doctor", "--json", "--key", key.toString())).isOne();
    assertThat(json().at("/findings/0/stored").asText()).contains("must give others no right");
  }

  @Test
  void aSampleIsSaidToBeOne() {
    assertThat(it.run("doctor", "--sample", "1", "--json")).isZero();
    assertThat(json().at("/sampled").asBoolean()).isTrue();
    assertThat(json().at("/accounts_checked").asInt()).isEqualTo(1);
    assertThat(json().at("/payments_checked").asInt()).isEqualTo(3);
    assertThat(json().at("/unclaimed_checked").asInt()).isEqualTo(1);
    assertThat(json().at("/facts_checked").asInt()).isEqualTo(20);
  }

  @Test
  void aSampleOfNothingIsRefused() {
    assertThat(it.run("doctor", "--sample", "0")).isEqualTo(2);
    assertThat(it.err()).startsWith("pro: --sample must be at least 1");
  }

  @ParameterizedTest
  @EnumSource
  void everyCategoryIsListedAndDocumented(Category category) {
    it.run("doctor", "--json");
    assertThat(json().at("/categories").findValuesAsText("category"))
        .contains(FactWords.code(category));

    it.run("doctor", "--help");
    assertThat(it.out()).containsPattern("\n  " + FactWords.code(category) + " ");
  }

  @Test
  void everyMemberIsDocumented() {
    Damage.to(it.url, "UPDATE payments SET grace_period = 60000000 WHERE id = 3");
    it.run("doctor", "--json");
    Set<String> printed = AccountCommandsTest.names(json(), "");
    it.run("doctor", "--help");

    assertThat(AccountCommandsTest.words(it.out()))
        .containsAll(
            printed.stream().flatMap(path -> Arrays.stream(path.substring(1).split("/"))).toList());
  }
}
