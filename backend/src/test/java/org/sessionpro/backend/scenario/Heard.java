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

/// Reads what Apple signed, and remembers which graces a server has heard of: Apple states one while it
/// lasts and never again.
final class Heard implements SignedData, AppleTruthCheck.Graces {
  private final SignedData signed;
  private final Set<Grace> graces = new HashSet<>();

  private record Grace(TransactionId original, Instant until) {}

  Heard(SignedData signed) {
    this.signed = signed;
  }

  @Override
  public boolean wereHeard(TransactionId original, Instant until) {
    return graces.contains(new Grace(original, until));
  }

  @Override
  public Verified<Notification> notification(SignedText text) {
    return signed.notification(text);
  }

  @Override
  public Verified<TransactionInfo> transaction(SignedText text) {
    return signed.transaction(text);
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
