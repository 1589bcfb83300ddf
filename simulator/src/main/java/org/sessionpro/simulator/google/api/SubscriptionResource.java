package org.sessionpro.simulator.google.api;

import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.play.Cancellation;
import org.sessionpro.simulator.google.play.Cancellation.ByDeveloper;
import org.sessionpro.simulator.google.play.Cancellation.ByReplacement;
import org.sessionpro.simulator.google.play.Cancellation.BySystem;
import org.sessionpro.simulator.google.play.Cancellation.ByUser;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.Origin;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.Phase;
import org.sessionpro.simulator.google.play.Phase.Abandoned;
import org.sessionpro.simulator.google.play.Phase.Active;
import org.sessionpro.simulator.google.play.Phase.Canceled;
import org.sessionpro.simulator.google.play.Phase.Expired;
import org.sessionpro.simulator.google.play.Phase.InGrace;
import org.sessionpro.simulator.google.play.Phase.OnHold;
import org.sessionpro.simulator.google.play.Phase.Paused;
import org.sessionpro.simulator.google.play.Phase.Pending;
import org.sessionpro.simulator.google.play.Phase.SilentGrace;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.Subscription;

/// The body of `purchases.subscriptionsv2.get` (`google-play.md` §4).
final class SubscriptionResource {
  static final String KIND = "androidpublisher#subscriptionPurchaseV2";

  private static final String REGION = "NZ";

  private final Fields fields;
  private final LineItems lineItems;
  private final LineItems digestedItems;

  SubscriptionResource(Catalogue catalogue, Fields fields) {
    this.fields = fields;
    this.lineItems = new LineItems(catalogue, fields);
    this.digestedItems = new LineItems(catalogue, fields.knownOnly());
  }

  byte[] json(Subscription subscription, Instant now) {
    return JsonWriter.object(root -> {
      root.text("kind", KIND);
      root.text("etag", etag(subscription, now));
      write(root, subscription, now, lineItems);
      fields.unknown(root);
    });
  }

  /// A digest of what is shown but for unknown fields: it changes whenever that does.
  String etag(Subscription subscription, Instant now) {
    CRC32 digest = new CRC32();
    digest.update(JsonWriter.object(root -> write(root, subscription, now, digestedItems)));
    return "\"" + Long.toHexString(digest.getValue()) + "\"";
  }

  private void write(JsonWriter root, Subscription subscription, Instant now, LineItems items) {
    Origin origin = subscription.origin();
    root.text("regionCode", REGION);
    if (origin.startedAt() != null) {
      Fields.instant(root, "startTime", origin.startedAt());
    }
    root.text("subscriptionState", "SUBSCRIPTION_STATE_" + state(subscription.phase()));
    writeContext(root, subscription.phase());
    if (origin.linked() != null) {
      root.text("linkedPurchaseToken", origin.linked().value());
    }
    if (fields.has(Quirk.LATEST_ORDER_ID)) {
      writeLatestOrder(root, subscription);
    }
    if (origin.test()) {
      root.object("testPurchase", _ -> {});
    }
    root.text(
        "acknowledgementState",
        "ACKNOWLEDGEMENT_STATE_"
            + (subscription.acknowledgement().isGiven() ? "ACKNOWLEDGED" : "PENDING"));
    if (origin.ids() != null) {
      writeIds(root, "externalAccountIdentifiers", origin.ids(), false);
    }
    if (origin.outOfApp() != null && !subscription.acknowledgement().isGiven()) {
      writeOutOfApp(root, origin.outOfApp());
    }
    if (subscription.extras().withGoogleProfile()) {
      writeProfile(root);
    }
    items.write(root, subscription, statedExpiry(subscription), now);
  }

  private @Nullable Instant statedExpiry(Subscription subscription) {
    return subscription.phase() instanceof Paused paused
            && fields.has(Quirk.PAUSE_STATES_RESUMPTION)
        ? paused.resumesAt()
        : subscription.statedExpiry();
  }

  private static String state(Phase phase) {
    return switch (phase) {
      case Pending _ -> "PENDING";
      case Abandoned _ -> "PENDING_PURCHASE_CANCELED";
      case Active _, SilentGrace _ -> "ACTIVE";
      case InGrace _ -> "IN_GRACE_PERIOD";
      case OnHold _ -> "ON_HOLD";
      case Paused _ -> "PAUSED";
      case Canceled _ -> "CANCELED";
      case Expired _ -> "EXPIRED";
    };
  }

  private static void writeContext(JsonWriter root, Phase phase) {
    switch (phase) {
      case Pending _, Abandoned _, Active _, SilentGrace _ -> {}
      case InGrace grace -> writeDeclined(root, "inGracePeriodStateContext", grace.declined());
      case OnHold hold -> writeDeclined(root, "onHoldStateContext", hold.declined());
      case Paused paused ->
          root.object(
              "pausedStateContext",
              context -> Fields.instant(context, "autoResumeTime", paused.resumesAt()));
      case Canceled canceled -> writeCancellation(root, canceled.why());
      case Expired expired -> {
        if (expired.why() != null) {
          writeCancellation(root, expired.why());
        }
      }
    }
  }

  private static void writeDeclined(JsonWriter root, String name, OrderId order) {
    root.object(
        name,
        context ->
            context.object(
                "renewalDeclined", declined -> declined.text("pendingOrderId", order.value())));
  }

  private static void writeCancellation(JsonWriter root, Cancellation why) {
    root.object(
        "canceledStateContext",
        context -> {
          switch (why) {
            case ByUser user ->
                context.object("userInitiatedCancellation", by -> writeSurvey(by, user.at()));
            case BySystem _ -> context.object("systemInitiatedCancellation", _ -> {});
            case ByDeveloper _ -> context.object("developerInitiatedCancellation", _ -> {});
            case ByReplacement _ -> context.object("replacementCancellation", _ -> {});
          }
        });
  }

  /// What the buyer typed is theirs alone: a server must not keep it.
  private static void writeSurvey(JsonWriter by, Instant at) {
    Fields.instant(by, "cancelTime", at);
    by.object(
        "cancelSurveyResult",
        survey ->
            survey
                .text("reason", "CANCEL_SURVEY_REASON_OTHERS")
                .text("reasonUserInput", "free text of a simulated buyer"));
  }

  /// Of a declined renewal this names the order that was declined.
  private static void writeLatestOrder(JsonWriter root, Subscription subscription) {
    OrderId latest =
        switch (subscription.phase()) {
          case InGrace grace -> grace.declined();
          case OnHold hold -> hold.declined();
          case Pending _, Abandoned _ -> new OrderId("");
          case Active _, SilentGrace _, Paused _, Canceled _, Expired _ ->
              subscription.newest().orElseThrow().order();
        };
    if (!latest.value().isEmpty()) {
      root.text("latestOrderId", latest.value());
    }
  }

  private static void writeIds(
      JsonWriter object, String name, ExternalIds ids, boolean formerName) {
    object.object(
        name,
        member -> {
          member.text(
              formerName ? "obfuscatedAccountId" : "obfuscatedExternalAccountId", ids.accountId());
          if (ids.profileId() != null) {
            member.text("obfuscatedExternalProfileId", ids.profileId());
          }
        });
  }

  private void writeOutOfApp(JsonWriter root, OutOfApp told) {
    root.object(
        "outOfAppPurchaseContext",
        context -> {
          if (told.expiredIds() != null) {
            writeIds(
                context,
                "expiredExternalAccountIdentifiers",
                told.expiredIds(),
                fields.has(Quirk.FORMER_ID_NAME));
          }
          if (told.expiredToken() != null) {
            context.text("expiredPurchaseToken", told.expiredToken().value());
          }
        });
  }

  private static void writeProfile(JsonWriter root) {
    root.object(
        "subscribeWithGoogleInfo",
        profile ->
            profile
                .text("profileId", "100000000000000000002")
                .text("profileName", "Simulated Person")
                .text("emailAddress", "simulated.person@example.org")
                .text("givenName", "Simulated")
                .text("familyName", "Person"));
  }
}
