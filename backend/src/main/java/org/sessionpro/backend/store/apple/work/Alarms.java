package org.sessionpro.backend.store.apple.work;

import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.Convergence.Alarm;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Masked;
import org.sessionpro.backend.telemetry.OncePerDay;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.backend.telemetry.Tally;
import org.sessionpro.protocol.TransactionId;
import org.slf4j.Logger;

/// Tells those who run the service what they should look at; once a day at most of what
/// is so at every look, by product or subscription.
final class Alarms {
  private static final Logger LOG = LoggerName.APP_STORE.logger();

  private final Rooms rooms;
  private final OncePerDay told = new OncePerDay();
  private final Tally<Matter> found = Tally.of(Matter.class);

  Alarms(Rooms rooms) {
    this.rooms = rooms;
  }

  /// How often there was something to tell, told or not.
  Tally<Matter> found() {
    return found;
  }

  void tell(Alarm alarm, SubscriptionKey subscription) {
    found.count(alarm.matter());
    ProductId product = alarm.product();
    if (product == null) {
      if (!isLasting(alarm.matter()) || isFirst(alarm.matter() + " of " + subscription.value())) {
        tell(alarm, rooms.mask().of(new TransactionId(subscription.value())));
      }
    } else if (isFirst(alarm.matter() + " " + product.value())) {
      tell(alarm, product);
    }
  }

  private boolean isFirst(String what) {
    return told.isFirst(what, rooms.clock().instant());
  }

  /// Whether it is found again at every look, and not only when something changes.
  private static boolean isLasting(Matter matter) {
    return switch (matter) {
      case ABSENT_FROM_HISTORY, UNMAPPED_PRODUCT -> true;
      case FAMILY_SHARED, UNATTRIBUTED, FOREIGN_TOKEN, UNKNOWN_REVERSAL -> false;
    };
  }

  private static void tell(Alarm alarm, ProductId product) {
    switch (alarm.matter()) {
      case UNMAPPED_PRODUCT ->
          LOG.error(
              "{} is sold and is neither in products nor in one_time_products: map it",
              product.value());
      case FAMILY_SHARED, UNATTRIBUTED, FOREIGN_TOKEN, UNKNOWN_REVERSAL, ABSENT_FROM_HISTORY ->
          throw new IllegalArgumentException("that is about no product");
    }
  }

  private static void tell(Alarm alarm, Masked subscription) {
    switch (alarm.matter()) {
      case FAMILY_SHARED ->
          LOG.error(
              Severity.CRITICAL,
              "{} is shared with a family, or was: that is not supported, and nobody gets it",
              subscription);
      case UNATTRIBUTED -> LOG.warn("{} was bought, and Apple does not say by whom", subscription);
      case FOREIGN_TOKEN ->
          LOG.warn("{} is owned by another key than Apple names for a purchase", subscription);
      case UNKNOWN_REVERSAL ->
          LOG.error(
              Severity.CRITICAL,
              "a refund of {} was reversed, and nobody here had heard of the purchase: it counts now;"
                  + " see whether its owner has it",
              subscription);
      case ABSENT_FROM_HISTORY ->
          LOG.error("a cycle of {} is not in Apple's history; it stays", subscription);
      case UNMAPPED_PRODUCT -> throw new IllegalArgumentException("that is about a product");
    }
  }
}
