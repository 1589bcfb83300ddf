package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING_KEY;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.json.DecimalInteger;

class SignedMessagesTest {
  private static final DecimalInteger TS = DecimalInteger.of(1_700_000_000);

  @Test
  void aProofRequestHasNoSeparator() {
    assertThat(hex(SignedMessages.generateProProof(MASTER_KEY, ROTATING_KEY, TS)))
        .isEqualTo(
            ascii("ProGenerateProof")
                + MASTER_KEY.hex()
                + ROTATING_KEY.hex()
                + ascii("1700000000"));
  }

  @Test
  void aStatusRequestIsDomainKeyAndTime() {
    assertThat(hex(SignedMessages.getProStatus(MASTER_KEY, TS)))
        .isEqualTo(ascii("ProGetProStatus_") + MASTER_KEY.hex() + ascii("1700000000"));
  }

  @Test
  void neighbouringVariableFieldsAreSeparatedByOneZeroByte() {
    assertThat(hex(SignedMessages.getPaymentDetails(MASTER_KEY, TS, DecimalInteger.of(10), "ab")))
        .isEqualTo(
            ascii("ProGetPayDetails")
                + MASTER_KEY.hex()
                + ascii("1700000000")
                + "00"
                + ascii("10")
                + "00"
                + ascii("ab"));
  }

  @Test
  void anEmptyCursorKeepsItsSeparator() {
    assertThat(hex(SignedMessages.getPaymentDetails(MASTER_KEY, TS, DecimalInteger.of(10), "")))
        .endsWith(ascii("10") + "00");
  }

  @Test
  void aCursorIsWrittenInUtf8() {
    assertThat(hex(SignedMessages.getPaymentDetails(MASTER_KEY, TS, TS, "é😀")))
        .endsWith("00" + "c3a9" + "f09f9880");
  }

  @Test
  void integersOfAnyMagnitudeAreWrittenInFull() {
    DecimalInteger huge = new DecimalInteger("-" + "9".repeat(50));
    assertThat(hex(SignedMessages.getProStatus(MASTER_KEY, huge)))
        .endsWith(ascii("-" + "9".repeat(50)));
  }

  @Test
  void minusZeroIsWrittenAsZero() {
    assertThat(SignedMessages.getProStatus(MASTER_KEY, new DecimalInteger("-0")))
        .isEqualTo(SignedMessages.getProStatus(MASTER_KEY, DecimalInteger.of(0)));
  }

  @Test
  void aProofIsDomainTagKeyAndExpiry() {
    RevocationTag tag = RevocationTag.fromHex("11".repeat(32));
    assertThat(hex(SignedMessages.proof(tag, ROTATING_KEY, Instant.ofEpochSecond(1_704_067_200))))
        .isEqualTo(
            ascii("ProProof_v0_____") + "11".repeat(32) + ROTATING_KEY.hex() + ascii("1704067200"));
  }

  private static String ascii(String text) {
    return hex(text.getBytes(UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
