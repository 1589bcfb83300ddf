package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Snapshot.Notice;
import org.sessionpro.backend.store.apple.TransactionInfo.Names;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// What notifications come to that state what some of Apple's did: one customer of the sandbox, whose weeks
/// last three minutes, whose purchases carry no token, and whose renewal was signed before it began. The
/// values are typed by hand, so that it runs everywhere; [RealSequencesTest] reads the bytes that Apple
/// sent.
class RetypedSequencesTest {
  private static final TransactionId ORIGINAL = new TransactionId("2000001024993299");
  private static final ProductId WEEK = new ProductId("com.getsession.org.pro_sub");
  private static final Products PRODUCTS = new Products(Map.of(WEEK, new Plan("1w")), Map.of());

  private static final Instant RESUBSCRIBED = Instant.ofEpochMilli(1_759_388_767_000L);

  private final Shelf shelf = new Shelf(PRODUCTS);

  private static TransactionInfo transaction(
      String transaction, String lineItem, long from, long until, Reason reason, Instant signed) {
    return new TransactionInfo(
        new Names(ORIGINAL, new TransactionId(transaction), new OrderId(lineItem)),
        WEEK,
        TransactionInfo.Type.AUTO_RENEWABLE,
        Instant.ofEpochMilli(from),
        Instant.ofEpochMilli(until),
        signed,
        reason,
        Ownership.PURCHASED,
        null,
        false,
        null,
        1,
        Remarks.NONE);
  }

  private static Snapshot notification(
      String type,
      @Nullable String subtype,
      TransactionInfo transaction,
      boolean renewing,
      Instant signed) {
    return new Snapshot(
        new SubscriptionKey(PaymentProvider.APP_STORE, ORIGINAL.value()),
        transaction,
        List.of(),
        new RenewalInfo(ORIGINAL, WEEK, renewing, false, null, signed),
        1,
        null,
        new Notice(type, subtype, signed));
  }

  /// S1.1, S1.2 and S1.3.
  private static List<Snapshot> resubscription() {
    List<Snapshot> all = new ArrayList<>();
    String[][] words = {
      {"SUBSCRIBED", "RESUBSCRIBE"},
      {"DID_CHANGE_RENEWAL_STATUS", "AUTO_RENEW_DISABLED"},
      {"EXPIRED", "VOLUNTARY"}
    };
    long[] seconds = {11, 66, 195};
    for (int i = 0; i < words.length; i++) {
      Instant signed = RESUBSCRIBED.plusSeconds(seconds[i]);
      TransactionInfo transaction =
          transaction(
              "2000001025686313",
              "2000000113844706",
              1_759_388_767_000L,
              1_759_388_947_000L,
              Reason.PURCHASE,
              signed);
      all.add(notification(words[i][0], words[i][1], transaction, i == 0, signed));
    }
    return all;
  }

  private Payment only() {
    assertThat(shelf.payments()).hasSize(1);
    return shelf.payments().getFirst();
  }

  @Test
  void aRenewalThatWasSignedBeforeItBeganIsTheFirstThatIsKnown() {
    Instant signed = Instant.ofEpochMilli(1_759_302_552_000L - 33_000);
    TransactionInfo renewal =
        transaction(
            "2000001024998954",
            "2000000113755461",
            1_759_302_552_000L,
            1_759_302_732_000L,
            Reason.RENEWAL,
            signed);

    shelf.look(notification("DID_RENEW", null, renewal, true, signed));

    Payment payment = only();
    assertThat(payment.key()).isEqualTo(renewal.cycle());
    assertThat(payment.owner()).isNull();
    assertThat(payment.witnessed().purchasedAt()).isEqualTo(renewal.purchasedAt());
    assertThat(payment.terms().expiry()).isEqualTo(renewal.expiresAt());
    assertThat(payment.isRenewing()).isTrue();
  }

  @Test
  void aResubscriptionRenewsUntilItIsCancelled() {
    List<Snapshot> all = resubscription();

    shelf.look(all.getFirst());
    assertThat(only().isRenewing()).isTrue();
    assertThat(only().terms().grace()).isNull();
    shelf.look(all.get(1));

    assertThat(only().isRenewing()).isFalse();
    assertThat(only().isStanding()).isTrue();
  }

  @Test
  void anExpiryStatesNothingNew() {
    List<Snapshot> all = resubscription();
    shelf.look(all.getFirst());
    shelf.look(all.get(1));

    assertThat(((Applied) shelf.look(all.getLast())).statements()).isEmpty();
  }

  @Test
  void anyOrderAndAnyRepetitionEndInTheSameRow() {
    for (int seed = 0; seed < 50; seed++) {
      List<Snapshot> all = new ArrayList<>(resubscription());
      all.addAll(resubscription());
      Collections.shuffle(all, new Random(seed));
      Shelf shuffled = new Shelf(PRODUCTS);
      all.forEach(shuffled::look);

      Payment payment = shuffled.payments().getFirst();
      assertThat(shuffled.payments()).as("seed %d", seed).hasSize(1);
      assertThat(payment.isRenewing()).as("seed %d", seed).isFalse();
      assertThat(payment.isStanding()).as("seed %d", seed).isTrue();
      assertThat(payment.terms().expiry()).isEqualTo(Instant.ofEpochMilli(1_759_388_947_000L));
    }
  }
}
