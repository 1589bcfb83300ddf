package org.sessionpro.simulator.google.pubsub;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.catalogue.PackageName;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.notice.Notice.OfProduct;
import org.sessionpro.simulator.google.notice.Notice.OfRefundReview;
import org.sessionpro.simulator.google.notice.Notice.OfSubscription;
import org.sessionpro.simulator.google.notice.Notice.OfTest;
import org.sessionpro.simulator.google.notice.Notice.OfVoid;

/// The JSON of a `DeveloperNotification` (`google-play.md` §2.1), spoiled where asked for.
final class Envelope {
  private static final String VERSION = "1.0";
  private static final int UNKNOWN_NUMBER = 9999;

  private final PackageName packageName;
  private final Set<Spoilage> spoilage;

  Envelope(PackageName packageName, Set<Spoilage> spoilage) {
    this.packageName = packageName;
    this.spoilage = spoilage;
  }

  /// What stands in the message as `data`.
  String data(Instant eventTime, Notice notice) {
    byte[] json = JsonWriter.object(root -> write(root, eventTime, notice));
    byte[] sent = has(Spoilage.TRUNCATED) ? Arrays.copyOf(json, json.length / 2) : json;
    return has(Spoilage.CORRUPT_BASE64)
        ? "*" + new String(sent, StandardCharsets.UTF_8)
        : Base64.getEncoder().encodeToString(sent);
  }

  private boolean has(Spoilage kind) {
    return spoilage.contains(kind);
  }

  private void write(JsonWriter root, Instant eventTime, Notice notice) {
    String name = packageName.value();
    root.text("version", VERSION);
    root.text("packageName", has(Spoilage.FOREIGN_PACKAGE) ? name + ".foreign" : name);
    if (has(Spoilage.NUMERIC_TIME)) {
      root.integer("eventTimeMillis", eventTime.toEpochMilli());
    } else {
      root.text("eventTimeMillis", Long.toString(eventTime.toEpochMilli()));
    }
    if (!has(Spoilage.NO_BLOCK)) {
      root.object(blockName(notice), block -> writeBlock(block, notice));
    }
    if (has(Spoilage.TWO_BLOCKS)) {
      root.object("testNotification", block -> block.text("version", VERSION));
    }
  }

  private String blockName(Notice notice) {
    boolean numbered = notice instanceof OfSubscription || notice instanceof OfProduct;
    if (has(Spoilage.UNKNOWN_BLOCK) || (has(Spoilage.UNKNOWN_TYPE) && !numbered)) {
      return "futureNotification";
    }
    return switch (notice) {
      case OfSubscription _ -> "subscriptionNotification";
      case OfProduct _ -> "oneTimeProductNotification";
      case OfVoid _ -> "voidedPurchaseNotification";
      case OfRefundReview _ -> "pendingRefundReviewNotification";
      case OfTest _ -> "testNotification";
    };
  }

  private void writeBlock(JsonWriter block, Notice notice) {
    switch (notice) {
      case OfSubscription of -> {
        block.text("version", VERSION);
        block.integer("notificationType", number(of.event().number()));
        block.text("purchaseToken", of.token().value());
        if (!has(Spoilage.NO_PRODUCT)) {
          block.text("subscriptionId", of.product().value());
        }
      }
      case OfProduct of -> {
        block.text("version", VERSION);
        block.integer("notificationType", number(of.event().number()));
        block.text("purchaseToken", of.token().value());
        block.text("sku", of.product().value());
      }
      case OfVoid of -> {
        block.text("purchaseToken", of.token().value());
        block.text("orderId", of.order().value());
        block.integer("productType", of.subscription() ? 1 : 2);
        block.integer("refundType", of.full() ? 1 : 2);
      }
      case OfRefundReview of -> {
        block.text("version", VERSION);
        block.text("pendingRefundToken", "review." + of.order().value());
        block.text("orderId", of.order().value());
        block.integer("refundReason", of.reason());
      }
      case OfTest _ -> block.text("version", VERSION);
    }
  }

  private int number(int number) {
    return has(Spoilage.UNKNOWN_TYPE) ? UNKNOWN_NUMBER : number;
  }
}
