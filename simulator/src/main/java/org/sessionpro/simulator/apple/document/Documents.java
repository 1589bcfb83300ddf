package org.sessionpro.simulator.apple.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.catalogue.Catalogue;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;
import org.sessionpro.simulator.apple.pki.Chain;
import org.sessionpro.simulator.apple.pki.Pki;
import org.sessionpro.simulator.apple.pki.Signer;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Notice;
import org.sessionpro.simulator.apple.store.Subscription;

/// Writes and signs everything that the store states. Safe for any number of threads.
public final class Documents {
  private static final String FUTURE = "SOMETHING_NEW";
  private static final long EXTERNAL_TOKEN_AGE_MILLIS = 60_000;

  private final Catalogue catalogue;
  private final Environment environment;
  private final Pki pki;
  private final TransactionDocument transactions;
  private final RenewalDocument renewals;

  public Documents(Catalogue catalogue, Environment environment, Pki pki) {
    this.catalogue = catalogue;
    this.environment = environment;
    this.pki = pki;
    this.transactions = new TransactionDocument(catalogue, environment);
    this.renewals = new RenewalDocument(environment);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public Environment environment() {
    return environment;
  }

  /// How upgraded cycles are shown from now on.
  public void setUpgradeForm(UpgradeForm form) {
    transactions.setUpgradeForm(form);
  }

  /// The JWS of one payment.
  ///
  /// @param id which of its transactions
  public String transaction(
      Subscription purchase, Cycle cycle, TransactionId id, Instant signedAt) {
    return genuine().sign(transactions.json(purchase, cycle, id, signedAt, null));
  }

  /// The JWS of a subscription's state of renewal.
  public String renewal(Subscription purchase, Instant signedAt) {
    return genuine().sign(renewals.json(purchase, signedAt, null));
  }

  private Signer genuine() {
    return pki.signer(Chain.GENUINE);
  }

  /// The JWS of a notification.
  ///
  /// @param signedAt what its outer part bears as the time of its signing
  public String notification(Letter letter, Instant signedAt) {
    Spoilage spoilage = letter.spoilage();
    Signer signer = pki.signer(spoilage == null ? Chain.GENUINE : spoilage.chain());
    String jws = signer.sign(outer(letter, signedAt));
    return switch (spoilage) {
      case CORRUPT_SIGNATURE -> withOtherSignature(jws);
      case ALTERED_PAYLOAD -> withOtherPayload(jws);
      case GARBAGE -> "garbage";
      case null, default -> jws;
    };
  }

  private byte[] outer(Letter letter, Instant signedAt) {
    Spoilage spoilage = letter.spoilage();
    Notice notice = letter.notice();
    return JsonWriter.object(root -> {
      boolean future = spoilage == Spoilage.FUTURE_TYPE || spoilage == Spoilage.FUTURE_TYPE_ALONE;
      root.text("notificationType", future ? FUTURE : notice.news().type().name());
      Subtype subtype = notice.news().subtype();
      if (spoilage == Spoilage.FUTURE_SUBTYPE) {
        root.text("subtype", FUTURE);
      } else if (subtype != null && !future) {
        root.text("subtype", subtype.name());
      }
      root.text("notificationUUID", letter.uuid().toString());
      switch (notice) {
        case Notice.OfPurchase told -> root.object("data", data -> write(data, letter, told));
        case Notice.OfExtension told -> root.object("summary", data -> write(data, letter, told));
        case Notice.Plain _ -> writePlain(root, letter);
      }
      root.text("version", "2.0").integer("signedDate", signedAt.toEpochMilli());
    });
  }

  private void writeApp(JsonWriter data, @Nullable Spoilage spoilage) {
    Environment stated = spoilage == Spoilage.WRONG_ENVIRONMENT ? environment.other() : environment;
    if (stated == Environment.PRODUCTION) {
      data.integer("appAppleId", catalogue.appId());
    }
    data.text(
            "bundleId",
            spoilage == Spoilage.WRONG_BUNDLE ? "org.another.example" : catalogue.bundle().value())
        .text("environment", stated.word());
  }

  private void write(JsonWriter data, Letter letter, Notice.OfPurchase told) {
    Spoilage spoilage = letter.spoilage();
    writeApp(data, spoilage);
    data.text("bundleVersion", "1");
    if (told.consumptionReason() != null) {
      data.text("consumptionRequestReason", told.consumptionReason());
    }
    if (spoilage == Spoilage.FUTURE_TYPE_ALONE) {
      return;
    }
    Subscription purchase = told.purchase();
    Signer signer =
        spoilage == Spoilage.MIXED_LEAVES
            ? pki.formerSigner()
            : pki.signer(spoilage == null ? Chain.GENUINE : spoilage.chain());
    TransactionId id = told.cycle().ids().told();
    String transaction =
        signer.sign(transactions.json(purchase, told.cycle(), id, letter.about(), spoilage));
    if (spoilage == Spoilage.CORRUPT_INNER) {
      transaction = withOtherSignature(transaction);
    }
    if (spoilage != Spoilage.NO_TRANSACTION_INFO) {
      data.text("signedTransactionInfo", transaction);
    }
    if (purchase.renews() && spoilage != Spoilage.NO_RENEWAL_INFO) {
      data.text(
          "signedRenewalInfo",
          spoilage == Spoilage.TRANSACTION_AS_RENEWAL
              ? transaction
              : signer.sign(renewals.json(purchase, letter.about(), spoilage)));
    }
    if (purchase.renews()) {
      data.integer("status", purchase.phase().status());
    }
  }

  private void write(JsonWriter summary, Letter letter, Notice.OfExtension told) {
    writeApp(summary, letter.spoilage());
    summary
        .text("requestIdentifier", told.request())
        .text("productId", catalogue.products().getFirst().id().value())
        .texts("storefrontCountryCodes", List.of())
        .integer("succeededCount", told.succeeded())
        .integer("failedCount", told.failed());
  }

  private void writePlain(JsonWriter root, Letter letter) {
    NoticeType type = letter.notice().news().type();
    switch (type) {
      case EXTERNAL_PURCHASE_TOKEN ->
          root.object(
              "externalPurchaseToken",
              data ->
                  data.text("externalPurchaseId", letter.uuid().toString())
                      .integer(
                          "tokenCreationDate",
                          letter.about().toEpochMilli() - EXTERNAL_TOKEN_AGE_MILLIS)
                      .integer("appAppleId", catalogue.appId())
                      .text("bundleId", catalogue.bundle().value()));
      case RESCIND_CONSENT -> root.object("appData", data -> writeApp(data, letter.spoilage()));
      default -> root.object("data", data -> writeApp(data, letter.spoilage()));
    }
  }

  /// The same with a signature that is somebody else's.
  private static String withOtherSignature(String jws) {
    int dot = jws.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(jws.substring(dot + 1));
    signature[0] ^= 1;
    return jws.substring(0, dot + 1)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  /// The same with a payload that says something else.
  private static String withOtherPayload(String jws) {
    int from = jws.indexOf('.') + 1;
    int to = jws.lastIndexOf('.');
    String json =
        new String(Base64.getUrlDecoder().decode(jws.substring(from, to)), StandardCharsets.UTF_8);
    byte[] other = json.replace("2.0", "2.1").getBytes(StandardCharsets.UTF_8);
    return jws.substring(0, from)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(other)
        + jws.substring(to);
  }
}
