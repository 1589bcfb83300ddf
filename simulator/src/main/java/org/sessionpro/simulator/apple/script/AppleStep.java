package org.sessionpro.simulator.apple.script;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.apple.api.HistoryForm;
import org.sessionpro.simulator.apple.delivery.Delivery;
import org.sessionpro.simulator.apple.delivery.Handling;
import org.sessionpro.simulator.apple.document.UpgradeForm;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.StoreStep;

/// What can happen in the App Store; [AppleVocabulary] has the words. Purchases go by their names in the
/// script.
public sealed interface AppleStep extends StoreStep {
  @Override
  default PaymentProvider store() {
    return PaymentProvider.APP_STORE;
  }

  /// Somebody buys.
  sealed interface Buying extends AppleStep {}

  /// A subscription changes without money going back.
  sealed interface Changing extends AppleStep {}

  /// Money goes back.
  sealed interface TakingBack extends AppleStep {}

  /// What the store says, and what becomes of that.
  sealed interface Telling extends AppleStep {}

  /// What is bought, and in whose name.
  ///
  /// @param product its short name or id
  /// @param token name of the buyer whose token the app tells, or `none`; null is the usual one
  /// @param offer id of a reduced price; null is the usual price
  record Wanted(String product, @Nullable String token, @Nullable String offer, boolean monthly) {
    static final String NO_TOKEN = "none";
  }

  /// Somebody subscribes for the first time.
  ///
  /// @param customer name of the account at the store; null is the buyer's own
  /// @param grace how long access goes on when a charge is declined
  record Buy(String name, String buyer, Wanted wanted, @Nullable String customer, Duration grace)
      implements Buying {}

  /// Somebody buys what does not renew.
  ///
  /// @param length how long it is stated to last; null if nothing is stated
  record BuyOnce(String name, String buyer, Wanted wanted, @Nullable Duration length)
      implements Buying {}

  /// Somebody subscribes again after it was over.
  record Resubscribe(String name, Wanted wanted) implements Buying {}

  /// The customer changes to another product.
  ///
  /// @param redeems whether by redeeming an offer
  record Change(String name, Wanted wanted, boolean redeems) implements Buying {}

  /// The customer takes back a change that has not come about yet.
  ///
  /// @param afresh whether a new cycle is paid by that
  record Revert(String name, boolean afresh) implements Buying {}

  /// A member of the family gets a share.
  record Share(String name, String share, String member) implements Buying {}

  /// The customer restores a payment on another device.
  record Restore(CycleRef cycle) implements Buying {}

  /// The next charges are declined, or accepted again.
  record SetCard(String name, boolean declines) implements Changing {}

  record Cancel(String name) implements Changing {}

  record Restart(String name) implements Changing {}

  record SetGrace(String name, Duration length) implements Changing {}

  record ChargeAhead(String name, Duration lead) implements Changing {}

  record RaisePrice(String name) implements Changing {}

  record AcceptPrice(String name) implements Changing {}

  record Extend(String name, Duration by) implements Changing {}

  record ExtendAll(Duration by) implements Changing {}

  /// A product ranks differently from now on.
  record Rank(String product, int level) implements Changing {}

  /// The developer attaches an account.
  record Attach(String name, String buyer) implements Changing {}

  record Refund(CycleRef cycle, int percent, int reason) implements TakingBack {}

  record DenyRefund(CycleRef cycle) implements TakingBack {}

  record ReverseRefund(CycleRef cycle) implements TakingBack {}

  record AskConsumption(CycleRef cycle, String reason) implements TakingBack {}

  /// The member of the family loses the share.
  record Unshare(String name) implements TakingBack {}

  /// Something is said about a purchase that has not changed.
  record Notify(String name, News news) implements Telling {}

  /// Something is said that is about no purchase.
  record Announce(News news) implements Telling {}

  /// What was told last about a purchase in these words is told again under another id.
  record Reissue(String name, News news) implements Telling {}

  /// What becomes of notifications from now on.
  ///
  /// @param news empty is any
  /// @param about name of a purchase; null is any
  record Deliver(Set<String> news, @Nullable String about, Occasions occasions, Handling handling)
      implements Telling {
    public Deliver {
      news = Set.copyOf(news);
    }
  }

  record DeliverNormally() implements Telling {}

  record Release(Delivery.Order order) implements Telling {}

  record Seed(int seed) implements Telling {}

  /// Another leaf signs from now on.
  record RotateLeaf() implements Telling {}

  /// The responder says that the leaf is revoked, or that nothing is.
  record RevokeLeaf(boolean revoked) implements Telling {}

  /// The history of notifications is behind.
  record HistoryLag(Duration lag) implements Telling {}

  /// The history of notifications returns them in this form.
  record SetHistoryForm(HistoryForm form) implements Telling {}

  /// Upgraded cycles are shown in this form.
  record SetUpgradeForm(UpgradeForm form) implements Telling {}
}
