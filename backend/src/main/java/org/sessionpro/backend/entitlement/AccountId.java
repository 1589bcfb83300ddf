package org.sessionpro.backend.entitlement;

/// Surrogate of an account inside this server; never leaves it (`entitlement.md` §1.1).
///
/// @param value positive, drawn at random so that no sequence is shared by all accounts
public record AccountId(long value) {
  public AccountId {
    if (value <= 0) {
      throw new IllegalArgumentException("an account id is positive");
    }
  }
}
