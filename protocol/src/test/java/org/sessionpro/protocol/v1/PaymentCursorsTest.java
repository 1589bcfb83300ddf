package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_SEED;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;
import static org.sessionpro.protocol.v1.TestKeys.OTHER;

import java.security.SecureRandom;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Seed;

class PaymentCursorsTest {
  private static final PaymentCursors CURSORS =
      new PaymentCursors(CRYPTO, BACKEND_SEED, new SecureRandom());
  private static final MasterKey OTHER_ACCOUNT = new MasterKey(OTHER.publicKey());

  @Property
  void everyBoundaryIsOpenedAgain(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long boundary) {
    assertThat(CURSORS.open(MASTER_KEY, CURSORS.seal(MASTER_KEY, boundary))).isEqualTo(boundary);
  }

  @Test
  void aTokenIs96LowerCaseHexDigits() {
    assertThat(CURSORS.seal(MASTER_KEY, 42)).matches("[0-9a-f]{96}");
  }

  @Test
  void noTwoTokensAreAlike() {
    assertThat(CURSORS.seal(MASTER_KEY, 42)).isNotEqualTo(CURSORS.seal(MASTER_KEY, 42));
  }

  @Test
  void upperCaseDigitsAreRead() {
    assertThat(CURSORS.open(MASTER_KEY, CURSORS.seal(MASTER_KEY, 42).toUpperCase(Locale.ROOT)))
        .isEqualTo(42);
  }

  @Property
  void aTokenWithAnyBitFlippedIsRefused(@ForAll @IntRange(min = 0, max = 96 * 4 - 1) int bit) {
    char[] token = CURSORS.seal(MASTER_KEY, 42).toCharArray();
    int digit = Character.digit(token[bit / 4], 16) ^ (1 << (bit % 4));
    token[bit / 4] = Character.forDigit(digit, 16);
    assertRefused(CURSORS, MASTER_KEY, new String(token));
  }

  @Test
  void anotherAccountsTokenIsRefused() {
    assertRefused(CURSORS, OTHER_ACCOUNT, CURSORS.seal(MASTER_KEY, 42));
  }

  @Test
  void anotherBackendsTokenIsRefused() {
    PaymentCursors other =
        new PaymentCursors(CRYPTO, Seed.fromHex("09".repeat(32)), new SecureRandom());
    assertRefused(other, MASTER_KEY, CURSORS.seal(MASTER_KEY, 42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zz", "00", "not-a-cursor", "é"})
  void textThatIsNoTokenIsRefused(String text) {
    assertRefused(CURSORS, MASTER_KEY, text);
  }

  @Test
  void anyOtherLengthIsRefused() {
    String token = CURSORS.seal(MASTER_KEY, 42);
    assertRefused(CURSORS, MASTER_KEY, token.substring(2));
    assertRefused(CURSORS, MASTER_KEY, token + "00");
    assertRefused(CURSORS, MASTER_KEY, " " + token);
    assertRefused(CURSORS, MASTER_KEY, "0x" + token.substring(2));
    assertRefused(CURSORS, MASTER_KEY, token + "0");
  }

  private static void assertRefused(PaymentCursors cursors, MasterKey account, String token) {
    assertThatThrownBy(() -> cursors.open(account, token))
        .isInstanceOfSatisfying(
            BadRequest.class,
            bad -> assertThat(bad.problems().getFirst().field()).isEqualTo("before"));
  }
}
