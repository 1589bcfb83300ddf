package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;

class IdentifierMaskTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String HEX =
      "fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27";
  private static final String TOKEN = "opaque-token-of-a-store.AO-J1Oz";

  private final IdentifierMask mask = freshMask();

  @Test
  void aMaskShowsTheKindAndTenDigits() {
    assertThat(mask.of(MasterKey.fromHex(HEX)).toString()).matches("master:[0-9a-f]{10}");
  }

  @Test
  void theSameIdentifierIsRecognised() {
    assertThat(mask.of(MasterKey.fromHex(HEX))).isEqualTo(mask.of(MasterKey.fromHex(HEX)));
  }

  @Test
  void anotherProcessMasksOtherwise() {
    assertThat(mask.of(MasterKey.fromHex(HEX)))
        .isNotEqualTo(freshMask().of(MasterKey.fromHex(HEX)));
  }

  @Test
  void theSameBytesInAnotherRoleAreNotRecognised() {
    assertThat(
            Stream.of(
                    mask.of(MasterKey.fromHex(HEX)),
                    mask.of(RotatingKey.fromHex(HEX)),
                    mask.of(RevocationTag.fromHex(HEX)),
                    mask.of(new PurchaseToken(HEX)),
                    mask.of(new OrderId(HEX)),
                    mask.of(new TransactionId(HEX)))
                .map(masked -> masked.text().substring(masked.text().indexOf(':'))))
        .doesNotHaveDuplicates();
  }

  @Test
  void whoAsksForItSeesIdentifiersAsTheyAre() {
    IdentifierMask none = IdentifierMask.none();

    assertThat(none.of(MasterKey.fromHex(HEX)).text()).isEqualTo("master:" + HEX);
    assertThat(none.of(new PurchaseToken(TOKEN)).text()).isEqualTo("token:" + TOKEN);
  }

  static Stream<String> masksOfManyProcesses() {
    return IntStream.range(0, 10)
        .mapToObj(process -> freshMask())
        .flatMap(mask ->
            Stream.of(
                mask.of(MasterKey.fromHex(HEX)).toString(),
                mask.of(new PurchaseToken(TOKEN)).toString()));
  }

  /// Whole pieces, since one or two characters are shared by chance.
  @ParameterizedTest
  @MethodSource("masksOfManyProcesses")
  void nothingOfTheIdentifierAppears(String masked) {
    String digits = masked.substring(masked.indexOf(':') + 1);

    assertThat(pieces(HEX, 8)).noneMatch(digits::contains);
    assertThat(pieces(TOKEN, 4)).noneMatch(digits::contains);
  }

  private static Stream<String> pieces(String text, int length) {
    return IntStream.rangeClosed(0, text.length() - length)
        .mapToObj(start -> text.substring(start, start + length));
  }

  private static IdentifierMask freshMask() {
    return IdentifierMask.withFreshKey(CRYPTO, new SecureRandom());
  }
}
