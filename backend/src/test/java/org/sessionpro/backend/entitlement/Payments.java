package org.sessionpro.backend.entitlement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;

/// Short words for payments, bound to one account, as tests of the pure domain need them.
final class Payments {
  static final AccountId OWNER = new AccountId(1);
  static final Instant T = Instant.ofEpochSecond(1_767_225_600);

  private Payments() {}

  /// The instant that many days after [#T].
  static Instant day(long days) {
    return T.plus(Duration.ofDays(days));
  }

  static Witnessed witnessed(Instant purchased) {
    return new Witnessed(
        Product.of(new Plan("1m")), purchased, null, true, Instant.EPOCH, Source.STORE, null);
  }

  /// A subscription's cycle that was bound when it was bought.
  static RegisteredPayment cycle(
      int id, String subscription, Instant purchased, Instant expiry, boolean renewing) {
    return payment(
        id,
        new PaymentKey(PaymentProvider.GOOGLE_PLAY, subscription, "order" + id),
        purchased,
        new TermsStated(expiry, null, renewing, false, purchased, true));
  }

  /// A credit that was bound when it was granted.
  static RegisteredPayment credit(int id, Instant granted, Duration length) {
    return payment(
        id,
        PaymentKey.voucher(new OrderId("voucher" + id)),
        granted,
        new CreditOpened(length, granted));
  }

  static RegisteredPayment payment(
      int id, PaymentKey key, Instant purchased, PaymentFact... facts) {
    List<PaymentFact> all = new ArrayList<>();
    all.add(witnessed(purchased));
    all.addAll(List.of(facts));
    all.add(new Claimed(OWNER, purchased, ClaimedBy.TOUCH));
    return new RegisteredPayment(new PaymentId(id), Payment.replay(key, all));
  }

  /// A row of the vectors' `payments`.
  static RegisteredPayment of(JsonNode row) {
    Instant purchased = Instant.ofEpochSecond(row.path("purchased_ts").asLong());
    Instant expiry = instant(row, "expiry_ts");
    List<PaymentFact> facts = new ArrayList<>();
    if (row.hasNonNull("credit_remaining")) {
      Duration remaining = Duration.ofSeconds(row.path("credit_remaining").asLong());
      Duration granted = remaining.plusDays(1);
      facts.add(new CreditOpened(granted, purchased));
      facts.add(new CreditCharged(purchased, purchased, Duration.ofDays(1), expiry));
    } else {
      facts.add(
          new TermsStated(
              expiry,
              row.hasNonNull("store_grace")
                  ? Duration.ofSeconds(row.path("store_grace").asLong())
                  : null,
              row.path("auto_renewing").asBoolean(),
              false,
              purchased,
              true));
    }
    Instant revoked = instant(row, "revoked_ts");
    if (revoked != null) {
      facts.add(new Revoked(revoked, RevokedFor.REFUND, false));
    }
    PaymentKey key =
        new PaymentKey(
            PaymentProvider.ofCode(row.path("provider").asText()).orElseThrow(),
            row.path("subscription").asText(),
            row.path("id").asText());
    return payment(row.path("id").asInt(), key, purchased, facts.toArray(PaymentFact[]::new));
  }

  private static @Nullable Instant instant(JsonNode row, String field) {
    return row.hasNonNull(field) ? Instant.ofEpochSecond(row.path(field).asLong()) : null;
  }

  /// An account of that entitlement whose generation stands.
  static Account account(Entitlement entitlement) {
    Generation generation =
        new Generation(1, new RevocationTag(ByteString.of(new byte[RevocationTag.SIZE])), T, null);
    return new Account(
        OWNER, generation, entitlement, null, new ProofOffset(0), null, ProofCounters.NONE);
  }
}
