package org.sessionpro.simulator.apple.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.JwsReader;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

class SigningTest {
  private static final URI NOWHERE = URI.create("http://localhost/ocsp");
  private static final InstantSource SYSTEM = InstantSource.system();

  private final Pki pki = Pki.generate(SYSTEM, () -> NOWHERE);
  private final JwsReader reader = new JwsReader(pki.root(), false);

  private static byte[] document() {
    long now = Instant.now().toEpochMilli();
    return JsonWriter.object(root -> root.text("word", "yes").integer("signedDate", now));
  }

  @Test
  void whatTheStoreSignsIsGenuine() throws GeneralSecurityException {
    String jws = pki.signer(Chain.GENUINE).sign(document());

    assertThat(reader.read(jws).path("word").asText()).isEqualTo("yes");
  }

  @ParameterizedTest
  @EnumSource(names = "GENUINE", mode = EnumSource.Mode.EXCLUDE)
  void whatAnotherChainSignsIsNot(Chain chain) {
    String jws = pki.signer(chain).sign(document());

    assertThatThrownBy(() -> reader.read(jws)).isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aRotatedLeafSignsAsWellAsTheOneBefore() throws GeneralSecurityException {
    String before = pki.signer(Chain.GENUINE).sign(document());
    pki.rotateLeaf();
    String after = pki.signer(Chain.GENUINE).sign(document());
    String former = pki.formerSigner().sign(document());

    for (String jws : List.of(before, after, former)) {
      assertThat(reader.read(jws).path("word").asText()).isEqualTo("yes");
    }
    assertThat(headOf(after)).isNotEqualTo(headOf(before)).isNotEqualTo(headOf(former));
  }

  private static String headOf(String jws) {
    return jws.substring(0, jws.indexOf('.'));
  }

  @Test
  void certificatesAreValidBeforeAndAfterToday() throws GeneralSecurityException {
    assertThat(pki.root().getNotBefore()).isBefore(Instant.now().minus(Duration.ofDays(720)));
    assertThat(pki.root().getNotAfter()).isAfter(Instant.now().plus(Duration.ofDays(10_950)));
  }

  @Test
  void aRootThatIsKeptOutlivesTheProcess(@TempDir Path folder) throws GeneralSecurityException {
    Pki first = Pki.open(folder, SYSTEM, () -> NOWHERE);
    Pki second = Pki.open(folder, SYSTEM, () -> NOWHERE);

    String jws = second.signer(Chain.GENUINE).sign(document());

    assertThat(new JwsReader(first.root(), false).read(jws).path("word").asText()).isEqualTo("yes");
  }

  @Test
  void theResponderSaysWhetherTheLeafStands() throws Exception {
    SimulatedClock clock = new SimulatedClock(Instant.now());
    AppleSimulator simulator = new AppleSimulator(AppleSettings.ofSeed(1), clock, SYSTEM);
    try (AppleSimulator.Served _ = simulator.serve(0, Map.of())) {
      JwsReader online = new JwsReader(simulator.pki().root(), true);
      String jws = simulator.pki().signer(Chain.GENUINE).sign(document());
      assertThat(online.read(jws).path("word").asText()).isEqualTo("yes");
      assertThat(simulator.desk().calls().since(0, "ocsp", null)).hasSize(2);

      simulator.pki().revokeLeaf();
      assertThatThrownBy(() -> online.read(jws))
          .isInstanceOfSatisfying(
              CertPathValidatorException.class,
              refused ->
                  assertThat(refused.getReason())
                      .isEqualTo(CertPathValidatorException.BasicReason.REVOKED));

      simulator.pki().reinstateAll();
      simulator
          .desk()
          .faults()
          .add(new Fault("ocsp", null, Fault.UNTIL_CLEARED, new Effect.Dropped(false)));
      assertThatThrownBy(() -> online.read(jws))
          .isInstanceOfSatisfying(
              CertPathValidatorException.class,
              refused ->
                  assertThat(refused.getReason())
                      .isEqualTo(
                          CertPathValidatorException.BasicReason.UNDETERMINED_REVOCATION_STATUS));
    }
  }
}
