package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.Remark;
import org.sessionpro.backend.ledger.Remark.Topic;
import org.sessionpro.backend.ledger.RemarksHeard;

/// What Apple says in a statement beside all that counts (`app-store.md` §2.5, `decisions-stores.md`
/// §3.2). What it says of a customer is never printed.
///
/// @param said of a subscription
/// @param extended null if it tells of no extension for everybody
public record Remarks(Map<Remark, String> said, @Nullable Extended extended) {
  public static final Remarks NONE = new Remarks(Map.of(), null);

  /// Longer ones say nothing that anybody has heard of.
  private static final int LONGEST = 100;

  private static final Map<Remark, String> MEMBERS = members();

  public Remarks {
    said = Map.copyOf(said);
  }

  /// What became of an extension for everybody (`app-store.md` §4, `RENEWAL_EXTENSION/SUMMARY`).
  ///
  /// @param succeeded subscriptions that were extended
  /// @param failed subscriptions that were not
  public record Extended(long succeeded, long failed) {}

  private static Map<Remark, String> members() {
    Map<Remark, String> members = new EnumMap<>(Remark.class);
    members.put(Remark.EXPIRATION_INTENT, "expirationIntent");
    members.put(Remark.PRICE_INCREASE, "priceIncreaseStatus");
    members.put(Remark.NEXT_OWNER, "appAccountToken");
    members.put(Remark.OFFER_TYPE, "offerType");
    members.put(Remark.OFFER_DISCOUNT, "offerDiscountType");
    members.put(Remark.PRICE, "price");
    members.put(Remark.CURRENCY, "currency");
    members.put(Remark.APP_TRANSACTION, "appTransactionId");
    members.put(Remark.SUBSCRIPTION_GROUP, "subscriptionGroupIdentifier");
    members.put(Remark.REVOCATION_REASON, "revocationReason");
    members.put(Remark.REVOCATION_TYPE, "revocationType");
    members.put(Remark.REVOCATION_PERCENTAGE, "revocationPercentage");
    members.put(Remark.CONSUMPTION_REASON, "consumptionRequestReason");
    return members;
  }

  static Remarks ofTransaction(SignedJson json) {
    return read(json, EnumSet.of(Topic.SALE, Topic.LOSS));
  }

  static Remarks ofRenewal(SignedJson json) {
    return read(json, EnumSet.of(Topic.RENEWAL));
  }

  /// @param data of a notification
  static Remarks ofNotification(SignedJson data) {
    return read(data, EnumSet.of(Topic.REFUND_REQUEST));
  }

  /// @param summary of a notification about many subscriptions
  static Remarks ofSummary(SignedJson summary) {
    OptionalLong succeeded = summary.integer("succeededCount");
    OptionalLong failed = summary.integer("failedCount");
    return succeeded.isEmpty() || failed.isEmpty()
        ? NONE
        : new Remarks(Map.of(), new Extended(succeeded.getAsLong(), failed.getAsLong()));
  }

  private static Remarks read(SignedJson json, Set<Topic> topics) {
    Map<Remark, String> said = new EnumMap<>(Remark.class);
    MEMBERS.forEach((remark, member) -> {
      if (topics.contains(remark.topic())) {
        word(json, member).ifPresent(word -> said.put(remark, word));
      }
    });
    return said.isEmpty() ? NONE : new Remarks(said, null);
  }

  private static Optional<String> word(SignedJson json, String name) {
    OptionalLong number = json.integer(name);
    Optional<String> text =
        number.isPresent() ? Optional.of(Long.toString(number.getAsLong())) : json.text(name);
    return text.filter(it -> it.matches("[\\x21-\\x7e]{1," + LONGEST + "}"));
  }

  /// What is remarked about the renewal.
  ///
  /// @param at when it was stated
  RemarksHeard ofRenewal(Instant at) {
    return new RemarksHeard(Topic.RENEWAL, at, about(Topic.RENEWAL));
  }

  /// What is remarked about a purchase.
  RemarksHeard ofSale(Instant purchasedAt, Instant at) {
    return new RemarksHeard(Topic.SALE, purchasedAt, at, about(Topic.SALE));
  }

  /// What is remarked about a refund or the like.
  RemarksHeard ofLoss(Instant lostAt, Instant at) {
    return new RemarksHeard(Topic.LOSS, lostAt, at, about(Topic.LOSS));
  }

  /// What is remarked about a buyer's wish to be given the money back; empty if it is about none.
  Optional<RemarksHeard> ofRefundRequest(Instant at) {
    Map<Remark, String> about = about(Topic.REFUND_REQUEST);
    return about.isEmpty()
        ? Optional.empty()
        : Optional.of(new RemarksHeard(Topic.REFUND_REQUEST, at, about));
  }

  private Map<Remark, String> about(Topic topic) {
    return said.entrySet().stream()
        .filter(one -> one.getKey().topic() == topic)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public String toString() {
    return "Remarks(hidden)";
  }
}
