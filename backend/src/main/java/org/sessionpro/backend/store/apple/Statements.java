package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.TransactionInfo.Names;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;
import org.sessionpro.backend.store.apple.TransactionInfo.Revocation;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.TransactionId;

/// What Apple's signed statements say (`app-store.md` §2). Words that nobody has heard of, and members
/// of an unexpected type, are as good as absent where that loses no purchase.
final class Statements {
  /// More than any status or quantity.
  private static final int MAX_NUMBER = 1_000_000;

  private Statements() {}

  /// Where a notification says for whom it is, and from where.
  ///
  /// @param bundle null if that is not stated
  /// @param app null if that is not stated
  /// @param environment Apple's word; null if that is not stated
  record Address(@Nullable String bundle, @Nullable Long app, @Nullable String environment) {}

  /// @throws BadRequest if it lacks what every notification has
  static Notification notification(SignedJson json) {
    UUID id = json.uuid("notificationUUID");
    if (id == null) {
      throw new BadRequest("notificationUUID", "must be a UUID");
    }
    SignedJson data = json.object("data").orElse(null);
    return new Notification(
        id,
        json.required("notificationType"),
        json.text("subtype").orElse(null),
        json.requiredInstant("signedDate"),
        data == null ? null : number(data, "status"),
        data == null ? null : signed(data, "signedTransactionInfo"),
        data == null ? null : signed(data, "signedRenewalInfo"),
        data == null
            ? json.object("summary").map(Remarks::ofSummary).orElse(Remarks.NONE)
            : Remarks.ofNotification(data));
  }

  private static @Nullable SignedText signed(SignedJson json, String name) {
    return json.text(name).map(SignedText::new).orElse(null);
  }

  private static @Nullable Integer number(SignedJson json, String name) {
    OptionalLong number = json.integer(name);
    boolean fits =
        number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= MAX_NUMBER;
    return fits ? Integer.valueOf((int) number.getAsLong()) : null;
  }

  /// Whatever a notification is about says it: today `data`, `summary`, `externalPurchaseToken` or
  /// `appData`, tomorrow something else.
  static Address address(SignedJson json) {
    return Stream.concat(
            Stream.of("data", "summary", "externalPurchaseToken", "appData"),
            json.objectNames().stream())
        .flatMap(name -> json.object(name).stream())
        .filter(part -> part.text("bundleId").isPresent())
        .findFirst()
        .map(Statements::addressOf)
        .orElseGet(() -> new Address(null, null, null));
  }

  private static Address addressOf(SignedJson part) {
    OptionalLong app = part.integer("appAppleId");
    return new Address(
        part.text("bundleId").orElse(null),
        app.isPresent() ? app.getAsLong() : null,
        environment(part));
  }

  /// Where purchases are made elsewhere, their name alone tells (`externalPurchaseId`).
  private static @Nullable String environment(SignedJson part) {
    return part.text("environment")
        .or(() ->
            part.text("externalPurchaseId")
                .map(id -> id.startsWith("SANDBOX") ? "Sandbox" : "Production"))
        .orElse(null);
  }

  /// @throws BadRequest if it lacks what makes it a transaction
  static TransactionInfo transaction(SignedJson json) {
    return new TransactionInfo(
        new Names(
            json.requiredId("originalTransactionId", TransactionId::new),
            json.requiredId("transactionId", TransactionId::new),
            json.id("webOrderLineItemId", OrderId::new)),
        json.requiredId("productId", ProductId::new),
        type(json),
        json.requiredInstant("purchaseDate"),
        json.instant("expiresDate"),
        json.requiredInstant("signedDate"),
        reason(json),
        json.text("inAppOwnershipType").filter("FAMILY_SHARED"::equals).isPresent()
            ? Ownership.FAMILY_SHARED
            : Ownership.PURCHASED,
        json.uuid("appAccountToken"),
        json.flag("isUpgraded"),
        revocation(json),
        quantity(json),
        Remarks.ofTransaction(json));
  }

  private static TransactionInfo.Type type(SignedJson json) {
    return switch (json.text("type").orElse("")) {
      case "Auto-Renewable Subscription" -> TransactionInfo.Type.AUTO_RENEWABLE;
      case "Non-Renewing Subscription" -> TransactionInfo.Type.NON_RENEWING;
      default -> TransactionInfo.Type.OTHER;
    };
  }

  private static Reason reason(SignedJson json) {
    return switch (json.text("transactionReason").orElse("")) {
      case "PURCHASE" -> Reason.PURCHASE;
      case "RENEWAL" -> Reason.RENEWAL;
      default -> Reason.UNKNOWN;
    };
  }

  private static @Nullable Revocation revocation(SignedJson json) {
    Instant at = json.instant("revocationDate");
    boolean family = json.text("revocationType").filter("FAMILY_REVOKE"::equals).isPresent();
    return at == null ? null : new Revocation(at, family);
  }

  private static int quantity(SignedJson json) {
    Integer quantity = number(json, "quantity");
    return quantity == null || quantity < 1 ? 1 : quantity;
  }

  /// @throws BadRequest if it lacks what it has to state, or is a transaction, which Apple's library
  ///     does not tell apart
  static RenewalInfo renewal(SignedJson json) {
    if (json.has("transactionId") || json.has("purchaseDate")) {
      throw new BadRequest("transactionId", "must not be in a renewal");
    }
    ProductId next = json.id("autoRenewProductId", ProductId::new);
    if (next == null && json.text("productId").isEmpty()) {
      throw new BadRequest("autoRenewProductId", "must be in a renewal");
    }
    return new RenewalInfo(
        json.requiredId("originalTransactionId", TransactionId::new),
        next,
        renewing(json),
        json.has("isInBillingRetryPeriod") ? json.flag("isInBillingRetryPeriod") : null,
        json.instant("gracePeriodExpiresDate"),
        json.requiredInstant("signedDate"),
        Remarks.ofRenewal(json));
  }

  private static @Nullable Boolean renewing(SignedJson json) {
    OptionalLong status = json.integer("autoRenewStatus");
    if (status.isEmpty() || status.getAsLong() < 0 || status.getAsLong() > 1) {
      return null;
    }
    return status.getAsLong() == 1;
  }
}
