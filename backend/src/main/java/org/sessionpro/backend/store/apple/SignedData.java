package org.sessionpro.backend.store.apple;

import java.util.List;
import org.sessionpro.backend.store.apple.Notification.SignedText;

/// Reads what Apple signed, and nothing else (`app-store.md` §1.2). All but [#chain(SignedText)] and
/// [#chains(List)] judge offline: chain, signature, application and environment, at the time that the
/// statement itself names.
public interface SignedData {
  Verified<Notification> notification(SignedText signed);

  Verified<TransactionInfo> transaction(SignedText signed);

  Verified<RenewalInfo> renewal(SignedText signed);

  /// Whether the certificates that a statement rests on still stand, asked of whoever issued them where
  /// the settings want that (`decisions-stores.md` §2.3). Takes seconds at most.
  Chain chain(SignedText signed);

  /// Whether the certificates of several statements all stand; how those stand that do not, if some do
  /// not. Takes seconds at most for each chain that differs.
  default Chain chains(List<SignedText> signed) {
    return signed.stream()
        .map(this::chain)
        .filter(one -> one != Chain.GOOD)
        .findFirst()
        .orElse(Chain.GOOD);
  }

  /// What came of reading.
  sealed interface Verified<T> {
    /// Apple says so.
    record Genuine<T>(T value) implements Verified<T> {}

    /// Apple does not say so, or not to us.
    record Rejected<T>(Problem problem) implements Verified<T> {}
  }

  /// Why something signed is not believed.
  enum Problem {
    /// No signature of Apple's over this.
    SIGNATURE,
    /// For another application.
    APPLICATION,
    /// From another environment.
    ENVIRONMENT,
    /// Signed, and lacking what it has to state.
    CONTENT
  }

  /// How certificates stand.
  enum Chain {
    GOOD,
    /// Taken back by whoever issued them.
    REVOKED,
    /// Nobody could be asked.
    UNDETERMINED
  }
}
