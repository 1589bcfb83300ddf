package org.sessionpro.backend.ledger;

/// Whoever wants to know what a check finds while it runs.
public interface AuditObserver {
  /// Something is wrong.
  void found(Finding finding);

  /// So much has been looked at.
  void progress(AuditCount count);
}
