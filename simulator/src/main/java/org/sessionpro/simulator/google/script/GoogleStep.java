package org.sessionpro.simulator.google.script;

import java.time.Duration;
import java.time.Period;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.catalogue.OfferId;
import org.sessionpro.simulator.google.catalogue.ProductId;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.ReplacementMode;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.Handling;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.StoreStep;

/// What can happen on Google Play; [GoogleVocabulary] has the words. Purchases go by their names in the
/// script.
public sealed interface GoogleStep extends StoreStep {
  @Override
  default PaymentProvider store() {
    return PaymentProvider.GOOGLE_PLAY;
  }

  /// Somebody buys, or confirms what was bought.
  sealed interface Buying extends GoogleStep {}

  /// A subscription changes without money going back.
  sealed interface Changing extends GoogleStep {}

  /// Money goes back.
  sealed interface TakingBack extends GoogleStep {}

  /// What Play says, and what becomes of that.
  sealed interface Telling extends GoogleStep {}

  /// Somebody subscribes.
  ///
  /// @param offer null for the plan at its own price
  /// @param pending whether the payment takes its time
  /// @param test whether a licence tester buys
  record Buy(
      String name,
      String buyer,
      BasePlanId plan,
      @Nullable OfferId offer,
      boolean pending,
      boolean test)
      implements Buying {}

  /// Very many people subscribe, each with an account of their own that nobody will ask about. Their
  /// purchases are called `name-1`, `name-2` and so on.
  record BuyMany(String name, int size, BasePlanId plan) implements Buying {}

  /// Somebody buys things once.
  record BuyOnce(
      String name, String buyer, ProductId product, int quantity, boolean pending, boolean test)
      implements Buying {}

  /// The payment of a pending purchase comes.
  record Complete(String name) implements Buying {}

  /// The payment of a pending purchase does not come.
  record Abandon(String name) implements Buying {}

  /// The buyer's card is declined from now on, or accepted again.
  record SetCard(String name, boolean declines) implements Changing {}

  record Cancel(String name, boolean byDeveloper) implements Changing {}

  /// The buyer takes a cancellation back.
  record Restart(String name) implements Changing {}

  /// The buyer schedules a pause for the end of the cycle.
  ///
  /// @param length null takes the schedule back
  record Pause(String name, @Nullable Period length) implements Changing {}

  /// The buyer ends a pause.
  record Resume(String name) implements Changing {}

  /// The buyer changes to another plan.
  ///
  /// @param successor name of the new purchase
  /// @param pending whether its payment takes its time
  record Change(
      String name, String successor, BasePlanId plan, ReplacementMode mode, boolean pending)
      implements Buying {}

  /// The buyer adds a period to a prepaid plan.
  ///
  /// @param successor name of the new purchase
  record TopUp(String name, String successor) implements Buying {}

  /// The buyer of what is over buys it again in Play's subscriptions centre.
  ///
  /// @param successor name of the new purchase
  record BuyAgain(String name, String successor, Told told) implements Buying {}

  /// What Play tells about the expired subscription.
  enum Told {
    IDS,
    TOKEN,
    BOTH,
    NOTHING
  }

  /// The developer postpones the next charge.
  record Defer(String name, Duration by) implements Changing {}

  /// Play charges renewals ahead of the end of each cycle.
  record ChargeAhead(String name, Duration lead) implements Changing {}

  /// The developer takes the latest cycle back.
  record Revoke(String name) implements TakingBack {}

  /// The buyer's bank takes the money back.
  record ChargeBack(String name) implements TakingBack {}

  /// The developer refunds one order.
  ///
  /// @param revoke whether access ends too
  record Refund(CycleRef cycle, boolean revoke) implements TakingBack {}

  /// The developer takes back what was bought once.
  ///
  /// @param quantity how many of the things; null for all
  record TakeBack(String name, @Nullable Integer quantity) implements TakingBack {}

  /// The app confirms the purchase, as its billing library can.
  record AppAcknowledges(String name) implements Buying {}

  /// Play tells something about a subscription that is of no consequence.
  record Tell(String name, Trifle trifle) implements Changing {}

  /// What is of no consequence to entitlement.
  enum Trifle {
    PRICE_CHANGE,
    STEP_UP,
    ADD_ON,
    GOOGLE_PROFILE
  }

  /// Play announces that a buyer wants a refund.
  record ReviewRefund(CycleRef cycle) implements Telling {}

  /// Play says something without cause.
  record Notify(String name, SubscriptionEvent event) implements Telling {}

  /// Somebody tests the pipeline.
  record NotifyTest() implements Telling {}

  /// Notifications are handled in some way from now on.
  ///
  /// @param words the news they bring; empty is any
  /// @param about name of a purchase; null is any
  record Deliver(Set<String> words, @Nullable String about, int times, Handling handling)
      implements Telling {
    public Deliver {
      words = Set.copyOf(words);
    }
  }

  /// Notifications arrive as they should from now on.
  record DeliverNormally() implements Telling {}

  /// Begins another sequence of chance in the delivery.
  record Seed(long seed) implements Telling {}

  /// Held notifications arrive.
  record Release(Delivery.Order order) implements Telling {}

  /// All access tokens end.
  record EndTokens() implements Telling {}
}
