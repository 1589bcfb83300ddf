package org.sessionpro.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void anEmptyObjectIsTwoBytes() {
    assertThat(written(json -> {})).isEqualTo("{}");
  }

  @Test
  void membersStandInTheOrderOfTheCalls() {
    assertThat(
            written(json ->
                json.text("t", "x")
                    .integer("i", Long.MIN_VALUE)
                    .integer("n", new DecimalInteger("9".repeat(30)))
                    .number("d", "1700000000.0")
                    .bool("b", true)
                    .nullValue("z")))
        .isEqualTo(
            "{\"t\":\"x\",\"i\":-9223372036854775808,\"n\":999999999999999999999999999999,\"d\":1700000000.0,\"b\":true,\"z\":null}");
  }

  @Test
  void objectsAndArraysNest() {
    assertThat(
            written(json ->
                json.object("o", inner -> inner.integer("a", 1))
                    .objects("l", List.of(1, 2), (item, value) -> item.integer("v", value))
                    .texts("s", List.of("x", "y"))
                    .bool("end", false)))
        .isEqualTo(
            "{\"o\":{\"a\":1},\"l\":[{\"v\":1},{\"v\":2}],\"s\":[\"x\",\"y\"],\"end\":false}");
  }

  @Test
  void emptyArraysAreWritten() {
    assertThat(
            written(
                json -> json.objects("l", List.of(), (item, value) -> {}).texts("s", List.of())))
        .isEqualTo("{\"l\":[],\"s\":[]}");
  }

  @Test
  void controlQuoteAndNonAsciiCharactersAreEscaped() {
    assertThat(written(json -> json.text("t", "\"\\\n\u0000é😀/")))
        .isEqualTo("{\"t\":\"\\\"\\\\\\n\\u0000\\u00E9\\uD83D\\uDE00/\"}");
  }

  @Property
  void everyTextIsReadBack(@ForAll String name, @ForAll String value) {
    byte[] document = JsonWriter.object(json -> json.text(name, value));
    assertThat(JsonObject.parse(document).member(name)).contains(new JsonValue.Text(value));
  }

  @Test
  void anUnpairedSurrogateIsWrittenAsItsEscape() {
    assertThat(written(json -> json.text("t", "\ud800"))).isEqualTo("{\"t\":\"\\uD800\"}");
  }

  private static String written(Consumer<JsonWriter> content) {
    return new String(JsonWriter.object(content), StandardCharsets.UTF_8);
  }
}
