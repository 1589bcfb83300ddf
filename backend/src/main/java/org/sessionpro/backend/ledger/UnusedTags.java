package org.sessionpro.backend.ledger;

import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.protocol.RevocationTag;

/// Draws whose tags no generation has yet (`entitlement.md` §7.1).
record UnusedTags(Draws source, AccountTable accounts, Handle handle) implements Draws {
  private static final int ATTEMPTS = 3;

  @Override
  public RevocationTag tag() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      RevocationTag tag = source.tag();
      if (!accounts.isTagTaken(handle, tag)) {
        return tag;
      }
    }
    throw new IllegalStateException("the random source repeats itself");
  }

  @Override
  public ProofOffset offset() {
    return source.offset();
  }

  @Override
  public AccountId account() {
    return source.account();
  }
}
