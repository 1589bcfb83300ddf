package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.TreeSet;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Draws;

/// The part of all account ids that some accounts draw theirs from. Accounts that are taken over in the
/// order of their keys stand in that order in every index, so that each row goes beside the one before;
/// and all of them together are spread as if each had drawn for itself.
///
/// @param before accounts that come before them
/// @param some how many they are
/// @param all how many there are, more or less
public record AccountShare(long before, int some, long all) {
  /// Room for a few more than all.
  private static final long SPARE = 1_000;

  List<AccountId> draw(Draws draws) {
    long shares = all + all / 8 + Math.max(SPARE, some);
    long width = Long.MAX_VALUE / shares;
    long from = width * Math.min(before, shares - some);
    TreeSet<Long> drawn = new TreeSet<>();
    while (drawn.size() < some) {
      drawn.add(1 + from + draws.account().value() % (width * some));
    }
    return drawn.stream().map(AccountId::new).toList();
  }
}
