package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sessionpro.backend.ledger.Remark;
import org.sessionpro.backend.ledger.Remarked;

/// What Apple says in a statement beside all that counts (`app-store.md` §2.5, `decisions-stores.md`
/// §3.2). Never printed.
public record Remarks(Map<Remark, String> said) {
  public static final Remarks NONE = new Remarks(Map.of());

  /// Longer ones say nothing that anybody has heard of.
  private static final int LONGEST = 100;

  private static final Map<Remark, String> MEMBERS = members();

  private static final Set<Remark> OF_RENEWAL =
      EnumSet.of(Remark.EXPIRATION_INTENT, Remark.PRICE_INCREASE, Remark.NEXT_OWNER);

  private static final Set<Remark> OF_SALE =
      EnumSet.of(
          Remark.OFFER_TYPE,
          Remark.OFFER_DISCOUNT,
          Remark.PRICE,
          Remark.CURRENCY,
          Remark.APP_TRANSACTION,
          Remark.SUBSCRIPTION_GROUP);

  private static final Set<Remark> OF_LOSS =
      EnumSet.of(Remark.REVOCATION_REASON, Remark.REVOCATION_TYPE, Remark.REVOCATION_PERCENTAGE);

  public Remarks {
    said = Map.copyOf(said);
  }

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
    Set<Remark> all = EnumSet.copyOf(OF_SALE);
    all.addAll(OF_LOSS);
    return read(json, all);
  }

  static Remarks ofRenewal(SignedJson json) {
    return read(json, OF_RENEWAL);
  }

  /// @param data of a notification
  static Remarks ofNotification(SignedJson data) {
    return read(data, EnumSet.of(Remark.CONSUMPTION_REASON));
  }

  private static Remarks read(SignedJson json, Set<Remark> remarks) {
    Map<Remark, String> said = new EnumMap<>(Remark.class);
    for (Remark remark : remarks) {
      word(json, MEMBERS.getOrDefault(remark, "")).ifPresent(word -> said.put(remark, word));
    }
    return said.isEmpty() ? NONE : new Remarks(said);
  }

  private static Optional<String> word(SignedJson json, String name) {
    OptionalLong number = json.integer(name);
    Optional<String> text =
        number.isPresent() ? Optional.of(Long.toString(number.getAsLong())) : json.text(name);
    return text.filter(it -> it.matches("[\\x21-\\x7e]{1," + LONGEST + "}"));
  }

  /// What is remarked about the renewal; what is not stated is not so.
  List<Remarked> ofRenewal(Instant at) {
    return about(OF_RENEWAL, at);
  }

  /// What is remarked about a purchase; what is not stated is not so.
  List<Remarked> ofSale(Instant at) {
    return about(OF_SALE, at);
  }

  /// What is remarked about a refund or the like; what is not stated is not so.
  List<Remarked> ofLoss(Instant at) {
    return about(OF_LOSS, at);
  }

  /// What is remarked by the way.
  List<Remarked> stated(Instant at) {
    return said.keySet().stream().map(remark -> one(remark, at)).toList();
  }

  private List<Remarked> about(Set<Remark> remarks, Instant at) {
    return remarks.stream().map(remark -> one(remark, at)).toList();
  }

  private Remarked one(Remark remark, Instant at) {
    return new Remarked(remark, said.get(remark), at);
  }

  @Override
  public String toString() {
    return "Remarks(hidden)";
  }
}
