package org.sessionpro.backend.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Generation;
import org.sessionpro.protocol.MasterKey;

/// What an act makes, or would make, of the accounts that it concerns.
///
/// @param accounts each once
public record Effect(List<Concerned> accounts) {
  public Effect {
    accounts = List.copyOf(accounts);
  }

  /// An account before and after, each as it stands at the instant of the act.
  ///
  /// @param before null if there is none yet
  /// @param after null if there is none
  public record Concerned(MasterKey key, @Nullable State before, @Nullable State after) {
    /// Whether its proofs in circulation are revoked by this.
    public boolean isRevoked() {
      if (before == null || after == null || before.generation().isRevoked()) {
        return false;
      }
      return after.generation().isRevoked()
          || after.generation().ordinal() != before.generation().ordinal();
    }

    /// How many payments it gets; negative if it loses some.
    public long gained() {
      return payments(after) - payments(before);
    }

    private static long payments(@Nullable State state) {
      return state == null ? 0 : state.payments();
    }
  }

  /// How an account stands.
  ///
  /// @param payments how many are bound to it
  public record State(Account account, long payments) {
    Generation generation() {
      return account.generation();
    }
  }

  /// The account of a key.
  ///
  /// @throws java.util.NoSuchElementException if it is not concerned
  public Concerned of(MasterKey key) {
    return accounts.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
  }

  /// How many payments change hands.
  public long moved() {
    return accounts.stream().mapToLong(one -> Math.max(one.gained(), 0)).sum();
  }
}
