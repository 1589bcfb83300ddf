package org.sessionpro.backend.store.apple;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.App;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Catalogue;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.store.apple.Notification.SignedText;

/// What Apple would say, for an app of nobody's.
public final class Payloads {
  public static final Instant SIGNED = Instant.parse("2026-03-04T10:00:03.412Z");
  public static final UUID ID = UUID.fromString("1a7cdc3d-9360-49c3-ae37-0423e4c6e7c7");
  public static final String ORIGINAL = "2000001024993299";
  static final String BUNDLE = "org.example.messenger";

  private Payloads() {}

  /// Settings of the sandbox.
  ///
  /// @param api where Apple's interface is
  /// @param key null for none
  public static AppleSettings settings(URI api, AppleSettings.@Nullable ApiKey key) {
    return new AppleSettings(
        new App(new BundleId(BUNDLE), null, Environment.SANDBOX),
        key,
        new AppleSettings.Trust(List.of(), true, false),
        new Catalogue(Catalogue.defaultSubscriptions(), Map.of()),
        api,
        new AppleSettings.CatchUp(Duration.ofMinutes(5), Duration.ofDays(15)),
        new AppleSettings.Rate(50, Duration.ofSeconds(1)));
  }

  static AppleSettings settings() {
    return settings(Environment.SANDBOX.api(), null);
  }

  static AppleSettings production(long app) {
    AppleSettings sandbox = settings();
    return new AppleSettings(
        new App(new BundleId(BUNDLE), app, Environment.PRODUCTION),
        null,
        sandbox.trust(),
        sandbox.catalogue(),
        sandbox.api(),
        sandbox.catchUp(),
        sandbox.rate());
  }

  private static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  /// A transaction, with members that replace or join the usual ones.
  public static String transaction(String more) {
    return json(
        "{'transactionId':'2000001024998954','originalTransactionId':'"
            + ORIGINAL
            + "','webOrderLineItemId':'2000000113755461','bundleId':'"
            + BUNDLE
            + "','productId':'com.getsession.org.pro_sub_1_month','purchaseDate':1772618403000,"
            + "'expiresDate':1775296803000,'quantity':1,'type':'Auto-Renewable Subscription',"
            + "'inAppOwnershipType':'PURCHASED','signedDate':"
            + SIGNED.toEpochMilli()
            + ",'environment':'Sandbox','transactionReason':'PURCHASE'"
            + more
            + "}");
  }

  public static String renewal(String more) {
    return json(
        "{'originalTransactionId':'"
            + ORIGINAL
            + "','autoRenewProductId':'com.getsession.org.pro_sub_3_months',"
            + "'productId':'com.getsession.org.pro_sub_1_month','autoRenewStatus':1,'signedDate':"
            + SIGNED.toEpochMilli()
            + ",'environment':'Sandbox'"
            + more
            + "}");
  }

  /// A notification about something.
  ///
  /// @param type with the subtype behind a slash if there is one
  /// @param transaction null for none
  /// @param renewal null for none
  public static String notification(
      UUID id, String type, @Nullable SignedText transaction, @Nullable SignedText renewal) {
    String[] words = type.split("/", 2);
    return notification(
        id,
        "'notificationType':'"
            + words[0]
            + "',"
            + (words.length == 1 ? "" : "'subtype':'" + words[1] + "',")
            + "'data':{'bundleId':'"
            + BUNDLE
            + "','environment':'Sandbox','status':1"
            + (transaction == null ? "" : ",'signedTransactionInfo':'" + transaction.value() + "'")
            + (renewal == null ? "" : ",'signedRenewalInfo':'" + renewal.value() + "'")
            + "}");
  }

  /// A notification with members of one's own.
  static String notification(UUID id, String members) {
    return json(
        "{'notificationUUID':'"
            + id
            + "','version':'2.0','signedDate':"
            + SIGNED.toEpochMilli()
            + ","
            + members
            + "}");
  }

  /// A signed notification about the subscription, with both parts.
  public static SignedText of(TestPki pki, UUID id, String type) {
    return pki.sign(notification(id, type, pki.sign(transaction("")), pki.sign(renewal(""))));
  }
}
