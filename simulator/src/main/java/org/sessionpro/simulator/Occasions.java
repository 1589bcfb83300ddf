package org.sessionpro.simulator;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Which of the occasions that fit a rule it strikes (`app-store.md` §9.3): from which one on, how many,
/// and each with what probability.
///
/// @param first the number of the first one that it may strike, from 1
/// @param times how many it strikes; [#UNTIL_CLEARED] is all
/// @param chance null if it strikes each that it may
public record Occasions(int first, int times, @Nullable Chance chance) {
  public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

  /// A probability.
  ///
  /// @param percent from 1 to 100
  /// @param seed of what chance decides, another one each time
  public record Chance(int percent, long seed) {
    public Chance {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException("a chance is from 1 to 100 percent");
      }
    }

    private boolean strikes() {
      return new SplittableRandom(seed).nextInt(100) < percent;
    }

    private Chance after() {
      return new Chance(percent, new SplittableRandom(seed).split().nextLong());
    }
  }

  public Occasions {
    if (first < 1 || times < 1) {
      throw new IllegalArgumentException("a rule applies at least once");
    }
  }

  /// The next `times` of them.
  public static Occasions next(int times) {
    return new Occasions(1, times, null);
  }

  /// Whether it strikes the occasion that has come.
  public boolean strikes() {
    return first == 1 && (chance == null || chance.strikes());
  }

  /// What is left after the occasion that has come; null if nothing is.
  public @Nullable Occasions rest() {
    if (first > 1) {
      return new Occasions(first - 1, times, chance);
    }
    int left = strikes() && times != UNTIL_CLEARED ? times - 1 : times;
    return left == 0 ? null : new Occasions(1, left, chance == null ? null : chance.after());
  }
}
