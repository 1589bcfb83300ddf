package org.sessionpro.backend.scenario;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.sessionpro.backend.store.apple.Notification;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.RenewalInfo;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.TransactionInfo;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.life.CycleTruth;

/// Reads what Apple signed, and remembers what a server has heard of that Apple states while it lasts and
/// never again: graces, and that a cycle stands.
final class Heard implements SignedData, AppleTruthCheck.Hearing {
  private final SignedData signed;
  private final Set<Grace> graces = new HashSet<>();

  private final Set<Standing> standing = new HashSet<>();

  private record Grace(TransactionId original, Instant until) {}

  /// That a cycle was not taken back when that was signed.
  private record Standing(TransactionInfo.Names names, Instant at) {}

  Heard(SignedData signed) {
    this.signed = signed;
  }

  @Override
  public boolean ofGrace(TransactionId original, Instant until) {
    return graces.contains(new Grace(original, until));
  }

  @Override
  public boolean ofReversal(CycleTruth cycle, Instant first, Instant second) {
    return standing.stream()
        .filter(one -> one.at().isAfter(first) && one.at().isBefore(second))
        .anyMatch(one -> isOf(one.names(), cycle));
  }

  private static boolean isOf(TransactionInfo.Names names, CycleTruth cycle) {
    TransactionId lineItem = cycle.lineItem();
    return lineItem == null
        ? names.transaction().equals(cycle.transaction())
        : names.lineItem() != null && names.lineItem().value().equals(lineItem.value());
  }

  @Override
  public Verified<Notification> notification(SignedText text) {
    return signed.notification(text);
  }

  @Override
  public Verified<TransactionInfo> transaction(SignedText text) {
    Verified<TransactionInfo> verified = signed.transaction(text);
    if (verified instanceof Verified.Genuine<TransactionInfo>(TransactionInfo transaction)
        && transaction.revocation() == null) {
      standing.add(new Standing(transaction.names(), transaction.signedAt()));
    }
    return verified;
  }

  @Override
  public Verified<RenewalInfo> renewal(SignedText text) {
    Verified<RenewalInfo> verified = signed.renewal(text);
    if (verified instanceof Verified.Genuine<RenewalInfo>(RenewalInfo renewal)
        && renewal.graceUntil() != null) {
      graces.add(new Grace(renewal.original(), renewal.graceUntil()));
    }
    return verified;
  }

  @Override
  public Chain chain(SignedText text) {
    return signed.chain(text);
  }
}
