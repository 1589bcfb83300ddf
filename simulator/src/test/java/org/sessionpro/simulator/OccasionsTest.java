package org.sessionpro.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.Occasions.Chance;

/// Which occasions a rule strikes (`app-store.md` §9.3).
class OccasionsTest {
  /// Each of so many as `x` if it is struck, `.` if it is spared, `-` once nothing is left of the rule.
  private static String struck(Occasions rule, int occasions) {
    StringBuilder all = new StringBuilder();
    @Nullable Occasions left = rule;
    for (int i = 0; i < occasions; i++) {
      if (left == null) {
        all.append('-');
      } else {
        all.append(left.strikes() ? 'x' : '.');
        left = left.rest();
      }
    }
    return all.toString();
  }

  private static long strikes(Occasions rule, int occasions) {
    return struck(rule, occasions).chars().filter(it -> it == 'x').count();
  }

  @Test
  void theNextOnesAreStruck() {
    assertThat(struck(Occasions.next(2), 4)).isEqualTo("xx--");
  }

  @Test
  void thoseBeforeTheFirstAreSpared() {
    assertThat(struck(new Occasions(3, 2, null), 6)).isEqualTo("..xx--");
  }

  @Test
  void aRuleWithoutNumberGoesOn() {
    assertThat(struck(new Occasions(2, Occasions.UNTIL_CLEARED, null), 5)).isEqualTo(".xxxx");
  }

  @Test
  void chanceStrikesAsOftenAsItIsLikely() {
    Occasions rule = new Occasions(1, Occasions.UNTIL_CLEARED, new Chance(30, 7));

    assertThat(strikes(rule, 10_000)).isBetween(2_800L, 3_200L);
  }

  @Test
  void chanceSparesButDoesNotSpend() {
    assertThat(strikes(new Occasions(1, 5, new Chance(50, 7)), 100)).isEqualTo(5);
  }

  @Test
  void aSeedDecidesAlike() {
    Occasions rule = new Occasions(1, Occasions.UNTIL_CLEARED, new Chance(50, 7));

    assertThat(struck(rule, 50))
        .isEqualTo(struck(rule, 50))
        .isNotEqualTo(struck(new Occasions(1, Occasions.UNTIL_CLEARED, new Chance(50, 8)), 50));
  }

  @Test
  void whatNeverStrikesIsNoRule() {
    assertThatThrownBy(() -> Occasions.next(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Occasions(0, 1, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Chance(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
