package org.sessionpro.backend.store.apple.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.apple.AppStoreApi.Standing;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.RenewalInfo;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.backend.store.apple.TransactionInfo;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// What was read of a customer's records, sorted by subscription.
final class Collected {
  private final TransactionId subject;
  private final SignedData signed;
  private final List<SignedText> texts = new ArrayList<>();
  private final Map<SubscriptionKey, Shown> shown = new LinkedHashMap<>();
  private SubscriptionKey own;
  private boolean believed = true;

  /// What was read of one subscription.
  private static final class Shown {
    private final List<TransactionInfo> history = new ArrayList<>();
    private @Nullable TransactionInfo present;
    private @Nullable RenewalInfo renewal;
    private @Nullable Integer status;
  }

  /// @param subject any transaction of the subscription that is asked about
  Collected(TransactionId subject, SignedData signed) {
    this.subject = subject;
    this.signed = signed;
    this.own = new SubscriptionKey(PaymentProvider.APP_STORE, subject.value());
  }

  /// Takes how a subscription stands, unless it is not what Apple signed.
  void take(Standing standing) {
    if (!(signed.transaction(standing.transaction())
            instanceof Genuine<TransactionInfo>(TransactionInfo transaction))
        || !(signed.renewal(standing.renewal())
            instanceof Genuine<RenewalInfo>(RenewalInfo renewal))
        || !renewal.original().equals(transaction.names().original())) {
      believed = false;
      return;
    }
    texts.add(standing.transaction());
    texts.add(standing.renewal());
    Shown one = of(transaction);
    one.present = transaction;
    one.renewal = renewal;
    one.status = standing.status();
  }

  /// Takes a transaction of the history, unless it is not what Apple signed.
  void take(SignedText text) {
    if (signed.transaction(text) instanceof Genuine<TransactionInfo>(TransactionInfo it)) {
      texts.add(text);
      of(it).history.add(it);
    } else {
      believed = false;
    }
  }

  /// Whether all that was shown was taken.
  boolean isBelieved() {
    return believed;
  }

  /// Everything signed that it has taken.
  List<SignedText> texts() {
    return List.copyOf(texts);
  }

  private Shown of(TransactionInfo transaction) {
    SubscriptionKey key = transaction.subscription();
    if (transaction.names().transaction().equals(subject)) {
      own = key;
    }
    return shown.computeIfAbsent(key, _ -> new Shown());
  }

  /// What there is of each subscription, that of the subject first; of which alone all is known.
  ///
  /// @param reading of the history of the subject
  List<Snapshot> snapshots(Snapshot.Reading reading) {
    List<Snapshot> all = new ArrayList<>();
    all.add(snapshot(own, shown.getOrDefault(own, new Shown()), reading));
    shown.forEach((key, one) -> {
      if (!key.equals(own)) {
        all.add(snapshot(key, one, Snapshot.Reading.PARTIAL));
      }
    });
    return all;
  }

  private static Snapshot snapshot(SubscriptionKey key, Shown one, Snapshot.Reading reading) {
    return new Snapshot(key, one.present, one.history, one.renewal, one.status, reading, null);
  }
}
