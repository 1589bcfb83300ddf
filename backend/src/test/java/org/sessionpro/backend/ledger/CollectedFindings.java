package org.sessionpro.backend.ledger;

import java.util.ArrayList;
import java.util.List;

/// Keeps what a check finds.
final class CollectedFindings implements AuditObserver {
  private final List<Finding> findings = new ArrayList<>();
  private final List<AuditCount> progress = new ArrayList<>();

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void progress(AuditCount count) {
    progress.add(count);
  }

  List<Finding> findings() {
    return findings;
  }

  List<AuditCount> progress() {
    return progress;
  }
}
