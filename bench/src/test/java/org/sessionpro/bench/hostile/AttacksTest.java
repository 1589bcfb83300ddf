package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Attacks in miniature.
class AttacksTest {
  private static final int CONNECTIONS = 4;

  private static Victim victim;
  private static Ammunition ammunition;

  @BeforeAll
  static void start() throws IOException {
    victim = Victim.start();
    ammunition = Ammunition.against(victim.address(), "h", InstantSource.system());
  }

  @AfterAll
  static void stop() {
    victim.close();
  }

  private static Siege.Toll lay(String name, Duration duration) throws InterruptedException {
    return Siege.lay(
        Attacks.named(name, ammunition, CONNECTIONS), victim.address(), duration, () -> {});
  }

  static Stream<String> names() {
    return Attacks.all(ammunition, CONNECTIONS).stream().map(Attack::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyAttackEndsInTimeAndTheServerAnswers(String name) throws Exception {
    assertThat(lay(name, Duration.ofMillis(200)).connected()).isGreaterThanOrEqualTo(CONNECTIONS);
    try (Connection connection = Connection.open(victim.address())) {
      assertThat(connection.ask(ammunition.status()).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "idle, 200",
    "huge headers, 431",
    "endless chunks, 413",
    "half closed, 400",
    "vanishing, sent",
    "unread lists, sent",
    "onions at the cap, 200",
    "garbage, 400",
    "clocks, 200",
    "pipelining, 200",
    "flood, 200",
    "onion flood, 200"
  })
  void attackersGetWhatTheyDeserve(String name, String outcome) throws Exception {
    assertThat(lay(name, Duration.ofSeconds(1)).outcomes()).containsKey(outcome);
  }

  @Test
  void theEndOfAnAttackIsToldBeforeAttackersLetGo() throws Exception {
    AtomicInteger holding = new AtomicInteger();
    AtomicInteger held = new AtomicInteger();
    Attack attack =
        new Attack(
            "hold",
            "connect and hold on",
            1,
            siege -> {
              try (Connection connection = siege.connect()) {
                holding.incrementAndGet();
                connection.answers().next();
              } finally {
                holding.set(0);
              }
            });

    Siege.lay(attack, victim.address(), Duration.ofSeconds(1), () -> held.set(holding.get()));

    assertThat(held).hasValue(1);
    assertThat(holding).hasValue(0);
  }

  @Test
  void noMoreConnectionsAreUsedThanAllowed() {
    assertThat(Attacks.all(ammunition, CONNECTIONS))
        .allSatisfy(attack -> assertThat(attack.connections()).isLessThanOrEqualTo(CONNECTIONS));
  }

  @Test
  void anAttackThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> Attacks.named("prayer", ammunition, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prayer");
  }
}
