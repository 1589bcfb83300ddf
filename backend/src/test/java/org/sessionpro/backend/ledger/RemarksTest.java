package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.ledger.LedgerFixture.day;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Remark.Topic;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.protocol.PaymentProvider;

/// What is kept of a store's remarks, in whichever order they come.
@ParameterizedClass
@EnumSource(Engine.class)
class RemarksTest {
  private static final SubscriptionKey A = new SubscriptionKey(PaymentProvider.APP_STORE, "1");
  private static final SubscriptionKey B = new SubscriptionKey(PaymentProvider.APP_STORE, "2");

  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;
  private Subscriptions subscriptions;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
    subscriptions = it.ledger.subscriptions();
    remark(A);
    remark(B);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private void remark(SubscriptionKey key, RemarksHeard... remarks) {
    InTransaction remarking = subscriptions.remarking(key, List.of(remarks));
    subscriptions.converge(
        key,
        List.of(),
        Premise.none(),
        _ -> new Ruling<>(List.of(), List.of(), null, remarking, Reading.COMPARED, true),
        day(9));
  }

  private List<Remarked> kept(SubscriptionKey key) {
    return subscriptions.stated(List.of(key)).getFirst().remarks();
  }

  private static RemarksHeard sale(int soldOn, int statedOn, Map<Remark, String> said) {
    return new RemarksHeard(Topic.SALE, day(soldOn), day(statedOn), said);
  }

  private static Map<Remark, String> all(Topic topic) {
    return Stream.of(Remark.values())
        .filter(remark -> remark.topic() == topic)
        .collect(Collectors.toMap(Function.identity(), Remark::code));
  }

  @Test
  void aLaterStatementTakesThePlaceOfAllThatWasSaidOfItsTopic() {
    remark(A, sale(1, 1, Map.of(Remark.PRICE, "990", Remark.OFFER_TYPE, "1")));

    remark(A, sale(1, 2, Map.of(Remark.PRICE, "1990")));

    assertThat(kept(A)).containsExactly(new Remarked(Remark.PRICE, "1990", day(2)));
  }

  @Test
  void anEarlierStatementThatComesLateChangesNothing() {
    remark(A, sale(1, 2, Map.of(Remark.PRICE, "1990")));

    remark(A, sale(1, 1, Map.of(Remark.PRICE, "990", Remark.OFFER_TYPE, "1")));

    assertThat(kept(A)).containsExactly(new Remarked(Remark.PRICE, "1990", day(2)));
  }

  @Test
  void whatIsSaidAgainOutlivesWhatWasSaidBetweenAndComesLate() {
    remark(A, sale(1, 1, Map.of(Remark.PRICE, "990")));
    remark(A, sale(1, 3, Map.of(Remark.PRICE, "990")));

    remark(A, sale(1, 2, Map.of(Remark.PRICE, "1990")));

    assertThat(kept(A)).containsExactly(new Remarked(Remark.PRICE, "990", day(1)));
  }

  @Test
  void whatWasTakenBackIsNotBroughtBackByWhatComesLate() {
    remark(A, sale(1, 1, Map.of(Remark.OFFER_TYPE, "1")));
    remark(A, sale(1, 3, Map.of()));

    remark(A, sale(1, 2, Map.of(Remark.OFFER_TYPE, "1")));

    assertThat(kept(A)).isEmpty();
  }

  @Test
  void whatIsAboutALaterSaleCountsWheneverTheEarlierOneWasLastSpokenOf() {
    remark(A, sale(1, 5, Map.of(Remark.PRICE, "990")));
    remark(A, sale(2, 3, Map.of(Remark.PRICE, "1990")));
    assertThat(kept(A)).containsExactly(new Remarked(Remark.PRICE, "1990", day(3)));

    remark(A, sale(1, 6, Map.of(Remark.PRICE, "990")));
    assertThat(kept(A)).containsExactly(new Remarked(Remark.PRICE, "1990", day(3)));
  }

  @Test
  void oneTopicHidesNoOther() {
    Map<Remark, String> intent = Map.of(Remark.EXPIRATION_INTENT, "1");
    remark(A, sale(1, 5, Map.of(Remark.PRICE, "990")));

    remark(A, new RemarksHeard(Topic.RENEWAL, day(2), intent));
    remark(A, sale(1, 6, Map.of()));

    assertThat(kept(A)).containsExactly(new Remarked(Remark.EXPIRATION_INTENT, "1", day(2)));
  }

  @Test
  void oneSubscriptionHidesNoOther() {
    remark(A, sale(1, 5, Map.of(Remark.PRICE, "990")));

    remark(B, sale(1, 1, Map.of(Remark.PRICE, "1990")));

    assertThat(kept(A)).containsExactly(new Remarked(Remark.PRICE, "990", day(5)));
    assertThat(kept(B)).containsExactly(new Remarked(Remark.PRICE, "1990", day(1)));
  }

  @Test
  void everyRemarkCanBeKept() {
    for (Topic topic : Topic.values()) {
      remark(A, new RemarksHeard(topic, day(1), all(topic)));
    }

    assertThat(kept(A).stream().map(Remarked::remark)).containsExactly(Remark.values());
  }

  @Test
  void remarksAboutSomethingElseAreRefused() {
    assertThatThrownBy(() -> sale(1, 1, Map.of(Remark.EXPIRATION_INTENT, "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofAnyOrderOfArrivalTheSameIsKept() {
    List<RemarksHeard> all =
        new ArrayList<>(
            List.of(
                sale(1, 1, Map.of(Remark.PRICE, "1", Remark.OFFER_TYPE, "1")),
                sale(1, 4, Map.of(Remark.PRICE, "2")),
                sale(2, 2, Map.of(Remark.PRICE, "3", Remark.CURRENCY, "EUR")),
                sale(2, 3, Map.of(Remark.PRICE, "4"))));
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        Collections.swap(all, i, j);
        SubscriptionKey fresh = new SubscriptionKey(PaymentProvider.APP_STORE, i + "/" + j);
        remark(fresh);

        all.forEach(one -> remark(fresh, one));

        assertThat(kept(fresh).stream().map(Remarked::value)).as("%s", all).containsExactly("4");
      }
    }
  }
}
