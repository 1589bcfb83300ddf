package org.sessionpro.backend.store.google;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.PlayActs.PendingRefund;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What Google Play published: a hint that a purchase is worth a look (`google-play.md` §2.1). Nothing
/// but the two losses that its record cannot state ([#loss()]) follows from it directly.
///
/// @param version `1.0` so far; another one is worth a log line
/// @param eventAt when it happened, on Google's clock
public record DeveloperNotification(String version, Instant eventAt, Block block) {
  private static final String SUBSCRIPTION = "subscriptionNotification";
  private static final String ONE_TIME = "oneTimeProductNotification";
  private static final String VOIDED = "voidedPurchaseNotification";
  private static final String REVIEW = "pendingRefundReviewNotification";
  private static final String TEST = "testNotification";
  private static final Set<String> KNOWN = Set.of(SUBSCRIPTION, ONE_TIME, VOIDED, REVIEW, TEST);

  /// The last millisecond of the year 9999.
  static final long LATEST_MILLIS = 253_402_300_799_999L;

  private static final String KNOWN_VERSION = "1.0";
  private static final int REVOKED = 12;
  private static final int PURCHASED_ONCE = 1;
  private static final int GIVEN_UP_ONCE = 2;
  private static final int VOID_OF_SUBSCRIPTION = 1;
  private static final int VOID_OF_ONE_TIME = 2;
  private static final int VOIDED_FULL = 1;
  private static final int VOIDED_PARTIAL = 2;

  /// What a notification is about; exactly one stands in each.
  public sealed interface Block {}

  /// Something happened to a subscription.
  ///
  /// @param type unknown numbers are as good as known ones
  public record OfSubscription(int type, PurchaseToken token) implements Block {
    /// What Google calls it, for the log.
    public String event() {
      return SubscriptionEvent.name(type);
    }
  }

  /// Something was bought once, or a pending purchase of it was given up.
  public record OfOneTimeProduct(int type, PurchaseToken token, @Nullable ProductId product)
      implements Block {}

  /// A purchase was voided.
  ///
  /// @param productType 1 a subscription, 2 bought once
  /// @param refundType 1 full, 2 some of several pieces
  public record OfVoid(PurchaseToken token, OrderId order, int productType, int refundType)
      implements Block {
    boolean isOfSubscription() {
      return productType == VOID_OF_SUBSCRIPTION;
    }

    boolean isOfOneTime() {
      return productType == VOID_OF_ONE_TIME;
    }
  }

  /// Google asks what to do about a refund; the answer is due within 24 hours.
  ///
  /// @param refund what the answer is about; null if that is not said
  public record OfRefundReview(@Nullable OrderId order, int reason, @Nullable PendingRefund refund)
      implements Block {}

  /// The pipeline is connected.
  public record OfTest() implements Block {}

  /// Which work a notification asks for.
  public enum WorkKind {
    RECONCILE,
    ONE_TIME
  }

  /// A purchase that is worth a look.
  public record Look(WorkKind kind, PurchaseToken token) {}

  /// A message that came in.
  public sealed interface Message {}

  /// One that is understood.
  public record Understood(DeveloperNotification notification) implements Message {}

  /// One that is kept as it is for people to look at.
  ///
  /// @param rule what it breaks, without any value of it
  public record Unusable(Reason reason, String rule) implements Message {}

  /// Why a message cannot be used (`decisions-stores.md` §5).
  public enum Reason {
    UNDECODABLE,
    UNKNOWN_BLOCK,
    FOREIGN
  }

  /// Reads the data of a Pub/Sub message.
  ///
  /// @param ours messages about other apps are foreign
  public static Message read(byte[] data, PackageName ours) {
    try {
      Lenient json = Lenient.parse(data);
      Optional<String> packageName = json.text("packageName");
      if (packageName.isEmpty()) {
        return new Unusable(Reason.UNDECODABLE, "packageName must be a string");
      }
      if (!packageName.get().equals(ours.value())) {
        return new Unusable(Reason.FOREIGN, "packageName must be the configured one");
      }
      Instant eventAt = eventAt(json);
      List<String> blocks = json.objectNames();
      if (blocks.size() != 1 || !KNOWN.contains(blocks.getFirst())) {
        return new Unusable(Reason.UNKNOWN_BLOCK, "body must hold exactly one known block");
      }
      Block block = block(blocks.getFirst(), json.object(blocks.getFirst()).orElseThrow());
      return new Understood(
          new DeveloperNotification(json.text("version").orElse(""), eventAt, block));
    } catch (BadRequest malformed) {
      return new Unusable(Reason.UNDECODABLE, malformed.problems().getFirst().text());
    }
  }

  private static Instant eventAt(Lenient json) {
    OptionalLong millis = json.integer("eventTimeMillis");
    if (millis.isEmpty() || millis.getAsLong() < 0 || millis.getAsLong() > LATEST_MILLIS) {
      throw new BadRequest("eventTimeMillis", "must be milliseconds since 1970");
    }
    return Instant.ofEpochMilli(millis.getAsLong());
  }

  private static Block block(String name, Lenient json) {
    return switch (name) {
      case SUBSCRIPTION -> new OfSubscription(number(json, "notificationType"), token(json));
      case ONE_TIME ->
          new OfOneTimeProduct(number(json, "notificationType"), token(json), json.product("sku"));
      case VOIDED ->
          new OfVoid(token(json), order(json), number(json, "productType"), refundType(json));
      case REVIEW ->
          new OfRefundReview(
              json.order("orderId"),
              optional(json, "refundReason"),
              json.text("pendingRefundToken").map(PendingRefund::new).orElse(null));
      default -> new OfTest();
    };
  }

  /// Older messages have none: then everything was voided.
  private static int refundType(Lenient json) {
    return json.has("refundType") ? number(json, "refundType") : VOIDED_FULL;
  }

  private static int number(Lenient json, String name) {
    long value = json.integer(name).orElseThrow(() -> new BadRequest(name, "must be an integer"));
    return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static int optional(Lenient json, String name) {
    return Math.clamp(json.integer(name).orElse(0), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static PurchaseToken token(Lenient json) {
    PurchaseToken token = json.token("purchaseToken");
    if (token == null) {
      throw new BadRequest("purchaseToken", "must be a string");
    }
    return token;
  }

  private static OrderId order(Lenient json) {
    OrderId order = json.order("orderId");
    if (order == null) {
      throw new BadRequest("orderId", "must be a string");
    }
    return order;
  }

  /// The purchase that is worth a look because of this; empty if none is.
  public Optional<Look> look() {
    return switch (block) {
      case OfSubscription it -> Optional.of(new Look(WorkKind.RECONCILE, it.token()));
      case OfOneTimeProduct it -> Optional.of(new Look(WorkKind.ONE_TIME, it.token()));
      case OfVoid it -> {
        WorkKind kind = it.isOfOneTime() ? WorkKind.ONE_TIME : WorkKind.RECONCILE;
        yield Optional.of(new Look(kind, it.token()));
      }
      case OfRefundReview _, OfTest _ -> Optional.empty();
    };
  }

  /// The loss that this states, to be remembered whether or not its purchase is known.
  public Optional<LossHeard> loss() {
    return switch (block) {
      case OfSubscription it when it.type() == REVOKED -> Optional.of(LossHeard.revoked(eventAt));
      case OfVoid it -> voidedBy(it.refundType()).map(loss -> heard(loss, it.order()));
      case OfSubscription _, OfOneTimeProduct _, OfRefundReview _, OfTest _ -> Optional.empty();
    };
  }

  private static Optional<Loss> voidedBy(int refundType) {
    return switch (refundType) {
      case VOIDED_FULL -> Optional.of(Loss.VOIDED_FULL);
      case VOIDED_PARTIAL -> Optional.of(Loss.VOIDED_PARTIAL);
      default -> Optional.empty();
    };
  }

  private LossHeard heard(Loss loss, OrderId order) {
    return new LossHeard(loss, order, null, null, eventAt, HeardFrom.NOTIFICATION);
  }

  /// What somebody should be told of besides (`google-play.md` §2.1, §6.2); empty for nothing.
  public Optional<String> alert() {
    return switch (block) {
      case OfVoid it when it.refundType() == VOIDED_PARTIAL && it.isOfOneTime() ->
          Optional.of("some of several pieces of a one-time purchase were voided");
      case OfVoid it when it.refundType() == VOIDED_PARTIAL ->
          Optional.of("a part of a subscription was voided, which changes nothing");
      case OfVoid it when !it.isOfSubscription() && !it.isOfOneTime() ->
          Optional.of("something of the unknown product type " + it.productType() + " was voided");
      case OfSubscription _, OfOneTimeProduct _, OfVoid _, OfRefundReview _, OfTest _ ->
          Optional.empty();
    };
  }

  /// What of it nobody has heard of, so that it cannot be carried out whole; empty if all is known.
  public Optional<String> unheardOf() {
    return block instanceof OfVoid it && voidedBy(it.refundType()).isEmpty()
        ? Optional.of("refundType must be 1 or 2, and is " + it.refundType())
        : Optional.empty();
  }

  /// Whether its type has a meaning that this program was written for. What it is about is looked at
  /// whatever the type is.
  public boolean isOfKnownType() {
    return switch (block) {
      case OfSubscription it -> SubscriptionEvent.isKnown(it.type());
      case OfOneTimeProduct it -> it.type() == PURCHASED_ONCE || it.type() == GIVEN_UP_ONCE;
      case OfVoid _, OfRefundReview _, OfTest _ -> true;
    };
  }

  /// Whether it is of the version that this program was written for.
  public boolean isOfKnownVersion() {
    return version.equals(KNOWN_VERSION);
  }
}
