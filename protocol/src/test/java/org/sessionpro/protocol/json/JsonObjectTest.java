package org.sessionpro.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.BadRequest;

class JsonObjectTest {
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  @Test
  void everyKindOfValueIsRead() {
    JsonObject object =
        parse(
            "{\"t\":\"x\",\"i\":-7,\"d\":1.50,\"b\":true,\"n\":null,\"a\":[1,[]],\"o\":{\"k\":false}}");
    assertThat(object.member("t")).contains(new JsonValue.Text("x"));
    assertThat(object.member("i")).contains(new JsonValue.Int(DecimalInteger.of(-7)));
    assertThat(object.member("d")).contains(new JsonValue.Decimal("1.50"));
    assertThat(object.member("b")).contains(new JsonValue.Bool(true));
    assertThat(object.member("n")).contains(new JsonValue.Null());
    assertThat(object.member("a"))
        .contains(
            new JsonValue.Array(
                List.of(new JsonValue.Int(DecimalInteger.of(1)), new JsonValue.Array(List.of()))));
    assertThat(object.member("o")).contains(parse("{\"k\":false}"));
  }

  @Test
  void ofLongTextsTheBeginningIsKeptIfThatIsWished() {
    byte[] document =
        ("{\"long\":\"" + "ab".repeat(5_000) + "\",\"in\":[{\"short\":\"xyz\"}]}")
            .getBytes(StandardCharsets.UTF_8);

    JsonObject object = JsonObject.parseCutting(document, 3);

    assertThat(object.member("long")).contains(new JsonValue.Text("aba"));
    assertThat(object.member("in"))
        .contains(new JsonValue.Array(List.of(parse("{\"short\":\"xyz\"}"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":\"b", "{} {}"})
  void whatIsNoObjectIsRefusedThoughItsTextsWouldBeCut(String document) {
    assertThatThrownBy(() -> JsonObject.parseCutting(document.getBytes(StandardCharsets.UTF_8), 3))
        .isInstanceOf(BadRequest.class);
  }

  @Test
  void namesStandInDocumentOrder() {
    assertThat(parse("{\"b\":1,\"a\":2,\"c\":3}").names()).containsExactly("b", "a", "c");
  }

  @Test
  void nullIsPresentAndAbsenceIsNot() {
    JsonObject object = parse("{\"n\":null}");
    assertThat(object.has("n")).isTrue();
    assertThat(object.has("m")).isFalse();
    assertThat(object.member("m")).isEmpty();
  }

  @Test
  void ofDuplicateMembersTheLastCounts() {
    assertThat(parse("{\"a\":1,\"b\":2,\"a\":\"last\"}").member("a"))
        .contains(new JsonValue.Text("last"));
  }

  @Test
  void duplicatesAreDetectedBehindEscapes() {
    assertThat(parse("{\"ts\":1,\"\\u0074s\":2}").member("ts"))
        .contains(new JsonValue.Int(DecimalInteger.of(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"{}\"",
        "true",
        "{",
        "}",
        "{]",
        "{}}",
        "{} {}",
        "{} x",
        "{},",
        "[{}]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x1}",
        "{\"a\":1e}",
        "{\"a\":undefined}",
        "{\"a\":tru}",
        "{\"a\":True}",
        "{/*c*/}",
        "{}//c",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"",
        "{\"a\":[1,2}",
        "{\"a\":[1,]}",
        "{,}",
        "\u00a0{}",
        "{}\u0000",
        "{}\u001e"
      })
  void whatIsNoJsonObjectIsRefused(String document) {
    assertRefused(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whiteSpaceMaySurroundTheObject() {
    assertThat(parse(" \t\r\n{ } \t\r\n").names()).isEmpty();
  }

  @Test
  void aLeadingByteOrderMarkIsSkipped() {
    assertThat(JsonObject.parse(concat(BOM, utf8("{\"a\":1}"))).names()).containsExactly("a");
  }

  @Test
  void aSecondByteOrderMarkIsRefused() {
    assertRefused(concat(BOM, concat(BOM, utf8("{}"))));
  }

  @Test
  void aByteOrderMarkBehindWhiteSpaceIsRefused() {
    assertRefused(concat(utf8(" "), concat(BOM, utf8("{}"))));
  }

  @Test
  void aByteOrderMarkAloneIsRefused() {
    assertRefused(BOM);
  }

  @Test
  void otherEncodingsAreRefused() {
    assertRefused("{}".getBytes(StandardCharsets.UTF_16));
    assertRefused("{}".getBytes(StandardCharsets.UTF_16LE));
    assertRefused("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void overlongAndSurrogateUtf8IsRefused() {
    assertRefused(around((byte) 0xc0, (byte) 0xaf));
    assertRefused(around((byte) 0xed, (byte) 0xa0, (byte) 0x80));
    assertRefused(around((byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80));
    assertRefused(around((byte) 0xff));
    assertRefused(around((byte) 0xe2, (byte) 0x82));
  }

  @Test
  void utf8OfEveryWidthIsRead() {
    assertThat(parse("{\"é中😀\":\"é中😀\"}").member("é中😀")).contains(new JsonValue.Text("é中😀"));
  }

  @Test
  void nestingOf32IsReadAndOf33Refused() {
    assertThatCode(() -> parse(nested(JsonObject.MAX_DEPTH))).doesNotThrowAnyException();
    assertRefused(utf8(nested(JsonObject.MAX_DEPTH + 1)));
  }

  @Test
  void arraysCountAsNestingToo() {
    assertThatCode(() -> parse("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}"))
        .doesNotThrowAnyException();
    assertRefused(utf8("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
  }

  @Test
  void deepNestingIsRefusedWithoutExhaustingTheStack() {
    assertRefused(utf8("{\"a\":" + "[".repeat(1_000_000)));
  }

  @Test
  void integersOfAnyMagnitudeKeepTheirDigits() {
    String digits = "9".repeat(20_000);
    assertThat(parse("{\"a\":" + digits + "}").member("a"))
        .contains(new JsonValue.Int(new DecimalInteger(digits)));
  }

  @Test
  void minusZeroIsTheIntegerZero() {
    assertThat(parse("{\"a\":-0}").member("a")).contains(new JsonValue.Int(DecimalInteger.of(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "17e8", "1E0", "-0.0", "1e999999999"})
  void aFractionOrAnExponentMakesNoInteger(String number) {
    assertThat(parse("{\"a\":" + number + "}").member("a")).contains(new JsonValue.Decimal(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"\\ud800\":1}", "{\"\\udc00\":1}", "{\"a\":{\"\\ud800x\":1}}"})
  void unpairedSurrogatesInNamesAreRefused(String document) {
    assertRefused(utf8(document));
  }

  @Test
  void unpairedSurrogatesAreReadAndTold() {
    assertThat(text("\"\\ud800\"").isWellFormed()).isFalse();
    assertThat(text("\"a\\udc00b\"").isWellFormed()).isFalse();
    assertThat(text("\"\\udc00\\ud800\"").isWellFormed()).isFalse();
    assertThat(text("\"\\ud83d\"").isWellFormed()).isFalse();
    assertThat(text("\"\\ud83d\\ude00\"").isWellFormed()).isTrue();
    assertThat(text("\"a\\u0000b\"").isWellFormed()).isTrue();
  }

  @Test
  void aPartOfABufferCanBeParsed() {
    byte[] buffer = utf8("xx{\"a\":1}yy");
    assertThat(JsonObject.parse(buffer, 2, buffer.length - 4).names()).containsExactly("a");
  }

  @Test
  void longNamesAndStringsAreRead() {
    String text = "n".repeat(60_000);
    assertThat(parse("{\"" + text + "\":\"" + text + "\"}").member(text))
        .contains(new JsonValue.Text(text));
  }

  @Test
  void namesCannotBeChanged() {
    assertThatThrownBy(() -> parse("{\"a\":1}").names().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void equalMembersInAnotherOrderAreEqual() {
    assertThat(parse("{\"a\":1,\"b\":2}")).isEqualTo(parse("{\"b\":2,\"a\":1}"));
  }

  @Test
  void textsOfValuesRevealNoContent() {
    JsonObject object = parse("{\"secret\":\"hidden\"}");
    assertThat(object).hasToString("JsonObject(1 members)");
    assertThat(object.member("secret").orElseThrow()).hasToString("Text(6 characters)");
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  }

  private static JsonValue.Text text(String literal) {
    return (JsonValue.Text) parse("{\"a\":" + literal + "}").member("a").orElseThrow();
  }

  private static JsonObject parse(String document) {
    return JsonObject.parse(utf8(document));
  }

  private static void assertRefused(byte[] document) {
    assertThatThrownBy(() -> JsonObject.parse(document))
        .isInstanceOfSatisfying(
            BadRequest.class,
            bad -> assertThat(bad.problems().getFirst().field()).isEqualTo("body"));
  }

  private static byte[] around(byte... inside) {
    return concat(utf8("{\"a\":\""), concat(inside, utf8("\"}")));
  }

  private static byte[] concat(byte[] left, byte[] right) {
    byte[] both = new byte[left.length + right.length];
    System.arraycopy(left, 0, both, 0, left.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
