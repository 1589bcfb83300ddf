package org.sessionpro.backend.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.db.Cell;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;

class CellTextTest {
  private final CellText clear = CellText.inClear();
  private final CellText masked =
      CellText.masked(IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom()));

  @ParameterizedTest
  @CsvSource({
    "expiry_at, 1767225600123456, 2026-01-01T00:00:00.123456Z",
    "proofs_window_start, 0, 1970-01-01T00:00:00Z",
    "grace_period, 259200000000, 3 d",
    "credit_remaining, 0, 0 s",
    "credit_granted, 2595600000000, 30 d 3600 s",
    "auto_renewing, 1, Yes",
    "auto_renewing, 0, No",
    "auto_renewing, 2, 2",
    "proof_expiry_offset, 86399, 86399",
    "some_number, -5, -5",
  })
  void aNumberIsShownByWhatItsColumnMeans(String column, long value, String shown) {
    assertThat(masked.of(column, new Cell.Whole(value))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"500000, 0.5 s", "-60000000, -60 s", "86400000001, 1 d 0.000001 s"})
  void aLengthIsExact(long micros, String shown) {
    assertThat(CellText.span(Duration.ofNanos(micros * 1_000))).isEqualTo(shown);
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(clear.of("x", new Cell.Nothing())).isEqualTo("NULL");
  }

  @Test
  void booleansAreWords() {
    assertThat(clear.of("x", new Cell.Flag(true))).isEqualTo("Yes");
    assertThat(clear.of("x", new Cell.Flag(false))).isEqualTo("No");
  }

  @Test
  void bytesThatAreTextAreShownAsText() {
    assertThat(clear.of("x", new Cell.Bytes(utf8("grüße")))).isEqualTo("grüße");
  }

  @ParameterizedTest
  @CsvSource({"ff00", "c3", "610a62", "1b5b324a"})
  void bytesThatAreNoTextOrWouldSteerATerminalAreShownInHex(String hex) {
    assertThat(clear.of("x", new Cell.Bytes(ByteString.fromHex(hex)))).isEqualTo(hex);
  }

  @Test
  void controlCharactersOfATextAreReplaced() {
    assertThat(clear.of("x", new Cell.Text("a\u001b[2Jb"))).isEqualTo("a?[2Jb");
    assertThat(masked.of("plan", new Cell.Text("a\nb"))).isEqualTo("a?b");
  }

  @Test
  void aTextIsCutBehind128Characters() {
    assertThat(clear.of("x", new Cell.Text("y".repeat(128)))).isEqualTo("y".repeat(128));
    assertThat(clear.of("x", new Cell.Text("😀".repeat(129))))
        .isEqualTo("😀".repeat(128) + "...(129)");
  }

  @Test
  void codesAreShownAndEveryOtherTextIsMasked() {
    assertThat(masked.of("provider", new Cell.Text("stf"))).isEqualTo("stf");
    assertThat(masked.of("not_known_here", new Cell.Text("stf")))
        .matches("not_known_here:[0-9a-f]{10}");
    assertThat(masked.of("master_key", new Cell.Bytes(utf8("key")))).matches("master:[0-9a-f]{10}");
  }

  @Test
  void thePartsOfAFactAreShownLikeColumns() {
    String body =
        "{\"plan\":\"1m\",\"at\":0,\"length\":60000000,\"claimable\":true,\"reason\":\"she asked\","
            + "\"ordinal\":2,\"more\":[1],\"gone\":null}";

    assertThat(masked.of("body", new Cell.Text(body)))
        .startsWith(
            "{plan: 1m, at: 1970-01-01T00:00:00Z, length: 60 s, claimable: Yes, reason: reason:")
        .doesNotContain("she asked");
    assertThat(clear.of("body", new Cell.Text(body)))
        .contains("reason: she asked, ordinal: 2, more: …, gone: NULL}");
  }

  @Test
  void aBodyThatIsNoObjectIsMaskedAsAWhole() {
    assertThat(masked.of("body", new Cell.Text("[\"she\"]"))).matches("body:[0-9a-f]{10}");
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
