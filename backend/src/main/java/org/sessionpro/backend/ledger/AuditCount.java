package org.sessionpro.backend.ledger;

/// How much a check has looked at.
///
/// @param unclaimed payments without owner
public record AuditCount(long accounts, long payments, long unclaimed, long facts) {
  static final AuditCount NOTHING = new AuditCount(0, 0, 0, 0);

  AuditCount plus(AuditCount more) {
    return new AuditCount(
        accounts + more.accounts,
        payments + more.payments,
        unclaimed + more.unclaimed,
        facts + more.facts);
  }
}
