package org.sessionpro.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.crypto.Seed;

class IdentifierTest {
  private static final String DIGITS = "c0ffee".repeat(50);

  static Stream<Arguments> sizedTypes() {
    return Stream.of(
        type(MasterKey::fromHex, 32),
        type(RotatingKey::fromHex, 32),
        type(BackendKey::fromHex, 32),
        type(RevocationTag::fromHex, 32),
        type(Seed::fromHex, 32),
        type(Signature::fromHex, 64));
  }

  static Stream<Arguments> hiddenTypes() {
    return Stream.of(
        type(MasterKey::fromHex, 32),
        type(RotatingKey::fromHex, 32),
        type(RevocationTag::fromHex, 32),
        type(Seed::fromHex, 32),
        type(Signature::fromHex, 64));
  }

  private static Arguments type(Function<String, Object> fromHex, int size) {
    return Arguments.of(fromHex, size);
  }

  @ParameterizedTest
  @MethodSource("sizedTypes")
  void anyOtherLengthIsRefused(Function<String, Object> fromHex, int size) {
    for (int length : new int[] {0, size - 1, size + 1}) {
      assertThatThrownBy(() -> fromHex.apply(DIGITS.substring(0, 2 * length)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("sizedTypes")
  void equalBytesAreEqual(Function<String, Object> fromHex, int size) {
    String digits = DIGITS.substring(0, 2 * size);
    assertThat(fromHex.apply(digits))
        .isEqualTo(fromHex.apply(digits))
        .hasSameHashCodeAs(fromHex.apply(digits));
  }

  @ParameterizedTest
  @MethodSource("hiddenTypes")
  void noTextRevealsWhatLinksAPerson(Function<String, Object> fromHex, int size) {
    assertThat(fromHex.apply(DIGITS.substring(0, 2 * size)).toString()).doesNotContain("c0");
  }

  @Test
  void theBackendKeyIsPublicAndShown() {
    BackendKey key = BackendKey.fromHex(DIGITS.substring(0, 64));
    assertThat(key).hasToString("BackendKey(" + DIGITS.substring(0, 64) + ")");
  }

  @Test
  void aTicketIsNeverNegative() {
    assertThatThrownBy(() -> new Ticket(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ticketsAreOrderedByValue() {
    assertThat(new Ticket(7)).isGreaterThan(Ticket.ZERO);
  }
}
