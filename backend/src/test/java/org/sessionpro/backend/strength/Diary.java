package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.V0Plan;

/// What one person had done by a server, and what the server said had been done: that has to be there
/// whatever happens. What was asked for and never answered may be there or not. For one thread at a
/// time.
final class Diary {
  static final DevTerms YEAR = new DevTerms(V0Plan.TWELVE_MONTHS, Duration.ofDays(365), false);

  private final Person person = Person.unknown();

  /// By their ids in protocol v1.
  private final Set<String> payments = new HashSet<>();

  private final List<PaymentTx.Google> added = new ArrayList<>();

  /// Of each payment whose refund was asked for, in milliseconds: the value that was acknowledged, and
  /// those sent since.
  private final Map<String, Set<Long>> refunds = new HashMap<>();

  private final Set<String> revoked = new HashSet<>();

  /// Payments that were asked for without an answer.
  private int unanswered;

  private enum Deed {
    ADD,
    MINT,
    MINT_AND_CLAIM,
    REFUND,
    REVOKE,
    PROVE,
    READ
  }

  /// Does something.
  ///
  /// @return how many changes the server acknowledged
  int act(Door door, Random random) {
    Deed deed = added.isEmpty() ? Deed.ADD : any(List.of(Deed.values()), random);
    return switch (deed) {
      case ADD -> add(door);
      case MINT -> mint(door, random, List.of(PaymentProvider.values()), true);
      case MINT_AND_CLAIM -> mintAndClaim(door, random);
      case REFUND -> refund(door, random);
      case REVOKE -> revoke(door);
      case PROVE -> {
        presentTag(door, random.nextBoolean());
        yield 0;
      }
      case READ -> {
        assertThat(paymentsIn(door)).containsAll(payments);
        yield 0;
      }
    };
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private int add(Door door) {
    PaymentTx.Google payment =
        new PaymentTx.Google(
            new PurchaseToken(UUID.randomUUID().toString()),
            new OrderId(PaymentTx.DEVELOPMENT_PREFIX + UUID.randomUUID()));
    unanswered++;
    V0Calls.assertOk(door.v0().add(person, payment, YEAR));
    unanswered--;
    added.add(payment);
    payments.add(id(payment));
    return 1;
  }

  private int mint(Door door, Random random, List<PaymentProvider> providers, boolean redeem) {
    PaymentProvider provider = any(providers, random);
    unanswered++;
    Answer answer = door.dev().addPayment(person, provider, Duration.ofDays(30), redeem);
    V1Calls.assertOk(answer);
    unanswered--;
    payments.add(answer.result().required("payment_id").textValue());
    return 1;
  }

  /// Two changes: a payment that waits, and that a proof binds it.
  private int mintAndClaim(Door door, Random random) {
    List<PaymentProvider> stores = List.of(PaymentProvider.GOOGLE_PLAY, PaymentProvider.APP_STORE);
    mint(door, random, stores, false);
    presentTag(door, random.nextBoolean());
    return 2;
  }

  private int refund(Door door, Random random) {
    PaymentTx.Google payment = any(added, random);
    long at = RunningBackend.T.plusSeconds(random.nextInt(1_000_000)).toEpochMilli();
    Set<Long> possible = refunds.computeIfAbsent(id(payment), _ -> new HashSet<>(Set.of(0L)));
    possible.add(at);
    Answer answer = door.v0().refund(person, payment, Instant.ofEpochMilli(at));
    V0Calls.assertOk(answer);
    assertThat(answer.result().required("updated").booleanValue()).isTrue();
    possible.retainAll(Set.of(at));
    return 1;
  }

  private int revoke(Door door) {
    String tag = presentTag(door, true);
    V1Calls.assertOk(door.dev().revoke(person));
    revoked.add(tag);
    return 1;
  }

  /// The tag that a new proof names.
  private String presentTag(Door door, boolean v1) {
    String tag =
        v1
            ? V1Calls.proofIn(door.v1().proof(person)).tag().hex()
            : V0Calls.proofIn(door.v0().proof(person)).tag().hex();
    assertThat(revoked).doesNotContain(tag);
    return tag;
  }

  /// Fails unless the server knows everything that was acknowledged, and nothing that was not asked
  /// for.
  void assertKept(Door door) {
    List<String> found = paymentsIn(door);
    assertThat(found).doesNotHaveDuplicates().containsAll(payments);
    assertThat(found).hasSizeLessThanOrEqualTo(payments.size() + unanswered);
    if (!found.isEmpty()) {
      assertRefundsKept(door);
      presentTag(door, true);
    }
  }

  private void assertRefundsKept(Door door) {
    Answer details = door.v0().details(person, 10_000);
    V0Calls.assertOk(details);
    for (JsonNode item : details.result().required("items")) {
      String id =
          item.path("google_payment_token").asText() + "|" + item.path("google_order_id").asText();
      assertThat(refunds.getOrDefault(id, Set.of(0L)))
          .contains(item.required("refund_requested_unix_ts_ms").longValue());
    }
  }

  private List<String> paymentsIn(Door door) {
    List<String> all = new ArrayList<>();
    JsonNode page;
    String cursor = "";
    do {
      Answer answer = door.v1().payments(person, 100, cursor);
      V1Calls.assertOk(answer);
      page = answer.result();
      page.required("items").forEach(item -> all.add(item.required("payment_id").textValue()));
      cursor = page.required("next_cursor").asText("");
    } while (!cursor.isEmpty());
    assertThat(page.required("payments_total").longValue()).isEqualTo(all.size());
    return all;
  }

  private static String id(PaymentTx.Google payment) {
    return payment.token().value() + "|" + payment.orderId().value();
  }

  /// The tags whose revocation was acknowledged.
  Set<String> revoked() {
    return revoked;
  }
}
