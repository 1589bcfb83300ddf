package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V0Calls.assertFailed;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefusal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v1.ErrorCode;

/// Every request that its owner signed binds what waits for him (`entitlement.md` §4.1,
/// `decisions.md` §2, §3), and no other request writes anything.
class ClaimOnTouchTest extends EndpointTest {

  /// The endpoints whose requests the master key signs.
  enum Touch {
    V0_PROOF,
    V0_DETAILS,
    V1_PROOF,
    V1_STATUS,
    V1_PAYMENTS
  }

  private Answer touch(Touch endpoint, Person person, Instant ts) {
    return switch (endpoint) {
      case V0_PROOF -> v0.proof(person, ts);
      case V0_DETAILS -> v0.details(person, 1, ts);
      case V1_PROOF -> v1.proof(person, ts);
      case V1_STATUS -> v1.status(person, ts);
      case V1_PAYMENTS -> v1.payments(person, ts, DecimalInteger.of(1), "");
    };
  }

  @ParameterizedTest
  @EnumSource
  void everySignedEndpointBindsWhatWaitsAtTheTimeOfTheRequest(Touch endpoint) {
    shop.sell(month(alice).boundTo(googleKey(alice)));
    Instant ts = T.plusSeconds(30);

    touch(endpoint, alice, ts);

    assertThat(redemptions(alice)).containsExactly(ts);
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerAlreadyCountsWhatTheRequestBound(Touch endpoint) {
    shop.sell(month(alice).boundTo(googleKey(alice)));

    Answer answer = touch(endpoint, alice, T);

    assertThat(answer.json().path("status").asText()).isIn("0", "ok");
    switch (endpoint) {
      case V0_PROOF, V1_PROOF -> assertThat(answer.result().path("sig").isTextual()).isTrue();
      case V0_DETAILS -> assertThat(answer.result().path("status").intValue()).isOne();
      case V1_STATUS ->
          assertThat(answer.result().path("user_status").textValue()).isEqualTo("active");
      case V1_PAYMENTS -> assertThat(answer.result().path("payments_total").longValue()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownKeyLeavesNothingBehind(Touch endpoint) {
    long before = rows();

    touch(endpoint, alice, T);

    assertThat(backend.ledger().account(alice.masterKey())).isEmpty();
    assertThat(rows()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyBindsWhatWaitsForAnother(Touch endpoint) {
    shop.sell(month(alice).boundTo(googleKey(alice)));

    touch(endpoint, bob, T);

    assertThat(backend.ledger().account(bob.masterKey())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aForgedRequestBindsNothing(Touch endpoint) {
    shop.sell(month(alice).boundTo(googleKey(alice)));

    touch(endpoint, bob.withMasterKeyOf(alice), T);

    assertThat(backend.ledger().account(alice.masterKey())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aStaleRequestBindsNothing(Touch endpoint) {
    shop.sell(month(alice).boundTo(googleKey(alice)));

    touch(endpoint, alice, T.plusSeconds(71));

    assertThat(backend.ledger().account(alice.masterKey())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_PROOF", "V1_PROOF"})
  void aProofForAForgedRotatingKeyBindsNothing(Touch endpoint) {
    shop.sell(month(alice).boundTo(googleKey(alice)));

    touch(endpoint, alice.withRotatingKeyOf(bob), T);

    assertThat(backend.ledger().account(alice.masterKey())).isEmpty();
  }

  @Test
  void everyIdThatAStoreMayHaveIsTheOwners() {
    StoreBindings ids = StoreBindings.of(alice.masterKey());
    Purchase google = Purchase.google(alice.id("raw"), "o", T, day(30));
    Purchase hashed = Purchase.google(alice.id("hashed"), "o", T, day(30));
    Purchase apple = Purchase.apple(alice.id("original"), "line", "tx", T, day(30));
    shop.sell(google.boundTo(new Binding(ids.googleKey())));
    shop.sell(hashed.boundTo(new Binding(ids.googleKeyHash())));
    shop.sell(apple.boundTo(Binding.apple(ids.appleToken())));

    v1.status(alice);

    assertThat(bound(alice))
        .extracting(Payment::key)
        .containsExactlyInAnyOrder(google.key(), hashed.key(), apple.key());
  }

  @Test
  void aRefusedV1ProofKeepsTheClaim() {
    shop.sell(month(alice).boundTo(googleKey(alice)));
    at(day(60));

    assertRefusal(v1.proof(alice), ErrorCode.SUBSCRIPTION_EXPIRED);

    assertThat(redemptions(alice)).containsExactly(day(60));
  }

  @Test
  void aRefusedV0ProofKeepsTheClaim() {
    shop.sell(month(alice).boundTo(googleKey(alice)));
    at(day(60));

    assertFailed(v0.proof(alice), 1, 1);

    assertThat(redemptions(alice)).containsExactly(day(60));
  }

  @Test
  void aSecondTouchChangesNothing() {
    shop.sell(month(alice).boundTo(googleKey(alice)));
    v1.status(alice);
    long before = rows();

    v1.status(alice, T.plusSeconds(30));

    assertThat(rows()).isEqualTo(before);
    assertThat(redemptions(alice)).containsExactly(T);
  }

  @Test
  void aRefundedPurchaseIsNeverBound() {
    shop.sell(month(alice).boundTo(googleKey(alice)));
    shop.refund(month(alice).key(), T);

    v1.status(alice);

    assertThat(backend.ledger().account(alice.masterKey())).isEmpty();
  }

  private static Binding googleKey(Person person) {
    return new Binding(StoreBindings.of(person.masterKey()).googleKey());
  }

  private List<Payment> bound(Person person) {
    return backend.ledger().page(person.masterKey(), null, 100, backend.clock().instant()).stream()
        .map(Ledger.History::payments)
        .flatMap(List::stream)
        .map(registered -> registered.payment())
        .toList();
  }

  private List<Instant> redemptions(Person person) {
    return bound(person).stream()
        .map(payment -> Objects.requireNonNull(payment.owner()).redeemedAt())
        .toList();
  }

  /// How many rows there are in all tables that requests can add to.
  private long rows() {
    try (Database database = Databases.open(backend.database())) {
      return Stream.of("accounts", "generations", "payments", "facts")
          .mapToLong(table ->
              database.read(handle ->
                  handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one()))
          .sum();
    }
  }
}
