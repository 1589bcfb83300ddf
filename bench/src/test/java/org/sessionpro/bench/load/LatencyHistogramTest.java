package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  @Test
  void aPercentileIsTheLeastSpanThatSoManyDoNotExceed() {
    LatencyHistogram histogram = of(IntStream.rangeClosed(1, 50).asLongStream());

    assertThat(histogram.percentile(0.5)).isEqualTo(Duration.ofNanos(25));
    assertThat(histogram.percentile(0.51)).isEqualTo(Duration.ofNanos(26));
    assertThat(histogram.percentile(0.99)).isEqualTo(Duration.ofNanos(50));
    assertThat(histogram.percentile(1)).isEqualTo(Duration.ofNanos(50));
  }

  @Test
  void manyShortSpansOutweighOneLongOne() {
    LatencyHistogram histogram =
        of(LongStream.concat(LongStream.generate(() -> 7).limit(99), LongStream.of(1_000_000)));

    assertThat(histogram.percentile(0.99)).isEqualTo(Duration.ofNanos(7));
    assertThat(histogram.percentile(1)).isGreaterThanOrEqualTo(Duration.ofMillis(1));
  }

  @Property
  void aSpanIsRoundedUpByASixtyFourthAtMost(@ForAll @LongRange(min = 0) long nanos) {
    assertRounded(nanos);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 63, 64, 127, 128, 1_000_000, Long.MAX_VALUE})
  void theEdgesOfClassesAreRoundedLikeAllOthers(long nanos) {
    assertRounded(nanos);
  }

  @Test
  void everySpanCounts() {
    assertThat(of(LongStream.of(1, 1, 2, Long.MAX_VALUE)).count()).isEqualTo(4);
  }

  @Test
  void aNegativeSpanCountsAsZero() {
    assertThat(of(LongStream.of(-5)).percentile(1)).isZero();
  }

  @Test
  void withoutSpansEveryPercentileIsZero() {
    assertThat(new LatencyHistogram().percentile(0.99)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void aShareOutsideItsRangeIsRefused(double share) {
    LatencyHistogram histogram = new LatencyHistogram();

    assertThatThrownBy(() -> histogram.percentile(share))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRounded(long nanos) {
    long shown = of(LongStream.of(nanos)).percentile(1).toNanos();

    assertThat(shown - nanos).isBetween(0L, nanos / 64);
  }

  private static LatencyHistogram of(LongStream spans) {
    LatencyHistogram histogram = new LatencyHistogram();
    spans.forEach(histogram::record);
    return histogram;
  }
}
