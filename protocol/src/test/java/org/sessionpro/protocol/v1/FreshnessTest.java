package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.json.DecimalInteger;

class FreshnessTest {
  private static final long TS = 1_700_000_000;

  @ParameterizedTest
  @CsvSource({
    "0, false, false",
    "69999, false, false",
    "70000, false, true",
    "70001, true, true",
    "-69999, false, false",
    "-70000, false, true",
    "-70001, true, true"
  })
  void theEndpointsDifferAtExactly70Seconds(long millis, boolean generate, boolean read) {
    Instant now = Instant.ofEpochSecond(TS).plusMillis(millis);
    assertThat(Freshness.GENERATE.isStale(DecimalInteger.of(TS), now)).isEqualTo(generate);
    assertThat(Freshness.READ.isStale(DecimalInteger.of(TS), now)).isEqualTo(read);
  }

  @Test
  void theClockCountsInWholeMilliseconds() {
    Instant now = Instant.ofEpochSecond(TS).plusMillis(70_000).plusNanos(999_999);
    assertThat(Freshness.GENERATE.isStale(DecimalInteger.of(TS), now)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999999999", "-99999999999999999999999999", "9223372036854775807",
            "-9223372036854775808",
        "9223372036854775808", "18446745773709551616", "0", "-1700000000"
      })
  void anyMagnitudeOutsideTheWindowIsStale(String ts) {
    Instant now = Instant.ofEpochSecond(TS);
    assertThat(Freshness.GENERATE.isStale(new DecimalInteger(ts), now)).isTrue();
    assertThat(Freshness.READ.isStale(new DecimalInteger(ts), now)).isTrue();
  }

  @Property
  void onlyTheDistanceCounts(
      @ForAll @LongRange(min = 0, max = 1L << 40) long ts,
      @ForAll @LongRange(min = -71_000, max = 71_000) long millis) {
    Instant now = Instant.ofEpochSecond(ts).plusMillis(millis);
    assertThat(Freshness.GENERATE.isStale(DecimalInteger.of(ts), now))
        .isEqualTo(Math.abs(millis) > 70_000);
    assertThat(Freshness.READ.isStale(DecimalInteger.of(ts), now))
        .isEqualTo(Math.abs(millis) >= 70_000);
  }

  @ParameterizedTest
  @EnumSource(Freshness.class)
  void timesBeforeTheEpochAreJudgedAlike(Freshness freshness) {
    Instant now = Instant.ofEpochMilli(-1_500);
    assertThat(freshness.isStale(DecimalInteger.of(-1), now)).isFalse();
    assertThat(freshness.isStale(DecimalInteger.of(-72), now)).isTrue();
  }
}
