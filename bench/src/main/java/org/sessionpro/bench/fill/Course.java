package org.sessionpro.bench.fill;

import java.util.Random;

/// How an account came to stand as it does.
enum Course {
  /// A subscription that renews itself.
  RENEWING(52, true),
  /// A subscription that was cancelled and still runs.
  CANCELLED(10, true),
  /// A subscription whose last renewal was not paid yet.
  IN_GRACE(2, true),
  /// A subscription that has ended.
  EXPIRED(20, false),
  /// A subscription whose last cycle was refunded, so that its generation is revoked; more than a
  /// month ago, so that no list holds it any more.
  REFUNDED(3, false),
  /// A voucher that is being consumed.
  CREDIT(6, true),
  /// A voucher that is spent.
  SPENT_CREDIT(3, false),
  /// A subscription that renews itself, and a voucher that waits meanwhile.
  RENEWING_WITH_CREDIT(4, true);

  private final int percent;
  private final boolean provable;

  Course(int percent, boolean provable) {
    this.percent = percent;
    this.provable = provable;
  }

  static Course draw(Random random) {
    int left = random.nextInt(100);
    for (Course course : values()) {
      left -= course.percent;
      if (left < 0) {
        return course;
      }
    }
    throw new IllegalStateException("the shares are less than a whole");
  }

  /// Whether such an account gets proofs for a week after it was made.
  boolean isProvable() {
    return provable;
  }
}
