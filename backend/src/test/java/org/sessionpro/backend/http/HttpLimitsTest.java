package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.http.HttpLimits.BodyLimits;
import org.sessionpro.backend.http.HttpLimits.TimeLimits;
import org.sessionpro.backend.http.HttpLimits.WorkLimits;

/// Ranges of the limits.
class HttpLimitsTest {
  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static HttpLimits of(int headerBytes, int connections, int requests) {
    return new HttpLimits(
        headerBytes,
        BodyLimits.DEFAULT,
        connections,
        requests,
        WorkLimits.DEFAULT,
        TimeLimits.DEFAULT,
        0);
  }

  private static BodyLimits bodies(int standard, int onion, int webhook) {
    return new BodyLimits(standard, onion, webhook, 1 << 30);
  }

  private static Arguments refused(String name, ThrowingCallable creation) {
    return Arguments.of(name, creation);
  }

  static Stream<Arguments> limitsOutOfRange() {
    return Stream.of(
        refused("header limit", () -> of(1_023, 1, 16)),
        refused("header limit", () -> of(65_537, 1, 16)),
        refused("connection limit", () -> of(1_024, 0, 16)),
        refused("connection limit", () -> of(1_024, 1_000_001, 16)),
        refused("limit of concurrent requests", () -> of(1_024, 1, 15)),
        refused("limit of concurrent requests", () -> of(1_024, 1, 1_000_001)),
        refused("reply memory", () -> HttpLimits.DEFAULT.withReplyMemory(-1)),
        refused("reply memory", () -> HttpLimits.DEFAULT.withReplyMemory((1 << 30) + 1)),
        refused("standard body limit", () -> bodies(1_023, 1_024, 1_024)),
        refused("standard body limit", () -> bodies(10_485_761, 1_024, 1_024)),
        refused("onion body limit", () -> bodies(1_024, 1_023, 1_024)),
        refused("onion body limit", () -> bodies(1_024, 10_485_761, 1_024)),
        refused("webhook body limit", () -> bodies(1_024, 1_024, 1_023)),
        refused("webhook body limit", () -> bodies(1_024, 1_024, 10_485_761)),
        refused("body memory", () -> new BodyLimits(1_024, 1_024, 2_048, 2_047)),
        refused("body memory", () -> new BodyLimits(1_024, 2_048, 1_024, 2_047)),
        refused("body memory", () -> new BodyLimits(2_048, 1_024, 1_024, 2_047)),
        refused("body memory", () -> new BodyLimits(1_024, 1_024, 1_024, (1 << 30) + 1)),
        refused("limit of requests at work", () -> new WorkLimits(0, 1, ms(10))),
        refused("limit of requests at work", () -> new WorkLimits(10_001, 1, ms(10))),
        refused("limit of waiting requests", () -> new WorkLimits(1, -1, ms(10))),
        refused("limit of waiting requests", () -> new WorkLimits(1, 1_000_001, ms(10))),
        refused("patience", () -> new WorkLimits(1, 1, ms(9))),
        refused("patience", () -> new WorkLimits(1, 1, ms(10_001))),
        refused("receive time limit", () -> new TimeLimits(ms(9), ms(10), ms(10))),
        refused("receive time limit", () -> new TimeLimits(ms(60_001), ms(10), ms(10))),
        refused("idle time limit", () -> new TimeLimits(ms(10), ms(9), ms(10))),
        refused("idle time limit", () -> new TimeLimits(ms(10), ms(600_001), ms(10))),
        refused("stop time limit", () -> new TimeLimits(ms(10), ms(10), ms(9))),
        refused("stop time limit", () -> new TimeLimits(ms(10), ms(10), ms(9_001))));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("limitsOutOfRange")
  void limitsOutOfRangeAreRefusedByName(String name, ThrowingCallable creation) {
    assertThatThrownBy(creation)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be ");
  }

  @Test
  void theEndsOfTheRangesAreAccepted() {
    assertThatCode(
            () -> {
              of(1_024, 1, 16);
              of(65_536, 1_000_000, 1_000_000);
              new BodyLimits(1_024, 1_024, 1_024, 1_024);
              HttpLimits.DEFAULT.withReplyMemory(1 << 30);
              bodies(10_485_760, 10_485_760, 10_485_760);
              new WorkLimits(1, 0, ms(10));
              new WorkLimits(10_000, 1_000_000, ms(10_000));
              new TimeLimits(ms(10), ms(10), ms(10));
              new TimeLimits(ms(60_000), ms(600_000), ms(9_000));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    assertThat(BodyLimits.DEFAULT).isEqualTo(new BodyLimits(65_536, 1_048_576, 262_144, 4_194_304));
  }

  @ParameterizedTest
  @CsvSource({"1, 32, 1024", "2, 64, 2048", "32, 1024, 32768", "1000, 1024, 32768"})
  void howMuchIsDoneAtOnceFollowsTheProcessors(int processors, int atOnce, int waiting) {
    assertThat(WorkLimits.of(processors))
        .isEqualTo(new WorkLimits(atOnce, waiting, Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "134217728, 8388608",
    "1, 8388608",
    "1073741824, 67108864",
    "9223372036854775807, 1073741824"
  })
  void theMemoryForRepliesFollowsTheHeap(long heap, int bytes) {
    assertThat(HttpLimits.replyMemory(heap)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, 10500",
    "9223372036854775807, 10500",
    "11000, 10500",
    "10999, 10499",
    "4096, 3596",
    "600, 100",
    "599, 100",
    "0, 100"
  })
  void someDescriptorsAreLeftForEverythingElse(long descriptors, int connections) {
    assertThat(HttpLimits.DEFAULT.withinDescriptors(descriptors).connections())
        .isEqualTo(connections);
  }

  /// A loader of its own has initialized nothing yet.
  @Test
  void theDefaultsAreWholeWhicheverIsAskedForFirst() throws Exception {
    URL classes = HttpLimits.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader fresh =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class.forName(BodyLimits.class.getName(), true, fresh);
      Object limits =
          Class.forName(HttpLimits.class.getName(), true, fresh).getField("DEFAULT").get(null);

      assertThat(limits).hasToString(HttpLimits.DEFAULT.toString());
    }
  }
}
