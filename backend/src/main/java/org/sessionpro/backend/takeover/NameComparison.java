package org.sessionpro.backend.takeover;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.ledger.LedgerImport;
import org.sessionpro.protocol.TransactionId;

/// Which of the App Store's transactions stand for some payments, beside those that must: a client that
/// names any of them means that payment (`import-python.md` §6, `decisions.md` §2).
///
/// @param shown by the target
record NameComparison(LedgerImport target, Map<PaymentId, Set<TransactionId>> shown) {
  static NameComparison of(LedgerImport target, Collection<DuePayment> due) {
    List<PaymentId> named =
        due.stream().filter(one -> one.named().transaction() != null).map(DuePayment::id).toList();
    return new NameComparison(target, named.isEmpty() ? Map.of() : target.names(named));
  }

  /// Whether exactly those stand for it that must; one that several payments of the source bear stands
  /// for another of them, where it is compared too.
  boolean isRight(DuePayment due) {
    Set<TransactionId> names = shown.getOrDefault(due.id(), Set.of());
    Set<TransactionId> missing = new HashSet<>(due.named().transactions());
    boolean noneTooMany = missing.containsAll(names);
    missing.removeAll(names);
    return noneTooMany && missing.stream().allMatch(target::isTaken);
  }
}
