package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Agreement;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionRejected.Stage;

/// The outer body (`onion-requests.md` §3) and the order of the checks (§10).
class OuterBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ephemeral_key\":\"%s\"}",
        " \t\r\n{\"ephemeral_key\":\"%s\"}\n",
        "{\"ephemeral_key\":\"%s\",\"host\":\"pro.example.org\",\"port\":443,\"x\":[{}]}",
        "{\"ephemeral_key\":5,\"ephemeral_key\":\"%s\"}",
        "{\"ephemeral_key\":\"%s\",\"enc_type\":\"gcm\"}",
        "{\"ephemeral_key\":\"%s\",\"enc_type\":null,\"enc_type\":\"aes-gcm\"}"
      })
  void bodyIsOpened(String json) {
    assertThatCode(() -> Exchange.SERVER.open(Exchange.outerBody(json))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"ephemeral_key\":\"%s\"",
        "{\"ephemeral_key\":\"%s\"}{}",
        "{\"ephemeral_key\":\"%s\",\"x\":NaN}",
        "{\"ephemeral_key\":\"%s\",}",
        "/**/{\"ephemeral_key\":\"%s\"}"
      })
  void anythingButOneObjectIsABreachOfTheFraming(String json) {
    assertThat(stageOf(Exchange.outerBody(json))).isEqualTo(Stage.FRAMING);
  }

  @Test
  void nestingEndsAtThirtyTwoLevels() {
    assertThatCode(() -> Exchange.SERVER.open(nested(32))).doesNotThrowAnyException();
    assertThat(stageOf(nested(33))).isEqualTo(Stage.FRAMING);
    assertThat(stageOf(nested(100_000))).isEqualTo(Stage.FRAMING);
  }

  private static byte[] nested(int levels) {
    String value = "[".repeat(levels - 1) + "]".repeat(levels - 1);
    return Exchange.outerBody("{\"ephemeral_key\":\"%s\",\"x\":" + value + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ephemeral_key\":\"\"}",
        "{\"ephemeral_key\":null}",
        "{\"ephemeral_key\":\"%s\",\"ephemeral_key\":null}",
        "{\"ephemeral_key\":\"%s\",\"enc_type\":null}",
        "{\"ephemeral_key\":\"%s\",\"enc_type\":\"AES-GCM\"}",
        "{\"ephemeral_key\":\"%s\",\"enc_type\":[\"aes-gcm\"]}"
      })
  void badMembersAreABreachOfTheMetadata(String json) {
    assertThat(stageOf(Exchange.outerBody(json))).isEqualTo(Stage.METADATA);
  }

  @Test
  void tagThatDoesNotMatchIsABreachOfTheCryptography() {
    byte[] body = Exchange.outerBody("{\"ephemeral_key\":\"%s\"}");
    body[OuterBody.OFFSET] ^= 1;
    assertThat(stageOf(body)).isEqualTo(Stage.CRYPTO);
  }

  @Test
  void cheapChecksComeBeforeTheCurve() {
    Agreement untouchable = answering(Agreement.class, null);
    Crypto importing = answering(Crypto.class, untouchable);
    OnionServer server =
        new OnionServer(importing, Exchange.SERVER_KEY, List.of(), new SecureRandom());
    byte[] tooShort =
        OuterBody.write(new byte[27], Exchange.SERVER_KEY.publicKey(), Aead.AES_256_GCM);

    assertThat(stageOf(server, new byte[3])).isEqualTo(Stage.FRAMING);
    assertThat(stageOf(server, Exchange.outerBody("[]"))).isEqualTo(Stage.FRAMING);
    assertThat(stageOf(server, Exchange.outerBody("{}"))).isEqualTo(Stage.METADATA);
    assertThat(stageOf(server, tooShort)).isEqualTo(Stage.CRYPTO);
  }

  /// Gives agreements and does nothing else.
  ///
  /// @param agreement null to do nothing at all
  private <T> T answering(Class<T> type, @Nullable Agreement agreement) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (agreement != null && method.getName().equals("agreement")) {
                return agreement;
              }
              throw new AssertionError(method.getName() + " was called");
            }));
  }

  @Test
  void rejectionCarriesNoDetailAndNoStackTrace() {
    OnionRejected rejected = rejection(Exchange.SERVER, Exchange.outerBody("{}"));
    assertThat(rejected).hasMessage("onion body rejected: METADATA").hasNoCause();
    assertThat(rejected.getStackTrace()).isEmpty();
  }

  private static Stage stageOf(byte[] body) {
    return stageOf(Exchange.SERVER, body);
  }

  private static Stage stageOf(OnionServer server, byte[] body) {
    return rejection(server, body).stage();
  }

  private static OnionRejected rejection(OnionServer server, byte[] body) {
    return catchThrowableOfType(OnionRejected.class, () -> server.open(body));
  }
}
