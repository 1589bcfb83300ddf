package org.sessionpro.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStringTest {
  @Test
  void hexOfEitherCaseIsTheSameValue() {
    assertThat(ByteString.fromHex("00FFab")).isEqualTo(ByteString.fromHex("00ffAB"));
  }

  @Test
  void hexIsWrittenInLowerCase() {
    assertThat(ByteString.fromHex("00FFAB").hex()).isEqualTo("00ffab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0x00", "0g", "0 00", " 00", "00 ", "00\n", "é0", "００"})
  void anythingButHexDigitPairsIsRefused(String text) {
    assertThatThrownBy(() -> ByteString.fromHex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void hexRoundTrips(@ForAll byte[] bytes) {
    assertThat(ByteString.fromHex(ByteString.of(bytes).hex()).toByteArray()).isEqualTo(bytes);
  }

  @Property
  void hexIsWhatTheJdkWrites(@ForAll byte[] bytes) {
    assertThat(ByteString.of(bytes).hex()).isEqualTo(HexFormat.of().formatHex(bytes));
  }

  @Test
  void laterChangesOfTheSourceAreNotSeen() {
    byte[] source = {1, 2};
    ByteString bytes = ByteString.of(source);
    source[0] = 9;
    assertThat(bytes.hex()).isEqualTo("0102");
  }

  @Test
  void changesOfACopyAreNotSeen() {
    ByteString bytes = ByteString.fromHex("0102");
    bytes.toByteArray()[0] = 9;
    assertThat(bytes.hex()).isEqualTo("0102");
  }

  @Test
  void aSliceIsTakenByOffsetAndLength() {
    assertThat(ByteString.of(new byte[] {1, 2, 3, 4}, 1, 2).hex()).isEqualTo("0203");
  }

  @Test
  void copyToReturnsTheOffsetBehindTheBytes() {
    byte[] target = new byte[4];
    int end = ByteString.fromHex("aabb").copyTo(target, 1);
    assertThat(end).isEqualTo(3);
    assertThat(target).isEqualTo(new byte[] {0, (byte) 0xaa, (byte) 0xbb, 0});
  }

  @Test
  void onlyZeroBytesAreZero() {
    assertThat(ByteString.fromHex("0000").isZero()).isTrue();
    assertThat(ByteString.fromHex("0080").isZero()).isFalse();
  }

  @Test
  void anotherSizeThanRequiredIsRefused() {
    assertThatThrownBy(() -> ByteString.fromHex("0102").requireSize(3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsTextShowsTheLengthOnly() {
    assertThat(ByteString.fromHex("c0ffee")).hasToString("3 bytes");
  }
}
